package replica

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/benbjohnson/litestream"
	"github.com/benbjohnson/litestream/file"
	"github.com/benbjohnson/litestream/sftp"
	"github.com/mathmuseums/mathmuseums/app/bucket"
	"golang.org/x/crypto/ssh"
)

// CheckURL returns an error if a replica cannot be at an address, without connecting. "" means no replica.
func CheckURL(text string) error {
	if text == "" {
		return nil
	}
	_, err := newClient(text, bucket.Keys{})
	return err
}

// RedactURL returns the address without its password.
func RedactURL(text string) string {
	u, err := url.Parse(text)
	if err != nil {
		return "***"
	}
	return u.Redacted()
}

// IsURL tells the address of a replica from the path of a backup.
func IsURL(text string) bool {
	scheme, _, found := strings.Cut(text, "://")
	return found && (scheme == "s3" || scheme == "file" || scheme == "sftp")
}

// newClient returns the client for an address. It does not connect yet. Errors do not repeat the address, which may
// contain a password.
func newClient(text string, keys bucket.Keys) (litestream.ReplicaClient, error) {
	u, err := url.Parse(text)
	if err != nil {
		return nil, errors.New("this is no address of a replica; write it like s3://bucket/museum?endpoint=https://s3.example.com&region=eu-central-1")
	}
	switch u.Scheme {
	case "s3":
		return newS3Replica(u, keys)
	case "file":
		return newFileReplica(u)
	case "sftp":
		return newSFTPReplica(u)
	}
	return nil, fmt.Errorf("a replica cannot be at %q; it can at s3://bucket/museum, sftp://user@host/path or file:///path", u.Scheme+"://")
}

func newFileReplica(u *url.URL) (litestream.ReplicaClient, error) {
	folder := filepath.FromSlash(u.Path)
	if len(folder) > 3 && folder[0] == '\\' && folder[2] == ':' {
		folder = folder[1:] // file:///D:/museum
	}
	if u.Host != "" || u.RawQuery != "" || !filepath.IsAbs(folder) || filepath.Dir(folder) == folder {
		return nil, errors.New("a folder is written with three slashes and from the root on: file:///mnt/stick/museum")
	}
	return file.NewReplicaClient(folder), nil
}

// newSFTPReplica requires the server's host key: otherwise the replica would go to whoever answers. Servers with
// several keys present the first type that the client prefers, which is ecdsa.
func newSFTPReplica(u *url.URL) (litestream.ReplicaClient, error) {
	client := sftp.NewReplicaClient()
	client.Host, client.User, client.Path = u.Host, u.User.Username(), path.Clean(u.Path)
	client.Password, _ = u.User.Password()
	for name, values := range u.Query() {
		switch value := values[0]; name {
		case "key":
			client.KeyPath = value
		case "hostkey":
			client.HostKey = value
		default:
			return nil, fmt.Errorf("%q is unknown in the address of a replica; sftp:// knows key and hostkey", name)
		}
	}
	switch {
	case client.Host == "" || client.User == "" || client.Path == "." || client.Path == "/":
		return nil, errors.New("user, host and path are needed: sftp://user@host/path?key=/home/user/.ssh/id_ed25519&hostkey=ecdsa-sha2-nistp256%20AAAA")
	case client.Password == "" && client.KeyPath == "":
		return nil, errors.New("the key file of the user is missing: add key=/home/user/.ssh/id_ed25519 behind the ? of the address")
	case client.HostKey == "":
		return nil, fmt.Errorf("the key of the server is missing: add hostkey=ecdsa-sha2-nistp256%%20AAAA... behind the ? of the address; ssh-keyscan -t ecdsa %s shows it", u.Hostname())
	}
	if _, _, _, _, err := ssh.ParseAuthorizedKey([]byte(client.HostKey)); err != nil {
		return nil, fmt.Errorf("hostkey is no key of a server: %w; ssh-keyscan -t ecdsa %s shows it", err, u.Hostname())
	}
	if _, err := os.Stat(client.KeyPath); client.KeyPath != "" && err != nil {
		return nil, fmt.Errorf("the key file cannot be read: %w", err)
	}
	return client, nil
}
