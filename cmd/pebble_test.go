package cmd_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"math/big"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app/apptest/testenv"
)

// pebbleVersion is the version of Let's Encrypt's test server and of its name server.
const pebbleVersion = "v2.10.3"

// pebble is Let's Encrypt's test server. Every host name resolves to this machine for it.
type pebble struct {
	*server
	url, trust string // its directory, and the file with the certificate of its own server
	root       string // the authority that signs for others
}

// newPebble starts a server that validates names on these ports.
func newPebble(t *testing.T, httpPort, tlsPort string) *pebble {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("only on Linux can a program be told by SSL_CERT_FILE whom to trust")
	}
	how := "go install github.com/letsencrypt/pebble/v2/cmd/...@" + pebbleVersion
	program, dns := testenv.Program(t, "pebble", how), testenv.Program(t, "pebble-challtestsrv", how)
	folder := t.TempDir()
	certificate, key := certificateFiles(t, folder)
	acmeAt, manageAt, dnsAt := testenv.FreeAddress(t), testenv.FreeAddress(t), testenv.FreeAddress(t)
	config, err := json.Marshal(map[string]any{"pebble": map[string]any{
		"listenAddress": acmeAt, "managementListenAddress": manageAt, "certificate": certificate, "privateKey": key,
		"httpPort": json.Number(httpPort), "tlsPort": json.Number(tlsPort), "retryAfter": map[string]int{"authz": 1, "order": 1},
	}})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(folder, "pebble.json")
	writeFile(t, path, string(config))
	start(t, exec.Command(dns, "-dnsserver", dnsAt, "-defaultIPv4", "127.0.0.1", "-defaultIPv6", "", "-http01", "", "-https01", "", "-tlsalpn01", "",
		"-doh", "", "-management", testenv.FreeAddress(t)))
	cmd := exec.Command(program, "-config", path, "-dnsserver", dnsAt)
	cmd.Env = append(os.Environ(), "PEBBLE_VA_NOSLEEP=1", "PEBBLE_WFE_NONCEREJECT=0")
	p := &pebble{server: start(t, cmd), url: "https://" + acmeAt + "/dir", trust: certificate}
	p.stdout.waitFor(t, "ACME directory available")
	trust, err := os.ReadFile(certificate)
	if err != nil {
		t.Fatal(err)
	}
	_, p.root = get(t, trusting(string(trust)), "https://"+manageAt+"/roots/0")
	return p
}

// visitor returns a client that trusts the server's certificates and resolves every name to one address of this
// machine; port "" means the usual ports.
func (p *pebble) visitor(port string) *http.Client {
	visitor := trusting(p.root)
	visitor.Transport.(*http.Transport).DialContext = func(ctx context.Context, _, address string) (net.Conn, error) {
		at := port
		if at == "" {
			_, at, _ = net.SplitHostPort(address)
		}
		return new(net.Dialer).DialContext(ctx, "tcp", net.JoinHostPort("127.0.0.1", at))
	}
	return visitor
}

// environ returns the environment of a museum that gets its certificates from this server.
func (p *pebble) environ() []string {
	return []string{"MATHMUSEUMS_PUBLIC_URL=https://museum.example.com/", "MATHMUSEUMS_ACME_URL=" + p.url, "SSL_CERT_FILE=" + p.trust}
}

// certificateFiles creates a certificate for a server on this machine, and returns the paths of it and its key.
func certificateFiles(t *testing.T, folder string) (certificate, key string) {
	t.Helper()
	made, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &made.PublicKey, made)
	if err != nil {
		t.Fatal(err)
	}
	keyDER, err := x509.MarshalPKCS8PrivateKey(made)
	if err != nil {
		t.Fatal(err)
	}
	certificate, key = filepath.Join(folder, "pebble.pem"), filepath.Join(folder, "pebble.key")
	writeFile(t, certificate, string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})))
	writeFile(t, key, string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: keyDER})))
	return certificate, key
}
