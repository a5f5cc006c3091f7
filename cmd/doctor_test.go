package cmd_test

import (
	"encoding/json"
	"encoding/pem"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app/apptest/testenv"
)

// checkup is the JSON output of doctor.
type checkup struct {
	OK     bool
	Checks []finding
}

type finding struct{ Check, Verdict, Found, Do string }

// want checks that there is a finding with this verdict and text.
func (c checkup) want(t *testing.T, check, verdict, text string) {
	t.Helper()
	var all string
	for _, f := range c.Checks {
		line := f.Found + " " + f.Do
		if f.Check == check && f.Verdict == verdict && strings.Contains(line, text) {
			if (f.Do == "") != (verdict == "ok") {
				t.Errorf("%s is %s, and what to do is %q", check, verdict, f.Do)
			}
			return
		}
		all += f.Check + " " + f.Verdict + ": " + line + "\n"
	}
	t.Errorf("%s is not %s with %q in it:\n%s", check, verdict, text, all)
}

func (h *home) doctor(t *testing.T, args ...string) (checkup, result) {
	t.Helper()
	got := h.run(t, append([]string{"doctor", "--json", "--data-dir", "museum"}, args...)...)
	var c checkup
	if err := json.Unmarshal([]byte(got.stdout), &c); err != nil {
		t.Fatalf("%v: %s%s", err, got.stdout, got.stderr)
	}
	if c.OK != (got.code == 0) {
		t.Errorf("ok is %v, the exit code %d", c.OK, got.code)
	}
	return c, got
}

func TestDoctorFindsNothing(t *testing.T) {
	at := testenv.FreeAddress(t)
	h := newHome(t, "MATHMUSEUMS_PUBLIC_URL=https://"+at+"/", "MATHMUSEUMS_TLS=lan")
	h.run(t, "createsuperuser", "--noinput", "--email", "head@example.com", "--data-dir", "museum").want(t, 0, "is a superuser now", "")
	h.run(t, "backup", "--data-dir", "museum").want(t, 0, "Backup made", "")
	s := start(t, h.command("serve", "--addr", at, "--data-dir", "museum"))
	s.stdout.waitFor(t, "Ctrl\\+C closes it")
	before, err := os.ReadDir(h.data(""))
	if err != nil {
		t.Fatal(err)
	}
	c, _ := h.doctor(t)
	for check, found := range map[string]string{
		"settings": "all valid", "data folder": h.data(""), "permissions": "only the museum's user", "file system": "local", "free space": " free; ",
		"key": "secret.key", "database": "is up to date", "integrity": "sound", "superusers": "at least one exists", "backups": "the newest one in " + h.data("backups"),
		"authority": "devices trust it until", "public address": "https://" + at + "/ answers", "proxy": "reach the museum",
	} {
		if runtime.GOOS == "windows" && check == "permissions" {
			continue
		}
		c.want(t, check, "ok", found)
	}
	c.want(t, "replica", "advice", "there is none")
	c.want(t, "mail", "advice", "codes are printed where the museum runs")
	if after, err := os.ReadDir(h.data("")); err != nil || len(after) != len(before) {
		t.Errorf("the folder has changed: %v, was %v", after, before)
	}
	text := h.run(t, "doctor", "--data-dir", "museum")
	text.want(t, 0, "ok      integrity         the whole database", "")
	text.want(t, 0, "advice  mail ", "")
}

