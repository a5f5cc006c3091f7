package authority

import (
	"crypto/x509"
	"encoding/pem"
	"errors"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app/apptest/testenv"
)

var here = []string{"localhost", "laptop", "laptop.local"}

func open(t *testing.T, folder string) *Authority {
	t.Helper()
	a, err := Open(folder, here, []netip.Addr{netip.MustParseAddr("203.0.113.5"), netip.MustParseAddr("192.168.1.20")})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// trusted verifies a certificate like a device that has installed an authority.
func trusted(t *testing.T, a *Authority, names, addresses []string, host string) error {
	t.Helper()
	var parsed []netip.Addr
	for _, address := range addresses {
		parsed = append(parsed, netip.MustParseAddr(address))
	}
	leaf, err := a.issue(names, parsed, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(a.certificate)
	_, err = leaf.Leaf.Verify(x509.VerifyOptions{Roots: roots, DNSName: host})
	return err
}

// A stolen key of the authority must not allow impersonating other sites to devices that trust it.
func TestAuthorityCannotVouchForOthers(t *testing.T) {
	a := open(t, t.TempDir())
	for _, name := range []string{"localhost", "laptop", "laptop.local"} {
		if err := trusted(t, a, []string{name}, nil, name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, name := range []string{"example.com", "www.google.com", "laptop.example.com", "other.local", "local", "xlaptop.local"} {
		if err := trusted(t, a, []string{name}, nil, name); err == nil {
			t.Errorf("it can vouch for %s", name)
		}
	}
	for _, address := range []string{"192.168.1.20", "192.168.77.1", "10.1.2.3", "172.31.0.1", "127.0.0.1", "::1", "fd00::1", "203.0.113.5"} {
		if err := trusted(t, a, nil, []string{address}, address); err != nil {
			t.Errorf("%s: %v", address, err)
		}
	}
	for _, address := range []string{"203.0.113.6", "8.8.8.8", "172.32.0.1", "2001:db8::1"} {
		if err := trusted(t, a, nil, []string{address}, address); err == nil {
			t.Errorf("it can vouch for %s", address)
		}
	}
	if !a.certificate.PermittedDNSDomainsCritical || !a.certificate.MaxPathLenZero || a.certificate.MaxPathLen != 0 {
		t.Errorf("the constraints may be passed over, or it may sign authorities")
	}
}

func TestAuthorityIsKept(t *testing.T) {
	folder := t.TempDir()
	if _, err := Load(folder); err != ErrNone {
		t.Errorf("from an empty folder: %v", err)
	}
	first := open(t, folder)
	if second := open(t, folder); second.Fingerprint() != first.Fingerprint() {
		t.Errorf("a second start makes another authority")
	}
	info, err := os.Stat(filepath.Join(folder, File))
	if err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("the file: %v %v", info.Mode(), err)
	}
	if strings.Contains(string(first.PEM()), "KEY") {
		t.Errorf("what devices install has the key in it")
	}
	entries, err := os.ReadDir(folder)
	if err != nil || len(entries) != 1 {
		t.Errorf("there are %v in the folder", entries)
	}
}

func TestAuthorityThatCannotBeUsed(t *testing.T) {
	for _, text := range []string{"", "hello", string(open(t, t.TempDir()).PEM())} {
		folder := t.TempDir()
		if err := os.WriteFile(filepath.Join(folder, File), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(folder, here, nil); err == nil || !strings.Contains(err.Error(), "Delete the file to create a new authority") {
			t.Errorf("with %.20q: %v", text, err)
		}
	}
}

func TestCertificateFollowsTheMachine(t *testing.T) {
	a := open(t, t.TempDir())
	now, calls := time.Now(), 0
	names, addresses := here, []netip.Addr{netip.MustParseAddr("192.168.1.20")}
	keeper := NewKeeper(a, func() ([]string, []netip.Addr) { calls++; return names, addresses })
	keeper.now = func() time.Time { return now }
	leaf := func() *x509.Certificate {
		t.Helper()
		shown, err := keeper.Certificate(nil)
		if err != nil {
			t.Fatal(err)
		}
		return shown.Leaf
	}
	first := leaf()
	if now = now.Add(lookEvery / 2); leaf() != first || calls != 1 {
		t.Errorf("it was looked %d times, want once", calls)
	}
	if now = now.Add(24 * time.Hour); leaf() != first {
		t.Errorf("renewed without need")
	}
	// On another network, and with a name that the authority cannot vouch for.
	names, addresses = append(names, "renamed.local"), []netip.Addr{netip.MustParseAddr("10.0.0.7"), netip.MustParseAddr("8.8.8.8")}
	now = now.Add(lookEvery)
	second := leaf()
	if second == first || second.VerifyHostname("10.0.0.7") != nil || second.VerifyHostname("laptop.local") != nil {
		t.Errorf("the new certificate is for %v %v", second.DNSNames, second.IPAddresses)
	}
	if second.VerifyHostname("renamed.local") == nil || second.VerifyHostname("8.8.8.8") == nil {
		t.Errorf("it names what the authority cannot vouch for: devices refuse it whole")
	}
	if now = second.NotAfter.Add(-leafRenewal + time.Second); leaf() == second {
		t.Errorf("not renewed before its end")
	}
}

func TestAuthorityTellsWhatIsStrange(t *testing.T) {
	a := open(t, t.TempDir())
	addresses := []netip.Addr{netip.MustParseAddr("192.168.9.9"), netip.MustParseAddr("203.0.113.5"), netip.MustParseAddr("203.0.113.6")}
	got := a.Strange(append([]string{"renamed", "renamed", "renamed.local"}, here...), addresses)
	if want := []string{"renamed", "renamed.local", "203.0.113.6"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// OpenSSL interprets the name constraints like Go.
func TestOpenSSLAgrees(t *testing.T) {
	openssl := testenv.Program(t, "openssl", "install the package openssl")
	a, folder := open(t, t.TempDir()), t.TempDir()
	verify := func(name string) (string, error) {
		leaf, err := a.issue([]string{name}, nil, time.Now())
		if err != nil {
			t.Fatal(err)
		}
		root, file := filepath.Join(folder, "root.pem"), filepath.Join(folder, "leaf.pem")
		text := pem.EncodeToMemory(&pem.Block{Type: certificateBlock, Bytes: leaf.Certificate[0]})
		if err := errors.Join(os.WriteFile(root, a.PEM(), 0o600), os.WriteFile(file, text, 0o600)); err != nil {
			t.Fatal(err)
		}
		output, err := exec.Command(openssl, "verify", "-no-CApath", "-CAfile", root, "-purpose", "sslserver", file).CombinedOutput()
		return string(output), err
	}
	if output, err := verify("laptop.local"); err != nil {
		t.Errorf("laptop.local: %v %s", err, output)
	}
	if output, err := verify("www.example.com"); err == nil || !strings.Contains(output, "permitted subtree violation") {
		t.Errorf("www.example.com: %v %s", err, output)
	}
}
