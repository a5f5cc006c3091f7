package cmd

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"errors"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/http/fcgi"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/mathmuseums/mathmuseums/app/backup"
)

// The data folder must not lie where a web server hands out files. Where it does, the folder protects itself as far as it can.

const (
	htaccessFile = ".htaccess"
	htaccess     = `# This folder holds the students' work. No web server may hand it out.
<IfModule mod_authz_core.c>
	Require all denied
</IfModule>
<IfModule !mod_authz_core.c>
	Deny from all
</IfModule>
`
	// exposureFile names a private folder, and the folder of a web server in which it was seen: the server alone knows, and whoever runs
	// doctor reads it from here.
	exposureFile = "web-root.txt"
)

// prepareDataDir makes the data folder where it is missing, for its owner alone, and tells Apache to hand nothing of it out.
func (c *Config) prepareDataDir() error {
	if err := os.MkdirAll(c.DataDir, 0o700); err != nil {
		return err
	}
	c.restrictDataDir()
	return writeHtaccess(c.DataDir)
}

// writeHtaccess tells Apache to hand nothing of a folder out, unless somebody has told it something else there.
func writeHtaccess(folder string) error {
	file, err := os.OpenFile(filepath.Join(folder, htaccessFile), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644) // Apache may be another user
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = io.WriteString(file, htaccess)
	return errors.Join(err, file.Close())
}

// restrictDataDir takes away what a umask has granted to all users of the machine. A proxy that comes by a socket in the
// folder may still pass through. Where this user may not change the mode, doctor reports it.
func (c *Config) restrictDataDir() {
	if runtime.GOOS == "windows" {
		return
	}
	others := fs.FileMode(0o007)
	if socket, ok := strings.CutPrefix(c.Addr, unixScheme); ok && isWithin(c.DataDir, socket) {
		others = 0o006
	}
	if info, err := os.Stat(c.DataDir); err == nil && info.Mode().Perm()&others != 0 {
		_ = os.Chmod(c.DataDir, info.Mode().Perm()&^others)
	}
}

// gatewayValue is a variable of the web server that has started the program.
func gatewayValue(r *http.Request, name string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return fcgi.ProcessEnv(r)[name]
}

// privateFolders are the folders that hold the students' work.
func (c *Config) privateFolders() []string {
	if backup.IsBucket(c.BackupTo) {
		return []string{c.DataDir}
	}
	return []string{c.DataDir, c.backupFolder()}
}

// exposure is a private folder, and the folder with it from which a web server hands out files. The zero value is none.
type exposure struct{ folder, root string }

// findExposure looks for one as far as the web server says: by its site, by an Alias or the folder of a user, and by where the
// program lies.
func findExposure(r *http.Request, c *Config) exposure {
	roots := []string{gatewayValue(r, "DOCUMENT_ROOT"), gatewayValue(r, "CONTEXT_DOCUMENT_ROOT")}
	if script := gatewayValue(r, "SCRIPT_FILENAME"); filepath.IsAbs(script) {
		roots = append(roots, filepath.Dir(script))
	}
	for _, folder := range c.privateFolders() {
		for _, root := range roots {
			if root != "" && isWithin(root, folder) {
				return exposure{folder, root}
			}
		}
	}
	return exposure{}
}

// saveExposure keeps one for doctor, and protects the folder as far as it can.
func (c *Config) saveExposure(e exposure) {
	file := filepath.Join(c.DataDir, exposureFile)
	if e.root == "" {
		_ = os.Remove(file)
		return
	}
	_ = writeHtaccess(e.folder) // there may be no backup yet
	text := e.folder + "\n" + e.root + "\n"
	if before, err := os.ReadFile(file); err != nil || string(before) != text {
		_ = os.WriteFile(file, []byte(text), 0o600)
	}
}

// loadExposure is what saveExposure has kept, the zero value where it holds no longer.
func (c *Config) loadExposure() (e exposure) {
	text, err := os.ReadFile(filepath.Join(c.DataDir, exposureFile))
	lines := strings.Split(string(text), "\n")
	if err != nil || len(lines) < 2 || !slices.Contains(c.privateFolders(), lines[0]) || !isWithin(lines[1], lines[0]) {
		return e
	}
	return exposure{lines[0], lines[1]}
}

// probeTimeout bounds how long the web server is asked for files of the data folder, all addresses together.
const probeTimeout = 3 * time.Second

// probe asks a web server for a file in the data folder, at the addresses that it may have there, and returns the one at which
// everybody can read it, or "". base is the address of the site.
func (c *Config) probe(ctx context.Context, client *http.Client, base *url.URL) string {
	ctx, cancel := context.WithTimeout(ctx, probeTimeout)
	defer cancel()
	name, word := "probe-"+rand.Text()+".txt", rand.Text()
	file := filepath.Join(c.DataDir, name)
	if err := os.WriteFile(file, []byte(word), 0o644); err != nil {
		return ""
	}
	defer os.Remove(file)
	for _, address := range probeAddresses(base, c.DataDir) {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, address+"/"+name, nil)
		if err != nil {
			continue
		}
		answer, err := client.Do(request)
		if err != nil {
			return "" // nobody answers there
		}
		text, _ := io.ReadAll(io.LimitReader(answer.Body, int64(len(word))))
		answer.Body.Close()
		if string(text) == word {
			return address
		}
	}
	return ""
}

// probeAddresses are the addresses under which a web server may hand out a folder: the last parts of its path, beneath the site
// and beneath each part of the museum's own address.
func probeAddresses(base *url.URL, folder string) (addresses []string) {
	const deepest = 3
	parts := strings.Split(strings.Trim(filepath.ToSlash(folder), "/"), "/")
	prefixes := []string{"/"}
	for prefix := path.Clean("/" + base.Path); prefix != "/" && len(prefixes) <= deepest; prefix = path.Dir(prefix) {
		prefixes = append(prefixes, prefix)
	}
	for _, prefix := range prefixes {
		for n := 1; n <= min(deepest, len(parts)); n++ {
			u := url.URL{Scheme: base.Scheme, Host: base.Host, Path: path.Join(append([]string{prefix}, parts[len(parts)-n:]...)...)}
			addresses = append(addresses, u.String())
		}
	}
	return addresses
}

// probeGateway asks the web server that has started the program. It connects to the address at which that listens, whatever name
// the visitor has asked for.
func (c *Config) probeGateway(r *http.Request) string {
	address, port := gatewayValue(r, "SERVER_ADDR"), gatewayValue(r, "SERVER_PORT")
	if net.ParseIP(address) == nil || port == "" {
		return ""
	}
	base := &url.URL{Scheme: "http", Host: r.Host, Path: r.URL.Path}
	if https := gatewayValue(r, "HTTPS"); https != "" && !strings.EqualFold(https, "off") {
		base.Scheme = "https"
	}
	client := &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
				return (&net.Dialer{}).DialContext(ctx, network, net.JoinHostPort(address, port))
			},
			TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, // our own address, and nothing secret is sent
		},
	}
	defer client.CloseIdleConnections()
	return c.probe(r.Context(), client, base)
}