func TestDoctorFindsFaults(t *testing.T) {
	h := newHome(t)
	c, got := h.doctor(t)
	c.want(t, "data folder", "fault", "does not exist")
	c.want(t, "database", "fault", "there is none at")
	for _, check := range []string{"key", "integrity", "superusers", "backups"} {
		c.want(t, check, "advice", "not checked")
	}
	if got.code != 1 || !strings.Contains(got.stderr, "2 of ") {
		t.Errorf("%d %s", got.code, got.stderr)
	}
	if _, err := os.Stat(h.data("")); err == nil {
		t.Errorf("looking made the data folder")
	}
	h.run(t, "migrate", "--data-dir", "museum").want(t, 0, "is up to date", "")

	h.environ = append(h.environ, "MATHMUSEUMS_CODES_PER_HOUR=many", "MATHMUSEUMS_MAIL_URL=smtp://localhost:1", "MATHMUSEUMS_MAIL_FROM=museum@example.com",
		"MATHMUSEUMS_PUBLIC_URL=http://localhost:1/")
	c, _ = h.doctor(t)
	c.want(t, "settings", "fault", "CODES_PER_HOUR")
	c.want(t, "mail", "fault", `it failed at the step "connect"`)
	c.want(t, "public address", "fault", "http://localhost:1/ cannot be reached")
	c.want(t, "superusers", "advice", "createsuperuser --data-dir")
	c.want(t, "backups", "advice", "there is no backup")
	h.environ = append(h.environ, "MATHMUSEUMS_CODES_PER_HOUR=5", "MATHMUSEUMS_CODES_PER_HOURS=5")
	c, _ = h.doctor(t)
	c.want(t, "settings", "advice", "did you mean MATHMUSEUMS_CODES_PER_HOUR?")

	if runtime.GOOS != "windows" {
		if err := os.Chmod(h.data(""), 0o755); err != nil {
			t.Fatal(err)
		}
		c, _ = h.doctor(t)
		c.want(t, "permissions", "fault", "chmod 700")
	}
	ahead := time.Now().Add(24 * time.Hour)
	if err := os.Chtimes(h.data("museum.db"), ahead, ahead); err != nil {
		t.Fatal(err)
	}
	c, _ = h.doctor(t)
	c.want(t, "clock", "fault", "set the clock")

	whole, err := os.ReadFile(h.data("museum.db"))
	if err != nil {
		t.Fatal(err)
	}
	torn := append([]byte{}, whole...)
	copy(torn[len(torn)-4096:], strings.Repeat("torn", 1024)) // the last page
	writeFile(t, h.data("museum.db"), string(torn))
	c, _ = h.doctor(t)
	c.want(t, "integrity", "fault", "damaged")

	writeFile(t, h.data("museum.db"), string(whole))
	if err := os.Rename(h.data("secret.key"), filepath.Join(h.dir, "secret.key")); err != nil {
		t.Fatal(err)
	}
	c, _ = h.doctor(t)
	c.want(t, "key", "fault", "restore it")
	c.want(t, "integrity", "ok", "sound")
	if _, err := os.Stat(h.data("secret.key")); err == nil {
		t.Errorf("looking made a new key")
	}

	writeFile(t, h.data("secret.key"), "my shopping list\n")
	c, _ = h.doctor(t, "--quick")
	c.want(t, "key", "fault", "does not contain a key")
	c.want(t, "integrity", "ok", "skipped (--quick)")
	for _, check := range []string{"database", "superusers", "backups", "replica", "mail", "clock"} {
		if !slices.ContainsFunc(c.Checks, func(f finding) bool { return f.Check == check && !strings.Contains(f.Found, "not checked") }) {
			t.Errorf("with another key the %s is not looked at", check)
		}
	}
}

func TestDoctorSendsMailWhenAsked(t *testing.T) {
	h := newHome(t)
	replies := map[string]string{"EHLO": "250 hello", "MAIL": "250 ok", "RCPT": "250 ok", "DATA": "354 go on", ".": "250 queued", "QUIT": "221 bye"}
	h.environ = append(h.environ, "MATHMUSEUMS_MAIL_URL=smtp://127.0.0.1:"+startMailServer(t, replies), "MATHMUSEUMS_MAIL_FROM=museum@example.com")
	c, _ := h.doctor(t, "--mail-to", "ann@example.com")
	c.want(t, "mail", "ok", "accepted a test mail to ann@example.com")

	h.environ = append(h.environ, "MATHMUSEUMS_MAIL_URL=smtp://127.0.0.1:"+startMailServer(t, map[string]string{"EHLO": "250 hello", "QUIT": "221 bye"}))
	c, _ = h.doctor(t) // this server would not answer MAIL
	c.want(t, "mail", "ok", "accepts our sign-in")
	h.run(t, "doctor", "--mail-to", "ann").want(t, 2, "", "does not look like a mail address")
}

