// Package authority issues the certificates of a museum on a local network. Browsers allow offline use only over
// https, and no public authority issues certificates there. The authority is created on the museum's own machine, and
// its name constraints limit it to that machine's names and to addresses in private networks, so that devices that
// trust it are not exposed to anything else.
package authority

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// File is the name of the file in the data folder, mode 0600, that holds the authority's key and certificate.
const File = "authority.pem"

// Lifetime is how long devices trust the authority. After that they must install a new one.
const Lifetime = 5 * 365 * 24 * time.Hour

// Types of the blocks in the file.
const (
	keyBlock         = "PRIVATE KEY"
	certificateBlock = "CERTIFICATE"
)

// privateNetworks are the networks that are not unique to anyone (RFC 1918, RFC 3927, RFC 4193, RFC 4291). A laptop
// gets a new address in them at every school.
var privateNetworks = []string{
	"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "127.0.0.0/8", "fc00::/7", "fe80::/10", "::1/128",
}

// ErrNone is returned by Load if no authority was created yet.
var ErrNone = errors.New("no authority has been created yet")

// Authority signs the museum's certificates.
type Authority struct {
	certificate *x509.Certificate
	key         crypto.Signer
}

// Load reads the authority from the data folder. It returns ErrNone if there is none.
func Load(folder string) (*Authority, error) {
	path := filepath.Join(folder, File)
	text, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, ErrNone
	}
	if err != nil {
		return nil, fmt.Errorf("read the authority: %w", err)
	}
	a, err := parse(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w. Delete the file to create a new authority, which each device must then "+
			"install", path, err)
	}
	return a, nil
}

// Open loads the authority, or creates one for the names and addresses of this machine. Addresses in private networks
// are always included.
func Open(folder string, names []string, addresses []netip.Addr) (*Authority, error) {
	a, err := Load(folder)
	if !errors.Is(err, ErrNone) {
		return a, err
	}
	if a, err = create(names, addresses); err != nil {
		return nil, fmt.Errorf("create the authority: %w", err)
	}
	if err := a.save(folder); err != nil {
		return nil, fmt.Errorf("save the authority: %w", err)
	}
	return a, nil
}

// create creates an authority for server certificates only. It restricts DNS names and IP addresses; certificates for
// anything else are invalid.
func create(names []string, addresses []netip.Addr) (*Authority, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	networks := slices.Clone(privateNetworks)
	for _, address := range addresses {
		if !address.IsPrivate() {
			networks = append(networks, netip.PrefixFrom(address, address.BitLen()).String())
		}
	}
	var permitted []*net.IPNet
	for _, text := range networks {
		_, network, err := net.ParseCIDR(text)
		if err != nil {
			return nil, err
		}
		permitted = append(permitted, network)
	}
	subject := "Math Museums"
	if host, err := os.Hostname(); err == nil {
		subject += " on " + host
	}
	now := time.Now()
	template := &x509.Certificate{
		Subject:   pkix.Name{CommonName: subject, Organization: []string{"Math Museums"}},
		NotBefore: now.Add(-time.Hour), NotAfter: now.Add(Lifetime), // allows for inaccurate clocks
		IsCA: true, BasicConstraintsValid: true, MaxPathLenZero: true, // it cannot sign other authorities
		KeyUsage: x509.KeyUsageCertSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		PermittedDNSDomainsCritical: true, PermittedDNSDomains: names, PermittedIPRanges: permitted,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return nil, err
	}
	certificate, err := x509.ParseCertificate(der)
	return &Authority{certificate, key}, err
}

// save writes the file atomically.
func (a *Authority) save(folder string) error {
	der, err := x509.MarshalPKCS8PrivateKey(a.key)
	if err != nil {
		return err
	}
	file, err := os.CreateTemp(folder, File+".*") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(file.Name()) // fails harmlessly after the rename
	err = errors.Join(pem.Encode(file, &pem.Block{Type: keyBlock, Bytes: der}), pem.Encode(file, a.block()),
		file.Sync(), file.Close())
	if err != nil {
		return err
	}
	return os.Rename(file.Name(), filepath.Join(folder, File))
}

func parse(text []byte) (*Authority, error) {
	a := &Authority{}
	for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
		var err error
		switch block.Type {
		case keyBlock:
			var key any
			key, err = x509.ParsePKCS8PrivateKey(block.Bytes)
			a.key, _ = key.(crypto.Signer)
		case certificateBlock:
			a.certificate, err = x509.ParseCertificate(block.Bytes)
		}
		if err != nil {
			return nil, fmt.Errorf("cannot be read: %w", err)
		}
	}
	if a.key == nil || a.certificate == nil {
		return nil, errors.New("does not contain a key and a certificate")
	}
	if time.Now().After(a.certificate.NotAfter) {
		return nil, fmt.Errorf("the authority expired on %s", a.certificate.NotAfter.Format(time.DateOnly))
	}
	return a, nil
}

func (a *Authority) block() *pem.Block {
	return &pem.Block{Type: certificateBlock, Bytes: a.certificate.Raw}
}

// PEM returns the certificate that devices install. It contains no secret.
func (a *Authority) PEM() []byte {
	var text bytes.Buffer
	_ = pem.Encode(&text, a.block()) // writing to a buffer does not fail
	return text.Bytes()
}

// Name returns the name under which devices list the authority.
func (a *Authority) Name() string { return a.certificate.Subject.CommonName }

// Ends returns when the authority expires.
func (a *Authority) Ends() time.Time { return a.certificate.NotAfter }

// Names returns the host names that the authority can vouch for. It also vouches for addresses in private networks.
func (a *Authority) Names() []string { return a.certificate.PermittedDNSDomains }

// Fingerprint returns the SHA-256 of the certificate in the form that devices show, AB:CD:...
func (a *Authority) Fingerprint() string {
	sum := sha256.Sum256(a.certificate.Raw)
	return strings.ReplaceAll(fmt.Sprintf("% X", sum), " ", ":")
}
