package cmd

import (
	"net"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"rsc.io/qr"
)

// listenerAt is a listener that only has an address.
type listenerAt string

func (l listenerAt) Addr() net.Addr {
	return net.TCPAddrFromAddrPort(netip.MustParseAddrPort(string(l)))
}
func (listenerAt) Accept() (net.Conn, error) { return nil, net.ErrClosed }
func (listenerAt) Close() error              { return nil }

func TestFindPlaces(t *testing.T) {
	public, _ := url.Parse("https://museum.example.com/")
	for _, test := range []struct {
		name      string
		config    Config
		listening string
		first     string
		shared    string // "" for none, "LAN" for whatever this machine has
	}{
		{"this computer alone", Config{}, "127.0.0.1:8000", "On this computer http://localhost:8000/", ""},
		{"this computer alone, IPv6", Config{}, "[::1]:8000", "On this computer http://localhost:8000/", ""},
		{"all networks", Config{}, "[::]:8000", "On this computer http://localhost:8000/", "LAN"},
		{"one network", Config{}, "192.168.1.20:80", "On your network http://192.168.1.20/", "http://192.168.1.20/"},
		{"behind a proxy", Config{PublicURL: public}, "127.0.0.1:8000", "For everybody https://museum.example.com/", "https://museum.example.com/"},
		{"under a path", Config{BasePath: "/museum"}, "127.0.0.1:80", "On this computer http://localhost/museum/", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			places := findPlaces(&test.config, []net.Listener{listenerAt(test.listening)})
			if got := places[0].where + " " + places[0].url; got != test.first {
				t.Errorf("got first %q, want %q", got, test.first)
			}
			want := test.shared
			if want == "LAN" {
				want = ""
				if lan := lanAddresses(); len(lan) > 0 {
					want = "http://" + lan[0].String() + ":8000/"
				}
			}
			if got := sharedPlace(places); got != want {
				t.Errorf("got shared %q, want %q", got, want)
			}
		})
	}
}

// Printed commands work in another terminal, whose environment may differ.
func TestCommandsNameTheFolder(t *testing.T) {
	for source, want := range map[string]string{
		sourceDefault:     "mathmuseums code",
		sourceFlag:        `mathmuseums code --data-dir "/srv/our class"`,
		sourceEnvironment: `mathmuseums code --data-dir "/srv/our class"`,
	} {
		c := &Config{DataDir: "/srv/our class", values: []value{{setting: dataDirSetting, source: source}}}
		if got := c.command("code"); got != want {
			t.Errorf("a folder by %s: got %s, want %s", source, got, want)
		}
	}
}

// The test reads the drawing back, module by module.
func TestQRCodeIsDrawnWhole(t *testing.T) {
	const text = "http://192.168.1.20:8000/"
	var out strings.Builder
	drawQR(&out, text)
	code, err := qr.Encode(text, qr.L)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
	if want := (code.Size + 2*quietZone + 1) / 2; len(lines) != want {
		t.Fatalf("got %d lines, want %d", len(lines), want)
	}
	for row, line := range lines {
		line = strings.TrimSuffix(line[strings.Index(line, "m")+1:], "\x1b[0m")
		if got := utf8.RuneCountInString(line); got != code.Size+2*quietZone {
			t.Fatalf("line %d has %d modules, want %d", row, got, code.Size+2*quietZone)
		}
		for column, block := range []rune(line) {
			x, y := column-quietZone, 2*row-quietZone
			upper, lower := block == '█' || block == '▀', block == '█' || block == '▄'
			if upper != code.Black(x, y) || lower != code.Black(x, y+1) {
				t.Fatalf("the block at %d, %d is %q", x, y, block)
			}
		}
	}
}
