package web_test

import (
	"bytes"
	"context"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"github.com/mathmuseums/mathmuseums/app/apptest"
	"github.com/mathmuseums/mathmuseums/app/mail"
	"github.com/mathmuseums/mathmuseums/app/web"
)

func TestWeightsOfAcceptHeadersCount(t *testing.T) {
	ann := apptest.NewMuseum(t).NewMember(t, "ann@example.com")
	const script = "/static/css/main.css"
	for accepted, want := range map[string]string{
		"gzip": "gzip", "br, gzip;q=0.5": "gzip", "*": "gzip", "GZIP": "gzip", "gzip;q=0.5, identity;q=0.5": "gzip",
		"gzip;q=0": "", "gzip; q=0.0": "", "*;q=0": "", "*, gzip;q=0": "", "gzip;q=0, *": "", "identity, gzip;q=0.5": "", "notgzip": "", "": "",
	} {
		encoding := accepted
		if encoding == "" {
			encoding = "identity" // without a header Go's client asks for gzip by itself
		}
		if got := ann.Send("GET", script, nil, "Accept-Encoding", encoding).Header.Get("Content-Encoding"); got != want {
			t.Errorf("Accept-Encoding %q: got %q, want %q", accepted, got, want)
		}
	}
	for accepted, want := range map[string]int{
		"application/json": 200, "application/*": 200, "text/html, */*;q=0.1": 200, "Application/JSON;charset=utf-8": 200,
		"text/html": 406, "application/json;q=0": 406, "*/*;q=0": 406, "application/json;q=0, */*": 406, "image/png": 406,
	} {
		if got := ann.Send("GET", "/api/tiles/", nil, "Accept", accepted).Status; got != want {
			t.Errorf("Accept %q: %d, want %d", accepted, got, want)
		}
	}
}

func TestVaryIsAddedTo(t *testing.T) {
	museum := apptest.NewMuseum(t, func(o *web.Options) { o.CORSOrigins = []string{"https://app.example.com"} })
	ann := museum.NewMember(t, "ann@example.com")
	for path, want := range map[string]string{
		"/api/tiles/":          "Origin, Accept, Cookie",
		"/static/css/main.css": "Origin, Accept-Encoding",
	} {
		if got := ann.Send("GET", path, nil, "Origin", "https://app.example.com").Header.Values("Vary"); !slices.Equal(got, []string{want}) {
			t.Errorf("%s: Vary is %q, want %q", path, got, want)
		}
	}
}

// panicking is a mail sender that panics.
type panicking struct{}

func (panicking) Send(context.Context, mail.Message) error { panic("a fault") }

func TestAPanicIsLoggedWithItsStack(t *testing.T) {
	var log bytes.Buffer
	museum := apptest.NewMuseum(t, func(o *web.Options) {
		o.Mail = panicking{}
		o.Log = slog.New(slog.NewTextHandler(&log, nil))
	})
	answer := museum.NewVisitor(t).Send("POST", "/auth/request-otp/", map[string]string{"email": "ann@example.com"})
	if answer.Status != 500 || answer.Header.Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(string(answer.Body), "detail") {
		t.Errorf("the answer is %d %s", answer.Status, answer.Body)
	}
	if text := log.String(); !strings.Contains(text, "panic: ") || !strings.Contains(text, "requestCode") {
		t.Errorf("the log does not lead to the fault: %s", text)
	}
}
