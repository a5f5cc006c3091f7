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

// unixScheme is the prefix of an address that is the path of a Unix socket.
const unixScheme = "unix:"

// longestSocket is the longest path of a socket, in bytes, that every system accepts (sun_path with its terminator on
// macOS).
const longestSocket = 103

// listen returns the sockets that systemd passed, or else one for the address.
func listen(addr string) ([]net.Listener, error) {
	handed, err := activation.Listeners()
	if err != nil {
		return nil, fmt.Errorf("the sockets from systemd cannot be used: %w", err)
	}
	for _, listener := range handed {
		if listener == nil {
			return nil, errors.New("a socket from systemd has the wrong type; in its unit, use ListenStream= and " +
				"omit Accept=")
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

// listenTCP listens on a TCP address. Its errors explain what the operator can do.
func listenTCP(addr string) (net.Listener, error) {
	listener, err := net.Listen("tcp", addr)
	_, port, _ := net.SplitHostPort(addr)
	number, _ := strconv.Atoi(port)
	switch {
	case platform.IsTaken(err):
		return nil, fmt.Errorf("port %s is used by another program, perhaps by a museum that is already running. "+
			"Stop that one, or choose another port: mathmuseums serve --addr :8001", port)
	case platform.IsForbidden(err) && number > 1023:
		return nil, fmt.Errorf("the system reserves port %s for something else; choose another: mathmuseums "+
			"serve --addr :8001", port)
	case platform.IsForbidden(err):
		return nil, fmt.Errorf("this user may not use port %s; choose one above 1023: mathmuseums serve --addr :8000. "+
			"For a systemd service, the unit that \"mathmuseums systemd\" prints grants that right", port)
	case platform.IsForeign(err):
		return nil, fmt.Errorf("%s is not an address of this computer; choose another: mathmuseums serve --addr "+
			":8000", addr)
	case err != nil:
		return nil, fmt.Errorf("cannot listen on %s: %w", addr, err)
	}
	return listener, nil
}

// listenUnix creates a socket for the user and group of this process only. It replaces a stale socket, but not one on
// which a program still answers.
func listenUnix(path string) (net.Listener, error) {
	if err := removeStale(path); err != nil {
		return nil, err
	}
	listener, err := net.Listen("unix", path) // until the next line its mode excludes other users
	if err != nil {
		return nil, fmt.Errorf("cannot create the socket %s: %w. Its folder must exist, and this user must be "+
			"able to write to it", path, cause(err))
	}
	if err := os.Chmod(path, 0o660); err != nil {
		return nil, errors.Join(fmt.Errorf("cannot set the mode of the socket: %w", err), listener.Close())
	}
	return listener, nil
}

// closeAll closes listeners that no server uses yet.
func closeAll(listeners []net.Listener) error {
	var problems []error
	for _, listener := range listeners {
		problems = append(problems, listener.Close())
	}
	return errors.Join(problems...)
}

// removeStale removes a socket on which no program answers any more.
func removeStale(path string) error {
	info, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("cannot inspect the socket %s: %w", path, reason(err))
	}
	if info.Mode().Type() != fs.ModeSocket {
		return fmt.Errorf("%s exists and is not a socket; choose another name", path)
	}
	conn, err := net.Dial("unix", path)
	switch {
	case err == nil:
		_ = conn.Close()
		return fmt.Errorf("the socket %s is used by another program, perhaps by a museum that is already "+
			"running. Stop that one, or choose another name", path)
	case !platform.IsRefused(err):
		return fmt.Errorf("cannot tell whether the socket %s is in use: %w", path, cause(err))
	}
	if err := os.Remove(path); err != nil {
		return fmt.Errorf("the stale socket %s cannot be removed: %w", path, reason(err))
	}
	return nil
}

// cause returns the innermost part of a network error, without the addresses.
func cause(err error) error {
	if call, ok := errors.AsType[*os.SyscallError](err); ok {
		return call.Err
	}
	return err
}
