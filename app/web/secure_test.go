package web_test

import (
	"net/netip"
	"net/url"
	"strings"
	"testing"

	"github.com/mathmuseums/mathmuseums/app/apptest"
	"github.com/mathmuseums/mathmuseums/app/web"
)

// proxy makes this machine a trusted proxy.
func proxy(t *testing.T) (netip.Prefix, func(*web.Options)) {
	t.Helper()
	prefix := netip.MustParsePrefix("127.0.0.0/8")
	return prefix, func(o *web.Options) { o.TrustedProxies = []netip.Prefix{prefix} }
}

func TestOtherSitesAreRefused(t *testing.T) {
	museum := apptest.NewMuseum(t)
	ann := museum.NewMember(t, "ann@example.com")
	linear := map[string]string{"concept_type": "linear"}
	for name, headers := range map[string][]string{
		"cross-site":               {"Sec-Fetch-Site", "cross-site"},
		"same-site, other host":    {"Sec-Fetch-Site", "same-site"},
		"foreign origin":           {"Sec-Fetch-Site", "", "Origin", "https://elsewhere.example.org"},
		"null origin":              {"Sec-Fetch-Site", "", "Origin", "null"},
		"neither, and no token":    {"Sec-Fetch-Site", ""},
		"neither, and wrong token": {"Sec-Fetch-Site", "", "X-CSRFToken", strings.Repeat("x", 32)},
	} {
		if answer := ann.Send("POST", "/api/tiles/", linear, headers...); answer.Status != 403 {
			t.Errorf("%s: %d %s", name, answer.Status, answer.Body)
		}
	}
	stranger := museum.NewVisitor(t)
	if answer := stranger.Send("POST", "/auth/request-otp/", map[string]string{"email": "victim@example.com"}, "Sec-Fetch-Site", "cross-site"); answer.Status != 403 {
		t.Errorf("asking for a code from another site: %d", answer.Status)
	}
	if answer := ann.Send("POST", "/api/tiles/", linear); answer.Status != 201 {
		t.Errorf("our own page: %d %s", answer.Status, answer.Body)
	}
}

func TestNamedOriginsOnly(t *testing.T) {
	museum := apptest.NewMuseum(t, func(o *web.Options) { o.CORSOrigins = []string{"https://old.example.org"} })
	v := museum.NewVisitor(t)
	preflight := func(origin string) apptest.Answer {
		return v.Send("OPTIONS", "/api/tiles/", nil, "Sec-Fetch-Site", "cross-site", "Origin", origin, "Access-Control-Request-Method", "PATCH")
	}
	if answer := preflight("https://old.example.org"); answer.Status != 204 || answer.Header.Get("Access-Control-Allow-Origin") != "https://old.example.org" {
		t.Errorf("a named origin: %d %v", answer.Status, answer.Header)
	}
	if answer := preflight("https://evil.example.org"); answer.Header.Get("Access-Control-Allow-Origin") != "" {
		t.Errorf("another origin: %v", answer.Header)
	}
	if answer := v.Send("POST", "/auth/request-otp/", map[string]string{"email": "a@example.com"},
		"Sec-Fetch-Site", "cross-site", "Origin", "https://old.example.org"); answer.Status != 200 {
		t.Errorf("a request of a named origin: %d %s", answer.Status, answer.Body)
	}
}

func TestHostNames(t *testing.T) {
	public, _ := url.Parse("https://museum.example.org/")
	museum := apptest.NewMuseum(t, func(o *web.Options) { o.PublicURL = public })
	v := museum.NewVisitor(t)
	for host, want := range map[string]int{
		"localhost:8000": 200, "127.0.0.1": 200, "[::1]:8000": 200, "192.168.1.20:8000": 200, "museum.example.org": 200, "MUSEUM.example.org:443": 200,
		"evil.example.org": 400, "museum.example.org.evil.net": 400, "127.0.0.1.nip.example": 400,
	} {
		if answer := v.Send("GET", "/", nil, "Host", host); answer.Status != want {
			t.Errorf("Host %s: %d, want %d", host, answer.Status, want)
		}
	}
}

