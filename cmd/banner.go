package cmd

import (
	"fmt"
	"io"
	"net"
	"net/netip"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"github.com/mathmuseums/mathmuseums/app/authority"
	"github.com/mathmuseums/mathmuseums/app/web"
)

// printBanner prints the museum's addresses and what is still missing. It is the one manual that every operator
// reads; many are teachers.
func printBanner(w io.Writer, c *Config, listeners []net.Listener, s *tlsSetup, hasSuperuser bool) {
	fmt.Fprint(w, "\nThe museum is open.\n\n")
	places := findPlaces(c, listeners)
	table := tabwriter.NewWriter(w, 0, 0, 3, ' ', 0)
	for _, place := range places {
		fmt.Fprintf(table, "  %s\t%s\n", place.where, place.url)
	}
	if s != nil && s.lan != nil {
		fmt.Fprintf(table, "  Fingerprint\t%s\n", s.lan.Fingerprint())
	}
	fmt.Fprintf(table, "  Data folder\t%s\n", c.DataDir)
	_ = table.Flush()
	if shared := sharedPlace(places); shared != "" && canDraw(w) {
		fmt.Fprintln(w)
		drawQR(w, shared)
		if c.noMailServer() {
			fmt.Fprint(w, "\n  Do not project this window while students sign in: it shows their sign-in codes.\n")
		}
	}
	if missing := listMissing(c, s, places, hasSuperuser); len(missing) > 0 {
		fmt.Fprint(w, "\nStill missing:\n\n")
		for _, line := range missing {
			fmt.Fprintln(w, "  "+line)
		}
	}
	fmt.Fprint(w, "\n"+unlessSystemd("Ctrl+C closes it.\n\n"))
}

// listMissing returns sentences about what the museum still lacks.
func listMissing(c *Config, s *tlsSetup, places []place, hasSuperuser bool) []string {
	var lines []string
	if !hasSuperuser {
		lines = append(lines, "A superuser, who manages the museum. In another terminal: "+c.command("createsuperuser"))
	}
	if c.noMailServer() {
		lines = append(lines, "A mail server (MATHMUSEUMS_MAIL_URL). Until it is set, students' sign-in codes "+
			"appear here; "+
			"for teachers and superusers use: "+c.command("code ADDRESS"))
	}
	if strings.HasPrefix(sharedPlace(places), "http://") && c.TLS == encryptionOff {
		lines = append(lines, "https, which other devices need for offline use: "+c.command("serve --tls lan")+
			", see --help.")
	}
	if s != nil && s.lan != nil {
		if strange := s.lan.Strange(web.LocalNames(), lanAddresses()); len(strange) > 0 {
			lines = append(lines, fmt.Sprintf("Devices do not trust the museum as %s, because its authority is "+
				"older than that name of this "+
				"computer. Its other addresses work. To change that, stop the museum, delete %s, and start it "+
				"again; each device must then "+
				"install the new authority.",
				strings.Join(strange, ", "), filepath.Join(c.DataDir, authority.File)))
		}
	}
	return lines
}

// place is an address of the museum.
type place struct {
	where, url string // where says from where it can be used
	shared     bool   // other devices can use it
}

// findPlaces returns the addresses of the museum, the public one first.
func findPlaces(c *Config, listeners []net.Listener) []place {
	var places []place
	if c.PublicURL != nil {
		places = append(places, place{"For everybody", c.PublicURL.String(), true})
	}
	for _, listener := range listeners {
		places = append(places, placesAt(c, listener.Addr())...)
	}
	return places
}

// placesAt returns the addresses of a museum that listens on one network address: that for this computer first, then
// those for its networks, the most likely one first.
func placesAt(c *Config, listening net.Addr) []place {
	at, err := netip.ParseAddrPort(listening.String())
	if err != nil {
		return []place{{"For a proxy", listening.Network() + ":" + listening.String(), false}}
	}
	var places []place
	host := at.Addr().Unmap()
	switch {
	case host.IsUnspecified():
		places = append(places, place{"On this computer", c.webURL("localhost", at.Port()), false})
		for _, address := range lanAddresses() {
			places = append(places, c.lanPlaces(address.String(), at.Port())...)
		}
	case host.IsLoopback():
		places = append(places, place{"On this computer", c.webURL("localhost", at.Port()), false})
	default:
		places = append(places, c.lanPlaces(host.String(), at.Port())...)
	}
	return places
}

// sharedPlace returns the best address to pass on, or "" if there is none.
func sharedPlace(places []place) string {
	for _, place := range places {
		if place.shared {
			return place.url
		}
	}
	return ""
}

// lanPlaces returns the addresses on a network. If devices must first install our authority, the address that
// explains how is the shared one.
func (c *Config) lanPlaces(host string, port uint16) []place {
	at := c.webURL(host, port)
	if c.TLS != encryptionLAN {
		return []place{{"On your network", at, true}}
	}
	return []place{{"On your network", at, false},
		{"Once on each device", "http" + strings.TrimPrefix(at, "https"), true}}
}

// webURL returns the museum's URL on a host and port of this machine.
func (c *Config) webURL(host string, port uint16) string {
	scheme := c.TLS.scheme()
	if port != map[string]uint16{"http": 80, "https": 443}[scheme] {
		host = net.JoinHostPort(host, fmt.Sprint(port))
	}
	return scheme + "://" + host + c.BasePath + "/"
}

// lanAddresses returns this computer's IPv4 addresses on its networks, that of the default route first.
func lanAddresses() []netip.Addr {
	var found []netip.Addr
	interfaces, _ := net.Interfaces()
	for _, link := range interfaces {
		if link.Flags&net.FlagUp == 0 || link.Flags&net.FlagLoopback != 0 || isVirtualLink(link.Name) {
			continue
		}
		addresses, _ := link.Addrs()
		for _, address := range addresses {
			prefix, err := netip.ParsePrefix(address.String())
			if err == nil && prefix.Addr().Is4() && prefix.Addr().IsGlobalUnicast() {
				found = append(found, prefix.Addr())
			}
		}
	}
	return defaultRouteFirst(found)
}

// isVirtualLink reports whether a network interface belongs to containers or virtual machines, which students'
// devices cannot reach.
func isVirtualLink(link string) bool {
	for _, prefix := range []string{"docker", "br-", "veth", "virbr", "vmnet", "vboxnet", "vEthernet", "lxc", "lxd", "cni", "podman", "flannel"} {
		if strings.HasPrefix(link, prefix) {
			return true
		}
	}
	return false
}

// defaultRouteFirst moves the address of the default route to the front.
func defaultRouteFirst(addresses []netip.Addr) []netip.Addr {
	// This address is reserved for documentation (RFC 5737). Opening a UDP socket to it looks up the route and sends nothing.
	conn, err := net.Dial("udp4", "192.0.2.1:9")
	if err != nil {
		return addresses
	}
	defer conn.Close()
	outside := conn.LocalAddr().(*net.UDPAddr).AddrPort().Addr().Unmap()
	for i, address := range addresses {
		if address == outside {
			addresses[0], addresses[i] = addresses[i], addresses[0]
		}
	}
	return addresses
}
