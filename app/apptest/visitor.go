package apptest

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"strings"
	"testing"

	"github.com/mathmuseums/mathmuseums/app"
)

// Visitor is a browser that visits a museum: it keeps cookies and sends Sec-Fetch-Site.
type Visitor struct {
	Museum *Museum
	Client *http.Client
	t      testing.TB
}

// NewVisitor returns a browser that is not signed in.
func (m *Museum) NewVisitor(t testing.TB) *Visitor {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &Visitor{Museum: m, t: t,
		Client: &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error {
			return http.ErrUseLastResponse
		}}}
}

// In returns the same browser for another test, such as one input of a fuzz test.
func (v *Visitor) In(t testing.TB) *Visitor { return &Visitor{v.Museum, v.Client, t} }

// At returns the same browser at another museum, such as the same one after a restart.
func (v *Visitor) At(museum *Museum) *Visitor { return &Visitor{museum, v.Client, v.t} }

// NewMember returns a browser that has signed in with a mailed code.
func (m *Museum) NewMember(t testing.TB, email string) *Visitor {
	t.Helper()
	v := m.NewVisitor(t)
	if answer := v.Send("POST", "/auth/request-otp/", map[string]string{"email": email}); answer.Status != http.StatusOK {
		t.Fatalf("ask for a code: %d %s", answer.Status, answer.Body)
	}
	code := m.Outbox.To(email)[0].Code
	if answer := v.Send("POST", "/auth/verify-otp/", map[string]string{"email": email, "otp_code": code}); answer.Status != http.StatusOK {
		t.Fatalf("sign in: %d %s", answer.Status, answer.Body)
	}
	return v
}

// NewSuperuser is like NewMember for a superuser.
func (m *Museum) NewSuperuser(t testing.TB, email string) *Visitor {
	t.Helper()
	if _, _, err := m.Store.SaveSuperuser(t.Context(), app.Address{Email: email, Mailbox: email}, ""); err != nil {
		t.Fatal(err)
	}
	return m.NewMember(t, email)
}

// Answer is an HTTP response.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
}

// Object returns the body as a JSON object.
func (a Answer) Object(t testing.TB) map[string]any {
	t.Helper()
	var object map[string]any
	if err := json.Unmarshal(a.Body, &object); err != nil {
		t.Fatalf("%d %s: %v", a.Status, a.Body, err)
	}
	return object
}

// List returns the body as a JSON list.
func (a Answer) List(t testing.TB) []any {
	t.Helper()
	var list []any
	if err := json.Unmarshal(a.Body, &list); err != nil {
		t.Fatalf("%d %s: %v", a.Status, a.Body, err)
	}
	return list
}

// Send sends a request with a JSON body, or without a body if body is nil; a string or reader is sent as it is.
// Headers are pairs of name and value; an empty value removes the header.
func (v *Visitor) Send(method, path string, body any, headers ...string) Answer {
	v.t.Helper()
	var reader io.Reader
	switch body := body.(type) {
	case nil:
	case string:
		reader = strings.NewReader(body)
	case io.Reader:
		reader = body
	default:
		text, err := json.Marshal(body)
		if err != nil {
			v.t.Fatal(err)
		}
		reader = bytes.NewReader(text)
	}
	request, err := http.NewRequest(method, v.Museum.URL+path, reader)
	if err != nil {
		v.t.Fatal(err)
	}
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		switch {
		case headers[i+1] == "":
			request.Header.Del(headers[i])
		case headers[i] == "Host":
			request.Host = headers[i+1]
		default:
			request.Header.Set(headers[i], headers[i+1])
		}
	}
	response, err := v.Client.Do(request)
	if err != nil {
		v.t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	return Answer{response.StatusCode, response.Header, text}
}