func TestForwardedAddressesCountFromTrustedProxiesOnly(t *testing.T) {
	limits := apptest.WideLimits
	limits.RequestsPerMinute = 1
	_, trusted := proxy(t)
	museum := apptest.NewMuseum(t, trusted, func(o *web.Options) { o.Limits = limits })
	v := museum.NewVisitor(t)
	for _, try := range []struct {
		forwarded string
		want      int
	}{
		{"203.0.113.1", 200},
		{"203.0.113.1", 429},
		{"198.51.100.7, 203.0.113.1", 429}, // anyone can write what precedes the last one
		{"203.0.113.1, 127.0.0.9", 429},    // a chain of trusted proxies
		{"203.0.113.2", 200},
		{"2001:db8::1", 200},
		{"2001:db8::2", 429}, // the same /64
	} {
		if answer := v.Send("POST", "/auth/request-otp/", map[string]string{"email": "a@example.com"}, "X-Forwarded-For", try.forwarded); answer.Status != try.want {
			t.Errorf("forwarded for %s: %d, want %d", try.forwarded, answer.Status, try.want)
		}
	}
}

func TestPolicyOfThePage(t *testing.T) {
	museum := apptest.NewMuseum(t)
	answer := museum.NewVisitor(t).Send("GET", "/", nil)
	policy := answer.Header.Get("Content-Security-Policy")
	for _, part := range []string{"default-src 'none'", "script-src 'self' 'sha256-", "frame-ancestors 'none'", "connect-src 'self'"} {
		if !strings.Contains(policy, part) {
			t.Errorf("the policy %q has no %q", policy, part)
		}
	}
	for _, part := range []string{"unsafe-eval", "http:", "https:", "*"} {
		if strings.Contains(policy, part) {
			t.Errorf("the policy %q has %q", policy, part)
		}
	}
	if strings.Contains(string(answer.Body), "http") {
		t.Errorf("the page names an address elsewhere:\n%s", answer.Body)
	}
}

func TestBodiesOverTheLimit(t *testing.T) {
	museum := apptest.NewMuseum(t)
	ann := museum.NewMember(t, "ann@example.com")
	big := func(bytes int) string { return strings.Repeat("x", bytes) }
	for name, try := range map[string]struct {
		path string
		body any
		want int
	}{
		"a code request":      {"/auth/request-otp/", map[string]string{"email": big(2 << 20)}, 413},
		"preferences":         {"/api/preferences/", map[string]string{"museum_name": big(2 << 20)}, 413},
		"a description":       {"/api/tiles/", map[string]string{"concept_type": "linear", "description": big(2 << 20)}, 413},
		"a password":          {"/auth/password/", map[string]string{"password": big(20 << 10)}, 413},
		"a state":             {"/api/tiles/", map[string]any{"concept_type": "linear", "desmos_state": map[string]string{"note": big(7 << 20)}}, 201},
		"too large a state":   {"/api/tiles/", map[string]any{"concept_type": "piecewise", "desmos_state": map[string]string{"note": big(9 << 20)}}, 413},
		"a state with photos": {"/api/tiles/", map[string]any{"concept_type": "cubic", "desmos_state": map[string]string{"photo": "data:image/png;base64," + big(20<<20)}}, 201},
		"a state beyond all":  {"/api/tiles/", map[string]any{"concept_type": "rational", "desmos_state": map[string]string{"photo": "data:image/png;base64," + big(33<<20)}}, 413},
		"a sync beyond all":   {"/api/tiles/sync/", map[string]any{"tiles": []any{map[string]any{"concept_type": "linear", "desmos_state": big(33 << 20)}}}, 413},
		"a sync of too many":  {"/api/tiles/sync/", `{"tiles":[` + strings.Repeat(`{"concept_type":"linear"},`, 500) + `{}]}`, 413},
	} {
		if answer := ann.Send("POST", try.path, try.body); answer.Status != try.want {
			t.Errorf("%s: %d, want %d: %.300s", name, answer.Status, try.want, answer.Body)
		}
	}
}

