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

// printBanner tells where the museum is and what it still lacks. Those who open one are teachers, not operators: it is
// the only manual that all of them read.
func printBanner(w io.Writer, c *Config, listeners []net.Listener, s *tlsSetup, hasSuperuser bool) {
	fmt.Fprint(w, "\nThe museum is open.\n\n")
	places := findPlaces(c, listeners)
	table := tabwriter.NewWriter(w, 0, 0, 3, ' ', 0)
	for _, place := range places {
		fmt.Fprintf(table, "  %s\t%s\n", place.where, place.url)
	}
	if s != nil && s.lan != nil {
		fmt.Fprintf(table, "  Its fingerprint\t%s\n", s.lan.Fingerprint())
	}
	fmt.Fprintf(table, "  It is kept in\t%s\n", c.DataDir)
	_ = table.Flush()
	if shared := sharedPlace(places); shared != "" && canDraw(w) {
		fmt.Fprintln(w)
		drawQR(w, shared)
		if c.noMailServer() {
			fmt.Fprint(w, "\n  Take this window off the projector before anybody signs in: the sign-in codes of the students appear in it.\n")
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

// missing says what would make the museum complete.
func listMissing(c *Config, s *tlsSetup, places []place, hasSuperuser bool) []string {
	var lines []string
	if !hasSuperuser {
		lines = append(lines, "Nobody may run the museum yet. In another terminal: "+c.command("createsuperuser"))
	}
	if c.noMailServer() {
		lines = append(lines, "No mail server is set (MATHMUSEUMS_MAIL_URL): sign-in codes will appear here. "+
			"Those of teachers and superusers will not: "+c.command("code ADDRESS"))
	}
	if strings.HasPrefix(sharedPlace(places), "http://") && c.TLS == encryptionOff {
		lines = append(lines, "Without https other devices do not keep the museum for use without a network: "+c.command("serve --tls lan")+
			" makes that possible, see --help.")
	}
	if s != nil && s.lan != nil {
		if strange := s.lan.Strange(web.LocalNames(), lanAddresses()); len(strange) > 0 {
			lines = append(lines, fmt.Sprintf("Devices do not trust the museum as %s: its authority was made before this computer was called so. "+
				"By other addresses they do. To change that, close the museum, take %s away, and open it again; each device then installs the new authority.",
				strings.Join(strange, ", "), filepath.Join(c.DataDir, authority.File)))
		}
	}
	return lines
}

// place is an address under which the museum is found, and by whom.
type place struct {
	where, url string
	shared     bool // others can use it too
}

// findPlaces gives the addresses of a museum that listens there, the public one first.
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

// placesAt gives the addresses of a museum that listens at one of its own, the one for this computer first, then those for
// its networks, the likeliest first.
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

// sharedPlace is the best address to pass on, "" if there is none.
func sharedPlace(places []place) string {
	for _, place := range places {
		if place.shared {
			return place.url
		}
	}
	return ""
}

// lanPlaces are the addresses on a network. Where devices have to install our authority, the one that says how is shared.
func (c *Config) lanPlaces(host string, port uint16) []place {
	at := c.webURL(host, port)
	if c.TLS != encryptionLAN {
		return []place{{"On your network", at, true}}
	}
	return []place{{"On your network", at, false}, {"Once on each device", "http" + strings.TrimPrefix(at, "https"), true}}
}

// webURL is an address of the museum on this machine.
func (c *Config) webURL(host string, port uint16) string {
	scheme := c.TLS.scheme()
	if port != map[string]uint16{"http": 80, "https": 443}[scheme] {
		host = net.JoinHostPort(host, fmt.Sprint(port))
	}
	return scheme + "://" + host + c.BasePath + "/"
}

// lanAddresses are this computer's IPv4 addresses on its networks, the one that leads outside first.
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

// isVirtualLink tells of links to containers and virtual machines, which no student's device can reach.
func isVirtualLink(link string) bool {
	for _, prefix := range []string{"docker", "br-", "veth", "virbr", "vmnet", "vboxnet", "vEthernet", "lxc", "lxd", "cni", "podman", "flannel"} {
		if strings.HasPrefix(link, prefix) {
			return true
		}
	}
	return false
}

// defaultRouteFirst puts the address first from which the rest of the world is reached.
func defaultRouteFirst(addresses []netip.Addr) []netip.Addr {
	// An address for documentation (RFC 5737): opening a UDP socket to it asks for the route and sends nothing.
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
