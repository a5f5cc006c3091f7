package cmd_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app/apptest/testenv"
)

// pebbleVersion is that of Let's Encrypt's server for tests and of the name server that goes with it.
const pebbleVersion = "v2.10.3"

// certificateFiles makes a certificate for a server on this machine, and gives the paths of it and its key.
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

// A certificate is had from Let's Encrypt's own test server, by its own challenge, and kept over a restart.
func TestTLSByACME(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only on Linux can a program be told by SSL_CERT_FILE whom to trust")
	}
	how := "go install github.com/letsencrypt/pebble/v2/cmd/...@" + pebbleVersion
	pebble, dns := testenv.Program(t, "pebble", how), testenv.Program(t, "pebble-challtestsrv", how)
	h := newHome(t)
	certificate, key := certificateFiles(t, h.dir)
	museumAt, acmeAt, manageAt, dnsAt := testenv.FreeAddress(t), testenv.FreeAddress(t), testenv.FreeAddress(t), testenv.FreeAddress(t)
	_, museumPort, _ := net.SplitHostPort(museumAt)

	config, err := json.Marshal(map[string]any{"pebble": map[string]any{
		"listenAddress": acmeAt, "managementListenAddress": manageAt, "certificate": certificate, "privateKey": key,
		"httpPort": 1, "tlsPort": json.Number(museumPort), "retryAfter": map[string]int{"authz": 1, "order": 1},
	}})
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(h.dir, "pebble.json"), string(config))
	start(t, exec.Command(dns, "-dnsserver", dnsAt, "-defaultIPv4", "127.0.0.1", "-defaultIPv6", "", "-http01", "", "-https01", "", "-tlsalpn01", "",
		"-doh", "", "-management", testenv.FreeAddress(t)))
	authority := exec.Command(pebble, "-config", filepath.Join(h.dir, "pebble.json"), "-dnsserver", dnsAt)
	authority.Env = append(os.Environ(), "PEBBLE_VA_NOSLEEP=1", "PEBBLE_WFE_NONCEREJECT=0")
	acme := start(t, authority)
	acme.stdout.waitFor(t, "ACME directory available")

	trust, err := os.ReadFile(certificate)
	if err != nil {
		t.Fatal(err)
	}
	_, root := get(t, trusting(string(trust)), "https://"+manageAt+"/roots/0")
	visitor := trusting(root)
	visitor.Transport.(*http.Transport).DialContext = func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "tcp", museumAt)
	}
	h.environ = append(h.environ, "MATHMUSEUMS_PUBLIC_URL=https://museum.example.com/", "MATHMUSEUMS_ACME_URL=https://"+acmeAt+"/dir", "SSL_CERT_FILE="+certificate)
	open := func() *server {
		s := start(t, h.command("serve", "--tls", "auto", "--addr", museumAt, "--data-dir", "museum"))
		s.stdout.waitFor(t, "For everybody +https://museum.example.com/")
		return s
	}
	s := open()
	s.stderr.waitFor(t, "the certificate is there")
	answer, _ := get(t, visitor, "https://museum.example.com/")
	if answer.StatusCode != 200 || answer.Header.Get("Strict-Transport-Security") == "" || !strings.Contains(answer.TLS.PeerCertificates[0].Issuer.CommonName, "Pebble") {
		t.Errorf("%d, issued by %s", answer.StatusCode, answer.TLS.PeerCertificates[0].Issuer)
	}
	serial := fmt.Sprint(answer.TLS.PeerCertificates[0].SerialNumber)
	if info, err := os.Stat(h.data("certificates")); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder of the certificates: %v %v", info.Mode(), err)
	}
	if conn, err := tls.Dial("tcp", museumAt, &tls.Config{ServerName: "other.example.com", InsecureSkipVerify: true}); err == nil {
		conn.Close()
		t.Errorf("anybody can have certificates asked for in any name")
	}
	s.stop(t)

	_ = acme.cmd.Process.Kill() // so what is shown now was kept
	<-acme.ended
	open().stderr.waitFor(t, "the certificate is there")
	visitor.CloseIdleConnections()
	answer, _ = get(t, visitor, "https://museum.example.com/")
	if got := fmt.Sprint(answer.TLS.PeerCertificates[0].SerialNumber); got != serial {
		t.Errorf("after a restart it shows certificate %s, want %s", got, serial)
	}
}

// While no certificate can be had, the museum says so and stays up.
func TestACMEFails(t *testing.T) {
	h := newHome(t, "MATHMUSEUMS_PUBLIC_URL=https://museum.example.com/", "MATHMUSEUMS_ACME_URL=https://127.0.0.1:1/dir")
	s := start(t, h.command("serve", "--tls", "auto", "--addr", "127.0.0.1:0", "--data-dir", "museum"))
	s.stderr.waitFor(t, `no certificate could be had; it is tried again with the next visitor","host":"museum.example.com".*"help"`)
	s.stop(t)
}
