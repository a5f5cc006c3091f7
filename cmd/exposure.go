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

// The data folder must not be among the files that a web server publishes. If it is, the program protects it as well
// as it can.

const (
	htaccessFile = ".htaccess"
	htaccess     = `# This folder holds students' work. No web server may publish it.
<IfModule mod_authz_core.c>
	Require all denied
</IfModule>
<IfModule !mod_authz_core.c>
	Deny from all
</IfModule>
`
	// exposureFile records a private folder and the document root that contains it. Only the web server's environment
	// shows that; doctor reads it from this file.
	exposureFile = "web-root.txt"
)

// prepareDataDir creates the data folder if it is missing, for its owner only, and protects it from Apache.
func (c *Config) prepareDataDir() error {
	if err := os.MkdirAll(c.DataDir, 0o700); err != nil {
		return err
	}
	c.restrictDataDir()
	return writeHtaccess(c.DataDir)
}

// writeHtaccess tells Apache not to publish a folder, unless there is a .htaccess file already.
func writeHtaccess(folder string) error {
	file, err := os.OpenFile(filepath.Join(folder, htaccessFile), os.O_WRONLY|os.O_CREATE|os.O_EXCL,
		0o644) // Apache may be another user
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = io.WriteString(file, htaccess)
	return errors.Join(err, file.Close())
}

// restrictDataDir removes permissions that a umask granted to all users of the machine. If there is a socket in the
// folder, other users (such as a proxy) may still traverse the folder. If this user may not change the mode, doctor
// reports it.
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

// gatewayValue returns a variable of the web server that started the program.
func gatewayValue(r *http.Request, name string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return fcgi.ProcessEnv(r)[name]
}

// privateFolders returns the folders that hold students' work.
func (c *Config) privateFolders() []string {
	if backup.IsBucket(c.BackupTo) {
		return []string{c.DataDir}
	}
	return []string{c.DataDir, c.backupFolder()}
}

// exposure is a private folder and the document root that contains it. The zero value means none.
type exposure struct{ folder, root string }

// findExposure looks for an exposure by what the web server reports: the site's root, an Alias or user folder, and
// the program's own folder.
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

// saveExposure records an exposure for doctor, or that there is none, and protects the folder.
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

// loadExposure returns the recorded exposure, or the zero value if it no longer applies.
func (c *Config) loadExposure() (e exposure) {
	text, err := os.ReadFile(filepath.Join(c.DataDir, exposureFile))
	lines := strings.Split(string(text), "\n")
	if err != nil || len(lines) < 2 || !slices.Contains(c.privateFolders(), lines[0]) || !isWithin(lines[1], lines[0]) {
		return e
	}
	return exposure{lines[0], lines[1]}
}

// probeTimeout bounds a probe with all its requests.
const probeTimeout = 3 * time.Second

// probe requests a new file in the data folder from a web server under all likely URLs. It returns the URL at which
// the file can be read, or "". base is the site's URL.
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
			return "" // no server answers there
		}
		text, _ := io.ReadAll(io.LimitReader(answer.Body, int64(len(word))))
		answer.Body.Close()
		if string(text) == word {
			return address
		}
	}
	return ""
}

// probeAddresses returns the URLs under which a web server may publish a folder: the last elements of its path, below
// the site's root and below each element of the museum's own path.
func probeAddresses(base *url.URL, folder string) (addresses []string) {
	const deepest = 3
	parts := strings.Split(strings.Trim(filepath.ToSlash(folder), "/"), "/")
	prefixes := []string{"/"}
	for prefix := path.Clean("/" + base.Path); prefix != "/" && len(prefixes) <= deepest; prefix = path.Dir(prefix) {
		prefixes = append(prefixes, prefix)
	}
	for _, prefix := range prefixes {
		for n := 1; n <= min(deepest, len(parts)); n++ {
			u := url.URL{Scheme: base.Scheme, Host: base.Host,
				Path: path.Join(append([]string{prefix}, parts[len(parts)-n:]...)...)}
			addresses = append(addresses, u.String())
		}
	}
	return addresses
}

// probeGateway probes the web server that started the program. It connects to that server's own address, whatever
// host name the visitor used.
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
			TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, // it is our own address, and nothing secret is sent
		},
	}
	defer client.CloseIdleConnections()
	return c.probe(r.Context(), client, base)
}
