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
	AccessLogShort           // of the network address only which network it is of, so that nobody is followed
	AccessLogFull            // with the whole network address
)

// logAccess writes a line on a request.
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

// networkOf gives the network of an address as clientAddress gives it: 256 neighbours in IPv4, a whole site in IPv6.
func networkOf(address string) string {
	bits := 24
	ip, err := netip.ParseAddr(address)
	if prefix, prefixErr := netip.ParsePrefix(address); prefixErr == nil {
		ip, bits, err = prefix.Addr(), 48, nil
	}
	if err != nil {
		return address // no address, as of a socket on this machine
	}
	network, err := ip.Prefix(bits)
	if err != nil {
		return ""
	}
	return network.String()
}
