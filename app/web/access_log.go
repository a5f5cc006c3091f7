package web

import (
	"log/slog"
	"net/http"
	"net/netip"
)

// AccessLog says what is logged of each request.
type AccessLog int

const (
	AccessLogOff   AccessLog = iota
	AccessLogShort           // with the network instead of the address, so that individuals cannot be followed
	AccessLogFull            // with the full network address
)

// logAccess logs a request.
func (s *Server) logAccess(r *http.Request, o *observation) {
	if s.AccessLog == AccessLogOff {
		return
	}
	address := s.clientAddress(r)
	if s.AccessLog == AccessLogShort {
		address = networkOf(address)
	}
	s.Log.LogAttrs(r.Context(), slog.LevelInfo, "request",
		slog.String("method", o.method), slog.String("route", o.route), slog.Int("status", o.status), slog.Int64("bytes", o.bytes),
		slog.Float64("ms", float64(o.duration.Microseconds())/1000), slog.String("address", address))
}

// networkOf returns the network of an address from clientAddress: a /24 in IPv4, a whole site in IPv6.
func networkOf(address string) string {
	bits := 24
	ip, err := netip.ParseAddr(address)
	if prefix, prefixErr := netip.ParsePrefix(address); prefixErr == nil {
		ip, bits, err = prefix.Addr(), 48, nil
	}
	if err != nil {
		return address // not an address, such as that of a local socket
	}
	network, err := ip.Prefix(bits)
	if err != nil {
		return ""
	}
	return network.String()
}
