package mail_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/mathmuseums/mathmuseums/app/mail"
)

func TestCheckURL(t *testing.T) {
	for rawURL, want := range map[string]string{
		"console:":                                 "",
		"sendmail:///usr/sbin/sendmail":            "",
		"smtp://localhost":                         "",
		"smtp://ann:secret@mail.example.com":       "",
		"smtp://ann@school.org:secret@mail.org:25": "",
		"smtps://ann:secret@mail.example.com":      "",
		"smtp://mail.example.com:25?tls=none":      "",
		"smtp://[::1]:1025":                        "",

		"":                             "must be console: or begin with smtp://",
		"mail.example.com":             "must be console: or begin with smtp://",
		"http://mail.example.com":      "must be console: or begin with smtp://",
		"ann:secret@mail.example.com":  "must be console: or begin with smtp://",
		"console://somewhere":          "nothing after the colon",
		"sendmail:":                    "full path of the program",
		"sendmail://usr/sbin/sendmail": "full path of the program",
		"smtp://":                      "name of the mail server is missing",
		"smtp:mail.example.com":        "nothing may follow",
		"smtp://ann@mail.example.com":  "no password after it",
		"smtp://:secret@mail.org":      "no user name before it",
		"smtp://mail.org:70000":        "from 1 to 65535",
		"smtp://mail.org:0":            "from 1 to 65535",
		"smtp://mail.org/inbox":        "nothing may follow the port",
		"smtp://mail.org?tls=maybe":    "only tls=starttls or tls=none",
		"smtp://mail.org?ssl=1":        "only tls=starttls or tls=none",
		"smtps://mail.org?tls=none":    "smtps:// is always encrypted",
		"smtp://ann:a%0Ab@mail.org":    "must be one line",
		// Passwords with characters that have a meaning in URLs.
		"smtp://ann:secret#1@mail.org":   "write % as %25",
		"smtp://ann:secret/1@mail.org":   "write % as %25",
		"smtp://ann:secret%1@mail.org":   "write % as %25",
		"smtp://ann:1234/secret@mail":    "write / as %2F",
		"smtp://ann:1234#secret@mail":    "write / as %2F",
		"smtp://ann:1234?secret=1@mail":  "only tls=starttls",
		"smtp://ann:secret@mail.org:x":   "write % as %25",
		"smtp://ann:secret@mail org:587": "write % as %25",
	} {
		err := mail.CheckURL(rawURL)
		switch {
		case want == "" && err != nil:
			t.Errorf("CheckURL(%q): %v", rawURL, err)
		case want != "" && (err == nil || !strings.Contains(err.Error(), want)):
			t.Errorf("CheckURL(%q): got %v, want %q", rawURL, err, want)
		case err != nil && strings.Contains(err.Error(), "secret"):
			t.Errorf("CheckURL(%q) tells the password: %v", rawURL, err)
		}
	}
}

// Unless the operator says otherwise, mail leaves this machine encrypted or not at all.
func TestPlainTextOnlyWhereAllowed(t *testing.T) {
	server := startMailServer(t, serverOptions{noStartTLS: true})
	server.mechanisms = []string{"PLAIN"}
	sender := openSMTP(t, "smtp://USER@127.0.0.1:PORT", server.port(), mail.Options{})
	wantStep(t, sender.Send(t.Context(), mail.NewTestMessage("ann@example.com")), mail.StepStartTLS, "does not offer encryption")
}

func TestRedact(t *testing.T) {
	for rawURL, want := range map[string]string{
		"smtp://ann:secret@mail.org:25?tls=none":     "smtp://ann:***@mail.org:25?tls=none",
		"smtps://ann%40school.org:se%2Fcret@mail.de": "smtps://ann%40school.org:***@mail.de",
		"smtp://localhost:1025":                      "smtp://localhost:1025",
		"sendmail:///usr/sbin/sendmail":              "sendmail:///usr/sbin/sendmail",
		"console:":                                   "console:",
		"smtp://ann:secret/1@mail.org":               "***",
		"ann:secret@mail.org":                        "***",
	} {
		if got := mail.Redact(rawURL); got != want {
			t.Errorf("Redact(%q): got %q, want %q", rawURL, got, want)
		}
	}
}

func TestSenderAddress(t *testing.T) {
	for from, ok := range map[string]bool{
		"museum@example.com":                true,
		"Math Museums <museum@example.com>": true,
		"Mathémusée <museum@example.com>":   true,
		"":                                  false,
		"museum":                            false,
		"a@example.com, b@example.com":      false,
		"A\r\nBcc: x@example.com <m@example.com>": false,
		"Math <mu seum@example.com>":              false,
	} {
		if err := mail.CheckFrom(from); (err == nil) != ok {
			t.Errorf("CheckFrom(%q): %v, want ok %v", from, err, ok)
		}
	}
	if _, err := mail.Open("smtp://mail.example.com", mail.Options{}); err == nil || !strings.Contains(err.Error(), "sender address is missing") {
		t.Errorf("Open without a sender: %v", err)
	}
	if _, err := mail.Open("smtp://museum%40example.com:secret@mail.example.com", mail.Options{}); err != nil {
		t.Errorf("Open with an address as user name: %v", err)
	}
	for rawURL, want := range map[string]bool{
		"smtp://mail.example.com": true, "smtp://ann:x@mail.example.com": true, "sendmail:///bin/true": true,
		"smtp://ann%40example.com:x@mail.example.com": false, "console:": false, "nonsense": false,
	} {
		if got := mail.NeedsFrom(rawURL); got != want {
			t.Errorf("NeedsFrom(%q): got %v, want %v", rawURL, got, want)
		}
	}
	if _, err := mail.Open("console:", mail.Options{Console: &bytes.Buffer{}}); err != nil {
		t.Errorf("Open console: %v", err)
	}
}
