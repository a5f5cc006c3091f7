package cmd

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"strconv"
	"strings"

	"github.com/coreos/go-systemd/v22/activation" // systemd's sockets are found in three variables with rules of their own
	"github.com/mathmuseums/mathmuseums/app/platform"
)

// unixScheme begins an address that is a file.
const unixScheme = "unix:"

// longestSocket is the longest path of a socket in bytes that every system takes (sun_path, with its end, on macOS).
const longestSocket = 103

// listen gives the sockets to serve at: those that systemd holds open for us, else the one at the address.
func listen(addr string) ([]net.Listener, error) {
	handed, err := activation.Listeners()
	if err != nil {
		return nil, fmt.Errorf("the sockets of systemd cannot be used: %w", err)
	}
	for _, listener := range handed {
		if listener == nil {
			return nil, errors.New("a socket of systemd is of the wrong kind; in its unit use ListenStream= and leave Accept= out")
		}
	}
	if len(handed) > 0 {
		return handed, nil
	}
	var listener net.Listener
	if path, ok := strings.CutPrefix(addr, unixScheme); ok {
		listener, err = listenUnix(path)
	} else {
		listener, err = listenTCP(addr)
	}
	if err != nil {
		return nil, err
	}
	return []net.Listener{listener}, nil
}

// listenTCP takes the address, or says in plain words why it cannot.
func listenTCP(addr string) (net.Listener, error) {
	listener, err := net.Listen("tcp", addr)
	_, port, _ := net.SplitHostPort(addr)
	number, _ := strconv.Atoi(port)
	switch {
	case platform.IsTaken(err):
		return nil, fmt.Errorf("port %s is taken by another program, perhaps by a museum that is open already. "+
			"Close that one, or choose another port: mathmuseums serve --addr :8001", port)
	case platform.IsForbidden(err) && number > 1023:
		return nil, fmt.Errorf("the system keeps port %s for something else; choose another: mathmuseums serve --addr :8001", port)
	case platform.IsForbidden(err):
		return nil, fmt.Errorf("this user may not use port %s; choose one above 1023: mathmuseums serve --addr :8000. "+
			"A service of systemd gets the right by the unit that \"mathmuseums systemd\" prints", port)
	case platform.IsForeign(err):
		return nil, fmt.Errorf("%s is no address of this computer; choose another: mathmuseums serve --addr :8000", addr)
	case err != nil:
		return nil, fmt.Errorf("cannot listen at %s: %w", addr, err)
	}
	return listener, nil
}

// listenUnix makes a socket for the user and the group of this process alone. What a museum left behind that was killed is
// cleared away; a socket at which somebody answers is not.
func listenUnix(path string) (net.Listener, error) {
	if err := removeStale(path); err != nil {
		return nil, err
	}
	listener, err := net.Listen("unix", path) // until the next line its mode lets nobody else in
	if err != nil {
		return nil, fmt.Errorf("cannot make the socket %s: %w. Its folder must exist, and this user must be allowed to write there", path, cause(err))
	}
	if err := os.Chmod(path, 0o660); err != nil {
		return nil, errors.Join(fmt.Errorf("cannot give the socket its mode: %w", err), listener.Close())
	}
	return listener, nil
}

// closeAll closes sockets at which nothing is served yet.
func closeAll(listeners []net.Listener) error {
	var problems []error
	for _, listener := range listeners {
		problems = append(problems, listener.Close())
	}
	return errors.Join(problems...)
}

// removeStale removes a socket at which nobody answers any more.
func removeStale(path string) error {
	info, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("cannot look at the socket %s: %w", path, reason(err))
	}
	if info.Mode().Type() != fs.ModeSocket {
		return fmt.Errorf("%s is there already and is no socket. It was left as it is; choose another name", path)
	}
	conn, err := net.Dial("unix", path)
	switch {
	case err == nil:
		_ = conn.Close()
		return fmt.Errorf("another program answers at the socket %s, perhaps a museum that is open already. Close that one, or choose another name", path)
	case !platform.IsRefused(err):
		return fmt.Errorf("cannot tell whether somebody answers at the socket %s: %w", path, cause(err))
	}
	if err := os.Remove(path); err != nil {
		return fmt.Errorf("the socket %s is left from earlier and cannot be removed: %w", path, reason(err))
	}
	return nil
}

// cause is the innermost part of an error about a connection, without addresses.
func cause(err error) error {
	if call, ok := errors.AsType[*os.SyscallError](err); ok {
		return call.Err
	}
	return err
}
