package authority

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"net"
	"net/netip"
	"slices"
	"sync"
	"time"
)

const (
	// leafLifetime is short, since renewal costs nothing. Apple's devices accept at most 825 days.
	leafLifetime = 30 * 24 * time.Hour

	// leafRenewal is how long before its expiry a certificate is replaced.
	leafRenewal = leafLifetime / 3

	// lookEvery is how often the machine's addresses are checked, because the machine may have moved to another
	// network.
	lookEvery = 10 * time.Second
)

// Keeper holds the museum's current certificate. It renews the certificate before it expires and when the machine's
// addresses change.
type Keeper struct {
	authority *Authority
	find      func() (names []string, addresses []netip.Addr)
	now       func() time.Time

	mu     sync.Mutex
	leaf   *tls.Certificate
	looked time.Time
}

// NewKeeper returns a keeper that calls find for this machine's names and addresses.
func NewKeeper(authority *Authority, find func() ([]string, []netip.Addr)) *Keeper {
	return &Keeper{authority: authority, find: find, now: time.Now}
}

// Certificate returns the current certificate, for tls.Config.GetCertificate.
func (k *Keeper) Certificate(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	now := k.now()
	if k.leaf != nil && now.Sub(k.looked) < lookEvery {
		return k.leaf, nil
	}
	k.looked = now
	names, addresses := k.find()
	names, addresses = k.authority.permitted(names, addresses)
	if k.leaf != nil && now.Before(k.leaf.Leaf.NotAfter.Add(-leafRenewal)) && covers(k.leaf.Leaf, names, addresses) {
		return k.leaf, nil
	}
	leaf, err := k.authority.issue(names, addresses, now)
	if err != nil {
		return nil, err
	}
	k.leaf = leaf
	return leaf, nil
}

// permitted removes names and addresses that the authority cannot vouch for: with one of them in a certificate,
// devices would reject the whole certificate.
func (a *Authority) permitted(names []string, addresses []netip.Addr) ([]string, []netip.Addr) {
	names = slices.DeleteFunc(slices.Clone(names), func(name string) bool { return !a.hasName(name) })
	addresses = slices.DeleteFunc(slices.Clone(addresses),
		func(address netip.Addr) bool { return !a.hasAddress(address) })
	return names, addresses
}

// Strange returns those names and addresses, without duplicates, that the authority cannot vouch for because this
// machine did not have them when the authority was created.
func (a *Authority) Strange(names []string, addresses []netip.Addr) []string {
	var found []string
	add := func(known bool, text string) {
		if !known && !slices.Contains(found, text) {
			found = append(found, text)
		}
	}
	for _, name := range names {
		add(a.hasName(name), name)
	}
	for _, address := range addresses {
		add(a.hasAddress(address), address.String())
	}
	return found
}

func (a *Authority) hasName(name string) bool {
	return slices.Contains(a.certificate.PermittedDNSDomains, name)
}

func (a *Authority) hasAddress(address netip.Addr) bool {
	return slices.ContainsFunc(a.certificate.PermittedIPRanges,
		func(network *net.IPNet) bool { return network.Contains(address.AsSlice()) })
}

// covers reports whether a certificate is valid for all of these names and addresses.
func covers(leaf *x509.Certificate, names []string, addresses []netip.Addr) bool {
	for _, name := range names {
		if leaf.VerifyHostname(name) != nil {
			return false
		}
	}
	for _, address := range addresses {
		if leaf.VerifyHostname(address.String()) != nil {
			return false
		}
	}
	return true
}

// issue signs a certificate for a new key, which never leaves memory.
func (a *Authority) issue(names []string, addresses []netip.Addr, now time.Time) (*tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	end := now.Add(leafLifetime)
	if end.After(a.certificate.NotAfter) {
		end = a.certificate.NotAfter
	}
	template := &x509.Certificate{
		Subject:   pkix.Name{CommonName: a.certificate.Subject.CommonName},
		NotBefore: now.Add(-time.Hour), NotAfter: end,
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		DNSNames: names,
	}
	for _, address := range addresses {
		template.IPAddresses = append(template.IPAddresses, address.AsSlice())
	}
	der, err := x509.CreateCertificate(rand.Reader, template, a.certificate, key.Public(), a.key)
	if err != nil {
		return nil, err
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, err
	}
	return &tls.Certificate{Certificate: [][]byte{der, a.certificate.Raw}, PrivateKey: key, Leaf: parsed}, nil
}
