package replica_test

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app/replica"
	"github.com/pkg/sftp"
	"golang.org/x/crypto/ssh"
)

// sftpServer is a server with the host keys that sshd creates by default, and one user.
type sftpServer struct {
	address string
	hostKey string // as ssh-keyscan -t ecdsa shows it, without the host
	keyFile string // of the user
}

func newSFTPServer(t *testing.T) sftpServer {
	t.Helper()
	_, user, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	userSigner := signer(t, user)
	config := &ssh.ServerConfig{PublicKeyCallback: func(_ ssh.ConnMetadata, key ssh.PublicKey) (*ssh.Permissions, error) {
		if string(key.Marshal()) != string(userSigner.PublicKey().Marshal()) {
			return nil, os.ErrPermission
		}
		return nil, nil
	}}
	_, second, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	first, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	config.AddHostKey(signer(t, second))
	config.AddHostKey(signer(t, first))
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go serveSFTP(conn, config)
		}
	}()
	s := sftpServer{listener.Addr().String(), strings.TrimSpace(string(ssh.MarshalAuthorizedKey(signer(t, first).PublicKey()))), filepath.Join(t.TempDir(), "id")}
	der, err := x509.MarshalPKCS8PrivateKey(user)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(s.keyFile, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	return s
}

func signer(t *testing.T, key any) ssh.Signer {
	t.Helper()
	made, err := ssh.NewSignerFromKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func serveSFTP(conn net.Conn, config *ssh.ServerConfig) {
	defer conn.Close()
	_, channels, requests, err := ssh.NewServerConn(conn, config)
	if err != nil {
		return
	}
	go ssh.DiscardRequests(requests)
	for offered := range channels {
		channel, requests, err := offered.Accept()
		if err != nil {
			return
		}
		go func() {
			for request := range requests {
				_ = request.Reply(request.Type == "subsystem", nil)
			}
		}()
		if server, err := sftp.NewServer(channel); err == nil {
			go func() { _ = server.Serve() }()
		}
	}
}

func (s sftpServer) url(folder, hostKey string) string {
	return (&url.URL{Scheme: "sftp", User: url.User("ann"), Host: s.address, Path: filepath.ToSlash(folder),
		RawQuery: url.Values{"key": {s.keyFile}, "hostkey": {hostKey}}.Encode()}).String()
}

func TestReplicaOverSFTP(t *testing.T) {
	server := newSFTPServer(t)
	m := newMuseum(t, server.url(filepath.Join(t.TempDir(), "replica"), server.hostKey))
	m.admit(t, "ann@example.com")
	_, stop := m.start(t)
	m.waitForUsers(t, 1)
	m.admit(t, "bob@example.com")
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	if users, err := m.restored(t, time.Time{}); err != nil || users != 2 {
		t.Errorf("the replica has %d users, %v; want 2", users, err)
	}
	other := newSFTPServer(t)
	if _, err := replica.Restore(t.Context(), server.url("/x", other.hostKey), keys, time.Time{}, filepath.Join(t.TempDir(), "museum.db"), ""); err == nil || !strings.Contains(err.Error(), "host key mismatch") {
		t.Errorf("a server with another key is trusted: %v", err)
	}
}
