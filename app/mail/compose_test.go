package mail_test

import (
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	stdmail "net/mail"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/mail"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.FixedZone("", 3600))

// deliver sends m to a real server and returns what arrived, parsed by the standard library.
func deliver(t *testing.T, from string, m mail.Message) *stdmail.Message {
	t.Helper()
	server := startMailServer(t, serverOptions{})
	sender := openSMTP(t, "smtp://localhost:PORT", server.port(), mail.Options{From: from, Clock: func() time.Time { return noon }})
	if err := sender.Send(t.Context(), m); err != nil {
		t.Fatalf("Send: %v", err)
	}
	content := server.onlyMail(t).content
	for _, line := range strings.SplitAfter(content, "\n") {
		if strings.HasSuffix(line, "\n") && !strings.HasSuffix(line, "\r\n") || len(line) > 1000 || !isPlainASCII(line) {
			t.Errorf("line not fit for every server: %q", line)
		}
	}
	parsed, err := stdmail.ReadMessage(strings.NewReader(content))
	if err != nil {
		t.Fatalf("the message cannot be parsed: %v\n%s", err, content)
	}
	return parsed
}

func isPlainASCII(line string) bool {
	return !strings.ContainsFunc(line, func(r rune) bool { return r > 126 })
}

func TestCodeMessageOnTheWire(t *testing.T) {
	message := mail.NewCodeMessage(app.CodeToSignIn, "ann@example.com", "012345", 15*time.Minute, "https://museum.example.com/")
	parsed := deliver(t, "Mathémusée Zürich <museum@schule.example>", message)

	if date, err := parsed.Header.Date(); err != nil || !date.Equal(noon) {
		t.Errorf("Date: %v, %v; want %v", date, err, noon)
	}
	from, err := parsed.Header.AddressList("From")
	if err != nil || len(from) != 1 || from[0].Name != "Mathémusée Zürich" || from[0].Address != "museum@schule.example" {
		t.Errorf("From: %v, %v", from, err)
	}
	for header, want := range map[string]string{
		"To":             "<ann@example.com>",
		"Subject":        "Your Math Museums verification code",
		"Mime-Version":   "1.0",
		"Auto-Submitted": "auto-generated",
	} {
		if got := parsed.Header.Get(header); got != want {
			t.Errorf("%s: got %q, want %q", header, got, want)
		}
	}
	if id := parsed.Header.Get("Message-Id"); !regexp.MustCompile(`^<\w{20,}@schule\.example>$`).MatchString(id) {
		t.Errorf("Message-Id: %q", id)
	}

	parts := readParts(t, parsed)
	if want := "Your verification code is: 012345\n\nThis code will expire in 15 minutes."; parts["text/plain"] != want {
		t.Errorf("plain part: got %q, want %q", parts["text/plain"], want)
	}
	for _, want := range []string{">012345<", "15 minutes", `href="https://museum.example.com/"`} {
		if !strings.Contains(parts["text/html"], want) {
			t.Errorf("HTML part lacks %q:\n%s", want, parts["text/html"])
		}
	}
}

// readParts returns the decoded parts by media type and checks that plain text comes first.
func readParts(t *testing.T, m *stdmail.Message) map[string]string {
	t.Helper()
	mediaType, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || mediaType != "multipart/alternative" {
		t.Fatalf("Content-Type: %q, %v", mediaType, err)
	}
	parts, order := map[string]string{}, []string{}
	for reader := multipart.NewReader(m.Body, params["boundary"]); ; {
		part, err := reader.NextRawPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("parts: %v", err)
		}
		kind, params, _ := mime.ParseMediaType(part.Header.Get("Content-Type"))
		if params["charset"] != "utf-8" || part.Header.Get("Content-Transfer-Encoding") != "quoted-printable" {
			t.Errorf("part header: %v", part.Header)
		}
		text, err := io.ReadAll(quotedprintable.NewReader(part))
		if err != nil {
			t.Fatalf("part %s: %v", kind, err)
		}
		parts[kind] = strings.ReplaceAll(string(text), "\r\n", "\n")
		order = append(order, kind)
	}
	if strings.Join(order, " ") != "text/plain text/html" {
		t.Errorf("parts in order %v", order)
	}
	return parts
}

func TestPlainMessageOnTheWire(t *testing.T) {
	parsed := deliver(t, "museum@example.com", mail.Message{
		To: "ann@example.com", Subject: "Grüße: 100 % ✓", Text: "Zürich = schön\n.\n.. " + strings.Repeat("lang ", 300),
	})
	if subject, err := new(mime.WordDecoder).DecodeHeader(parsed.Header.Get("Subject")); err != nil || subject != "Grüße: 100 % ✓" {
		t.Errorf("Subject: %q, %v", subject, err)
	}
	text, err := io.ReadAll(quotedprintable.NewReader(parsed.Body))
	if want := "Zürich = schön\r\n.\r\n.. lang lang"; err != nil || !strings.HasPrefix(string(text), want) {
		t.Errorf("got %q, %v; want it to begin with %q", text, err, want)
	}
}

func TestMessageIDsDiffer(t *testing.T) {
	message := mail.NewTestMessage("ann@example.com")
	a, b := deliver(t, "m@example.com", message), deliver(t, "m@example.com", message)
	if a.Header.Get("Message-Id") == b.Header.Get("Message-Id") {
		t.Errorf("two messages have the id %s", a.Header.Get("Message-Id"))
	}
}

func TestNoHeaderCanBeSlippedIn(t *testing.T) {
	server := startMailServer(t, serverOptions{})
	sender := openSMTP(t, "smtp://localhost:PORT", server.port(), mail.Options{})
	for _, to := range []string{
		"", "ann", "ann@example.com\r\nBcc: eve@example.com", "ann@example.com\nBcc: eve@example.com", "ann@example.com, eve@example.com",
		"ann@example.com> SIZE=1", "Ann <ann@example.com>", "ann@example.com\x00", " ann@example.com", `"a b"@example.com`,
		"ann(comment)@example.com", "ann@exa\u2028mple.com", strings.Repeat("a", 65) + "@example.com", "a@" + strings.Repeat("b.", 130) + "com",
	} {
		wantStep(t, sender.Send(t.Context(), mail.NewTestMessage(to)), mail.StepRecipient, "cannot send to")
	}
	message := mail.NewTestMessage("ann@example.com")
	message.Subject = "hello\r\nBcc: eve@example.com"
	wantStep(t, sender.Send(t.Context(), message), mail.StepMessage, "the subject must be one line")
	if server.count() != 0 {
		t.Errorf("%d mails were sent", server.count())
	}
}

func TestCodeMessageWords(t *testing.T) {
	if got := mail.NewCodeMessage(app.CodeToSignIn, "a@b.c", "1", time.Minute, "").Text; !strings.HasSuffix(got, "expire in 1 minute.") {
		t.Errorf("got %q", got)
	}
	if got := mail.NewCodeMessage(app.CodeToSignIn, "a@b.c", "1", time.Minute, "").HTML; strings.Contains(got, "href") {
		t.Errorf("a link without an address:\n%s", got)
	}
	if got := mail.NewCodeMessage(app.CodeToSignIn, "a@b.c", "<1>", time.Minute, `javascript:alert(1)"`).HTML; strings.Contains(got, "<1>") || strings.Contains(got, `href="javascript`) {
		t.Errorf("not escaped:\n%s", got)
	}
}