func TestPreconditions(t *testing.T) {
	museum := apptest.NewMuseum(t)
	ann := museum.NewMember(t, "ann@example.com")
	made := ann.Send("POST", "/api/tiles/", map[string]string{"concept_type": "linear"})
	path := "/api/tiles/" + strings.Split(string(made.Body), ":")[1]
	path = path[:strings.Index(path, ",")] + "/"
	patch := func(text, match string, want int) apptest.Answer {
		t.Helper()
		answer := ann.Send("PATCH", path, map[string]string{"description": text}, "If-Match", match)
		if answer.Status != want {
			t.Errorf("If-Match %s: %d, want %d: %s", match, answer.Status, want, answer.Body)
		}
		return answer
	}
	second := patch("one", made.Header.Get("ETag"), 200)
	patch("two", made.Header.Get("ETag"), 412)
	patch("two", `"stale"`, 412)
	patch("two", "*", 200)
	patch("three", second.Header.Get("ETag"), 412)
	if answer := ann.Send("DELETE", path, nil, "If-Match", second.Header.Get("ETag")); answer.Status != 412 {
		t.Errorf("deleting what has changed: %d", answer.Status)
	}
	if got := ann.Send("GET", path, nil).Object(t)["description"]; got != "two" {
		t.Errorf("the tile says %q", got)
	}
}

func TestNoAnswerIsAServerFaultWhateverIsSent(t *testing.T) {
	museum := apptest.NewMuseum(t)
	ann := museum.NewMember(t, "ann@example.com")
	bodies := []string{
		``, `null`, `[]`, `5`, `"x"`, `{`, `{"a":1e999}`, `{"concept_type":null}`, `{"tiles":[{"concept_type":{"a":[1]},"last_synced":[]}]}`,
		`{"concept_type":"linear","id":"x","position_x":123456789012345678901234567890}`, `{"email":{"a":1},"otp_code":[1]}`,
		`{"email":"a@example.com\u0000","otp_code":"\ud800"}`, `{"theme_preference":"\u0000"}`, strings.Repeat(`[`, 100_000),
		`{"tiles":[{"concept_type":"linear","last_synced":"` + strings.Repeat("9", 100_000) + `"}]}`, "\x00\x01\xff",
	}
	for _, path := range []string{"/auth/request-otp/", "/auth/verify-otp/", "/api/tiles/", "/api/tiles/sync/", "/api/tiles/1/", "/api/preferences/", "/api/preferences/1/", "/api/users/x/sessions/"} {
		for _, method := range []string{"POST", "PUT", "PATCH", "DELETE"} {
			for _, body := range bodies {
				for _, kind := range []string{"application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "multipart/form-data", "text/plain", ";"} {
					if answer := ann.Send(method, path, body, "Content-Type", kind); answer.Status >= 500 || answer.Status < 200 {
						t.Errorf("%s %s with %.60q as %s: %d %s", method, path, body, kind, answer.Status, answer.Body)
					}
				}
			}
		}
	}
}

// FuzzBodies sends odd JSON to every address that takes JSON, through the real server: no answer may be a server
// error, and the list of tiles must be readable afterwards.
func FuzzBodies(f *testing.F) {
	for _, seed := range []string{`{"email":"a@example.com","otp_code":"123456"}`, `{"tiles":[{"concept_type":"linear","last_synced":"2024-01-01"}]}`,
		`{"concept_type":"cubic","desmos_state":{"a":"\ud83c\udf93"},"position_x":"1"}`, `{"theme_preference":"dark","image_skill":1}`} {
		f.Add([]byte(seed))
	}
	museum := apptest.NewMuseum(f)
	ann := museum.NewMember(f, "ann@example.com")
	f.Fuzz(func(t *testing.T, body []byte) {
		ann := ann.In(t)
		for _, path := range []string{"/auth/request-otp/", "/auth/verify-otp/", "/api/tiles/", "/api/tiles/sync/", "/api/preferences/"} {
			if answer := ann.Send("POST", path, string(body)); answer.Status >= 500 {
				t.Fatalf("%s with %q: %d %s", path, body, answer.Status, answer.Body)
			}
		}
		if answer := ann.Send("GET", "/api/tiles/", nil); answer.Status != 200 {
			t.Fatalf("the list after %q: %d %s", body, answer.Status, answer.Body)
		}
	})
}