// TestDoctorPretendsToComeFromElsewhere has proxies in front of a socket: one passes X-Forwarded-For on, one appends
// to it, and one sets it.
func TestDoctorPretendsToComeFromElsewhere(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only on Linux can a program be told by SSL_CERT_FILE whom to trust")
	}
	for name, test := range map[string]struct {
		change         func(*httputil.ProxyRequest)
		verdict, found string
	}{
		"it passes on what the visitor says": {func(r *httputil.ProxyRequest) { r.Out.Header["X-Forwarded-For"] = r.In.Header["X-Forwarded-For"] }, "fault", "visitors can forge their network address"},
		"it adds to what the visitor says": {func(r *httputil.ProxyRequest) {
			r.Out.Header.Set("X-Forwarded-For", r.In.Header.Get("X-Forwarded-For")+", 198.51.100.1")
		}, "ok", "name and scheme reach the museum"},
		"it sets the header": {func(*httputil.ProxyRequest) {}, "ok", "name and scheme reach the museum"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHome(t)
			path := filepath.Join(t.TempDir(), "m.sock")
			h.environ = append(h.environ, "MATHMUSEUMS_ADDR=unix:"+path)
			proxy := httptest.NewTLSServer(&httputil.ReverseProxy{Transport: unixClient(path).Transport, Rewrite: func(r *httputil.ProxyRequest) {
				r.Out.URL.Scheme, r.Out.URL.Host, r.Out.Host = "http", "localhost", r.In.Host
				r.SetXForwarded()
				test.change(r)
			}})
			defer proxy.Close()
			trust := filepath.Join(h.dir, "proxy.pem")
			writeFile(t, trust, string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: proxy.Certificate().Raw})))
			h.environ = append(h.environ, "SSL_CERT_FILE="+trust, "MATHMUSEUMS_PUBLIC_URL="+proxy.URL+"/")
			s := start(t, h.command("serve", "--data-dir", "museum"))
			s.stdout.waitFor(t, "Ctrl\\+C closes it")
			c, _ := h.doctor(t)
			c.want(t, "proxy", test.verdict, test.found)
		})
	}
}

// The museum's responses reveal proxies that pass on too little.
func TestDoctorLooksThroughTheProxy(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only on Linux can a program be told by SSL_CERT_FILE whom to trust")
	}
	for name, test := range map[string]struct {
		change         func(*httputil.ProxyRequest)
		check, verdict string
		found          string
	}{
		"all is passed on":      {func(*httputil.ProxyRequest) {}, "proxy", "ok", "name and scheme reach the museum"},
		"the scheme is not":     {func(r *httputil.ProxyRequest) { r.Out.Header.Del("X-Forwarded-Proto") }, "proxy", "fault", "let the proxy send X-Forwarded-Proto"},
		"the name is not":       {func(r *httputil.ProxyRequest) { r.Out.Host = "127.0.0.1" }, "proxy", "fault", "let it pass on Host"},
		"it leads elsewhere":    {func(r *httputil.ProxyRequest) { r.Out.URL.Path = "/" }, "public address", "fault", "answered by something else (200 OK)"},
		"it knows another name": {func(r *httputil.ProxyRequest) { r.Out.Host = "inner.example.com" }, "public address", "fault", "answered by something else (400 Bad Request)"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHome(t, "MATHMUSEUMS_TRUSTED_PROXIES=127.0.0.1")
			s := h.serve(t)
			target, err := url.Parse(s.url)
			if err != nil {
				t.Fatal(err)
			}
			proxy := httptest.NewTLSServer(&httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
				r.SetURL(target)
				r.Out.Host = r.In.Host
				r.SetXForwarded()
				test.change(r)
			}})
			defer proxy.Close()
			trust := filepath.Join(h.dir, "proxy.pem")
			writeFile(t, trust, string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: proxy.Certificate().Raw})))
			h.environ = append(h.environ, "SSL_CERT_FILE="+trust, "MATHMUSEUMS_PUBLIC_URL="+proxy.URL+"/")
			c, _ := h.doctor(t)
			c.want(t, test.check, test.verdict, test.found)
		})
	}
}
