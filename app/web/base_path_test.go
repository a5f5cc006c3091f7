package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"

	"github.com/mathmuseums/mathmuseums/app/apptest"
	"github.com/mathmuseums/mathmuseums/app/web"
)

// behindProxy opens a museum under /school/museum of a site that passes the whole path on, or strips the prefix.
func behindProxy(t *testing.T, keeps bool) *apptest.Museum {
	t.Helper()
	const prefix = "/school/museum"
	_, trusted := proxy(t)
	museum := apptest.NewMuseum(t, trusted, func(o *web.Options) { o.BasePath = prefix })
	target, err := url.Parse(museum.URL)
	if err != nil {
		t.Fatal(err)
	}
	var site http.Handler = &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(target)
		r.Out.Host = r.In.Host
		r.SetXForwarded()
	}}
	if !keeps {
		site = http.StripPrefix(prefix, site)
	}
	mux := http.NewServeMux()
	mux.Handle(prefix+"/", site)
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	museum.URL = server.URL + prefix
	return museum
}

func TestUnderABasePath(t *testing.T) {
	for name, keeps := range map[string]bool{"the proxy keeps the prefix": true, "the proxy takes it off": false} {
		t.Run(name, func(t *testing.T) {
			museum := behindProxy(t, keeps)
			ann := museum.NewMember(t, "ann@example.com")
			page, _ := url.Parse(museum.URL + "/")
			inside, outside := ann.Client.Jar.Cookies(page), ann.Client.Jar.Cookies(page.JoinPath("../other/"))
			if len(inside) != 3 || len(outside) != 0 {
				t.Errorf("cookies: %d for the museum, want 3; %d for its neighbour, want 0", len(inside), len(outside))
			}
			if answer := ann.Send("GET", "/", nil); answer.Status != 200 || !strings.Contains(string(answer.Body), `src="static/`) {
				t.Errorf("the page: %d %.200s", answer.Status, answer.Body)
			}
			if answer := ann.Send("GET", "/sw.js", nil); answer.Status != 200 {
				t.Errorf("the service worker: %d", answer.Status)
			}
			if answer := ann.Send("GET", "/auth/profile?a=1", nil); answer.Status != 301 || answer.Header.Get("Location") != "/school/museum/auth/profile/?a=1" {
				t.Errorf("a path without its slash: %d to %q", answer.Status, answer.Header.Get("Location"))
			}
			list := ann.Send("GET", "/api/", nil).Object(t)
			if list["tiles"] != museum.URL+"/api/tiles/" {
				t.Errorf("the API names %v, want %s", list, museum.URL+"/api/tiles/")
			}
			if answer := ann.Send("GET", "/api/.json", nil).Object(t); answer["tiles"] != museum.URL+"/api/tiles.json" {
				t.Errorf("in the other spelling it names %v", answer)
			}
			if answer := ann.Send("POST", "/api/tiles/", map[string]string{"concept_type": "linear"}); answer.Status != 201 {
				t.Errorf("a new tile: %d %s", answer.Status, answer.Body)
			}
			if answer := ann.Send("POST", "/auth/logout/", nil); answer.Status != 200 {
				t.Errorf("sign out: %d %s", answer.Status, answer.Body)
			}
			for _, cookie := range ann.Client.Jar.Cookies(page) {
				if cookie.Name == "sessionid" {
					t.Errorf("the session's cookie is still there")
				}
			}
			if answer := ann.Send("GET", "/auth/profile/", nil); answer.Status != 403 {
				t.Errorf("after signing out: %d", answer.Status)
			}
		})
	}
}

func TestBasePathItself(t *testing.T) {
	museum := apptest.NewMuseum(t, func(o *web.Options) { o.BasePath = "/museum" })
	v := museum.NewVisitor(t)
	for _, test := range []struct {
		path   string
		status int
		place  string
	}{
		{"/museum/", 200, ""},
		{"/museum", 301, "/museum/"},
		{"/museum?a=1", 301, "/museum/?a=1"},
		{"/museum/api", 301, "/museum/api/"},
		{"/museum/api/users/a%40b/sessions", 301, "/museum/api/users/a%40b/sessions/"},
		{"/museums/", 404, ""},
		{"/museumapi/", 404, ""},
		{"/museum/museum/", 404, ""},
		{"/museum//", 404, ""},
	} {
		answer := v.Send("GET", test.path, nil)
		if place := answer.Header.Get("Location"); answer.Status != test.status || place != test.place {
			t.Errorf("%s: got %d to %q, want %d to %q", test.path, answer.Status, place, test.status, test.place)
		}
	}
}

// Under CGI each request says where the museum is.
func TestBasePathOfARequest(t *testing.T) {
	museum := apptest.NewMuseum(t)
	gateway := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		base, _, _ := strings.Cut(r.URL.Path, ".cgi")
		museum.Web.ServeHTTP(w, web.WithBasePath(r, base+".cgi"))
	}))
	defer gateway.Close()
	museum.URL = gateway.URL + "/~ann/museum.cgi"
	ann := museum.NewMember(t, "ann@example.com")
	if list := ann.Send("GET", "/api/", nil).Object(t); list["tiles"] != museum.URL+"/api/tiles/" {
		t.Errorf("the API names %v", list)
	}
	museum.URL = gateway.URL + "/our%20class/museum.cgi"
	if answer := ann.Send("GET", "", nil); answer.Header.Get("Location") != "/our%20class/museum.cgi/" {
		t.Errorf("without its slash: %d to %q", answer.Status, answer.Header.Get("Location"))
	}
}

func TestCheckBasePath(t *testing.T) {
	for base, fits := range map[string]bool{
		"": true, "/": true, "/museum": true, "/museum/": true, "/a/b": true, "/~ann/m.cgi": true, "/museum/api": true, "/apiary": true,
		"museum": false, "//museum": false, "/a//b": false, "/..": false, "/a/../b": false, "/a b": false, "/a%20b": false, "/a?b": false, "/a;b": false,
		"/api": false, "/auth/": false, "/static": false, "/sw.js": false, "/api/v1": false,
	} {
		if err := web.CheckBasePath(base); (err == nil) != fits {
			t.Errorf("%q: %v", base, err)
		}
	}
}
