package web

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"slices"
	"strings"
)

// securing sets the security headers of every answer, less strict than SetSafeHeaders where the museum's pages need
// it.
func (s *Server) securing(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		SetSafeHeaders(header)
		header.Set("Referrer-Policy", "same-origin")
		header.Set("Permissions-Policy", "camera=(self), geolocation=(), microphone=()")
		header.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
		if s.isHTTPS(r) && !s.OwnAuthority { // going back to http must not lock anyone out for a year
			header.Set("Strict-Transport-Security", "max-age=31536000")
		}
		next.ServeHTTP(w, r)
	})
}

// hostNames are the names by which the museum may be requested. Others are refused, so that a foreign name that
// resolves to this machine cannot read from it with a visitor's browser (DNS rebinding).
type hostNames []string

// newHostNames returns the name in the public address and this machine's local names.
func newHostNames(public *url.URL) hostNames {
	names := hostNames(LocalNames())
	if public != nil {
		names = append(names, strings.ToLower(public.Hostname()))
	}
	return names
}

// LocalNames returns the names of this machine in its local network.
func LocalNames() []string {
	names := []string{"localhost"}
	if name, err := os.Hostname(); err == nil && name != "" {
		name = strings.ToLower(name)
		short, _, _ := strings.Cut(name, ".")
		names = append(names, name, short, short+".local", short+".lan", short+".home")
	}
	return names
}

// has reports whether a Host header names the museum. IP addresses always do: they cannot be rebound.
func (h hostNames) has(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.ToLower(strings.Trim(host, "[]"))
	_, err := netip.ParseAddr(host)
	return err == nil || slices.Contains(h, host)
}

// checkingHost refuses requests for other host names.
func (s *Server) checkingHost(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !s.AnyHost && !s.hosts.has(r.Host) {
			writePage(w, http.StatusBadRequest, "Bad Request (400)",
				"This museum does not know the name by which it was asked for. Its operator can make the name known with MATHMUSEUMS_PUBLIC_URL.")
			return
		}
		next.ServeHTTP(w, r)
	})
}

// isTrusted reports whether an address belongs to a proxy that the operator trusts.
func (s *Server) isTrusted(address netip.Addr) bool {
	return slices.ContainsFunc(s.TrustedProxies, func(p netip.Prefix) bool { return p.Contains(address) })
}

// peer returns the address of the direct peer, and whether it is a trusted proxy. A local socket counts as one: it
// has no other use. The address is the zero value if there is none.
func (s *Server) peer(r *http.Request) (address netip.Addr, trusted bool) {
	if local, ok := r.Context().Value(http.LocalAddrContextKey).(net.Addr); ok && local.Network() == "unix" {
		return netip.Addr{}, true
	}
	remote, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}, false
	}
	address = remote.Addr().Unmap()
	return address, s.isTrusted(address)
}

// clientAddress returns the network address of the client. Behind trusted proxies it is the last address in
// X-Forwarded-For that is not one of theirs: anyone can write what precedes it.
func (s *Server) clientAddress(r *http.Request) string {
	address, trusted := s.peer(r)
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && trusted; i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		address = hop.Unmap()
		trusted = s.isTrusted(address)
	}
	if !address.IsValid() {
		return r.RemoteAddr
	}
	if address.Is6() { // one client has the whole /64
		prefix, err := address.WithZone("").Prefix(64)
		if err == nil {
			return prefix.String()
		}
	}
	return address.String()
}

// scheme returns the scheme that the client used: "https" or "http".
func (s *Server) scheme(r *http.Request) string {
	if s.isHTTPS(r) {
		return "https"
	}
	return "http"
}

// isHTTPS reports whether the client speaks https, to this server or to a trusted proxy.
func (s *Server) isHTTPS(r *http.Request) bool {
	if r.TLS != nil {
		return true
	}
	_, trusted := s.peer(r)
	return trusted && strings.EqualFold(r.Header.Get("X-Forwarded-Proto"), "https")
}
