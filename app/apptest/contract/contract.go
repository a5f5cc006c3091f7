// Package contract replays HTTP exchanges that were recorded from the earlier app against a museum in tests, and
// compares the responses.
package contract

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app/mail"
)

// Museum is the museum under test, wherever it runs.
type Museum struct {
	URL   string                                        // without a trailing slash
	Mails func(address string) []mail.Message           // returns the mails to an address, the newest first
	Exec  func(t testing.TB, query string, args ...any) // changes the database directly
	Skip  []string                                      // steps that do not reach the museum, such as "tiles-own/list"
}

//go:embed testdata
var recorded embed.FS

// Play sends the recorded requests to a museum and compares the responses. Everything recorded must be present;
// additional keys are allowed except in errors and graph states. A step whose recorded response is marked as a fault
// is compared with the intended response instead.
func Play(t *testing.T, museum Museum) {
	files, err := fs.Glob(recorded, "testdata/scenarios/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no scenarios: %v", err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(path.Base(file), ".json")
		t.Run(name, func(t *testing.T) {
			player := &player{museum: museum, name: name, jars: map[string]map[string]string{},
				captured: map[string]any{}}
			player.play(t, file)
		})
	}
}

// adapted lists steps whose recorded response depends on an earlier fault, with the response without that fault.
var adapted = map[string]struct {
	status int
	check  func(answer any) error
	why    string
}{
	"auth-email-case/verify-lower-domain": {status: 400,
		why: "the code was used up by verify-same-spelling, which now works"},
	"auth-verify-otp-input/code-wrong-20-times": {status: 400,
		why: "the code was used up by email-case, which now works"},
	"tiles-own/put-least": {status: 200, check: field("description", "older"),
		why: "patch-stale-if-match is refused now, so its text is not there"},
	"sync-bad-input/forty-items": {status: 200, check: fortyItems,
		why: "good-then-broken is refused whole now, so there is no tile yet"},
}

// unwanted lists steps that show pages of the earlier framework.
var unwanted = []string{"tiles-routing/format-api", "tiles-routing/accept-html", "root-and-headers/admin"}

func field(name string, want any) func(any) error {
	return func(answer any) error {
		if got := answer.(map[string]any)[name]; got != want {
			return fmt.Errorf("%s is %v, want %v", name, got, want)
		}
		return nil
	}
}

func fortyItems(answer any) error {
	for i, entry := range answer.([]any) {
		want := "server_newer"
		if i == 0 {
			want = "created"
		}
		if got := entry.(map[string]any)["status"]; got != want {
			return fmt.Errorf("entry %d is %v, want %s", i, got, want)
		}
	}
	return nil
}

// exchange is a request to send, or an action outside of HTTP.
type exchange struct {
	ID, As, Method, Path string
	Do, Email            string
	Nth                  int
	JSON                 json.RawMessage
	Body                 *string
	BodyBase64           string  `json:"body_base64"`
	ContentType          *string `json:"content_type"`
	Form, Multipart      map[string]string
	Headers              map[string]*string
	CSRF                 *string
	Cookies              map[string]string
	Capture              any
	Repeat               int
	Unordered            string
}

// answer is the recorded result of an exchange.
type answer struct {
	ID         string
	Status     int
	Headers    map[string]string
	SetCookies []struct {
		Name, Value string
		Attributes  map[string]any
	} `json:"set_cookies"`
	JSON    any
	Text    *string
	Mail    *struct{ To, Subject, Body string }
	Also    []map[string]any
	Fault   string
	Instead map[string]any
}

// player replays one scenario.
type player struct {
	museum   Museum
	name     string
	jars     map[string]map[string]string
	captured map[string]any
}

func (p *player) play(t *testing.T, file string) {
	var scenario struct{ Steps []json.RawMessage }
	text, err := fs.ReadFile(recorded, file)
	if err == nil {
		err = json.Unmarshal(text, &scenario)
	}
	trace, errTrace := fs.ReadFile(recorded, "testdata/traces/"+p.name+".jsonl")
	if err != nil || errTrace != nil {
		t.Fatal(err, errTrace)
	}
	lines := strings.Split(strings.TrimSpace(string(trace)), "\n")
	if len(lines) != len(scenario.Steps) {
		t.Fatalf("%d steps, but %d lines in the trace", len(scenario.Steps), len(lines))
	}
	for i := range scenario.Steps {
		var step exchange
		var line answer
		hasJSON := map[string]json.RawMessage{}
		for text, into := range map[string][]any{string(scenario.Steps[i]): {&step, &hasJSON}, lines[i]: {&line}} {
			for _, into := range into {
				if err := json.Unmarshal([]byte(text), into); err != nil {
					t.Fatalf("step %d: %v", i, err)
				}
			}
		}
		if slices.Contains(p.museum.Skip, p.name+"/"+step.ID) {
			continue
		}
		step.JSON = hasJSON["json"] // null is a body too
		if err := p.step(t, step, line); err != nil {
			t.Errorf("%d %s: %v", i+1, step.ID, err)
		}
	}
}

func (p *player) step(t *testing.T, step exchange, line answer) error {
	if step.Do != "" {
		return p.outside(t, step, line)
	}
	var response *http.Response
	var body []byte
	for range max(step.Repeat, 1) {
		request, err := p.request(step)
		if err != nil {
			return err
		}
		client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
		if response, err = client.Do(request); err != nil {
			return err
		}
		body, err = io.ReadAll(response.Body)
		response.Body.Close()
		if err != nil {
			return err
		}
		p.keepCookies(step.As, response)
	}
	got := gotAnswer{response: response, body: body}
	if mediaType(response.Header) == "application/json" && len(body) > 0 {
		decoder := json.NewDecoder(bytes.NewReader(body))
		decoder.UseNumber()
		if err := decoder.Decode(&got.json); err != nil {
			return fmt.Errorf("the answer is no JSON: %v", err)
		}
	}
	if step.Unordered != "" {
		list, _ := got.json.([]any)
		slices.SortFunc(list, func(a, b any) int {
			return strings.Compare(fmt.Sprint(a.(map[string]any)[step.Unordered]),
				fmt.Sprint(b.(map[string]any)[step.Unordered]))
		})
	}
	if err := p.capture(step, got); err != nil && line.Fault == "" {
		return err
	}
	return p.judge(step, line, got)
}

// judge compares a response with the recorded trace.
func (p *player) judge(step exchange, line answer, got gotAnswer) error {
	for name, want := range map[string]string{"X-Frame-Options": "DENY", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"} {
		if have := got.response.Header.Get(name); have != want {
			return fmt.Errorf("%s is %q, want %q", name, have, want)
		}
	}
	if adapted, ok := adapted[p.name+"/"+step.ID]; ok {
		if got.response.StatusCode != adapted.status {
			return fmt.Errorf("status %d, want %d as %s: %s", got.response.StatusCode, adapted.status, adapted.why,
				got.body)
		}
		if adapted.check != nil {
			return adapted.check(got.json)
		}
		return nil
	}
	if line.Fault != "" {
		return p.judgeFault(line, got)
	}
	err := p.compare(line, got)
	for _, also := range line.Also {
		if err == nil {
			return nil
		}
		other := line
		other.Headers = map[string]string{"content-type": fmt.Sprint(also["content-type"]),
			"allow": line.Headers["allow"], "vary": line.Headers["vary"]}
		other.Status, other.JSON, other.Text = int(also["status"].(float64)), also["json"], nil
		if p.compare(other, got) == nil {
			return nil
		}
	}
	return err
}

// judgeFault compares a response with the intended response of a step that is marked as a fault. It must never be a
// server error.
func (p *player) judgeFault(line answer, got gotAnswer) error {
	status := got.response.StatusCode
	if status >= 500 {
		return fmt.Errorf("status %d: %s", status, got.body)
	}
	switch want := line.Instead["status"].(type) {
	case float64:
		if status != int(want) {
			return fmt.Errorf("status %d, want %v instead of the fault (%s): %s", status, want, line.Fault, got.body)
		}
	case []any:
		if !slices.Contains(want, any(float64(status))) {
			return fmt.Errorf("status %d, want one of %v: %s", status, want, got.body)
		}
	}
	if want, ok := line.Instead["json_status"]; ok {
		entry, _ := got.json.([]any)[0].(map[string]any)
		if entry["status"] != want {
			return fmt.Errorf("the entry is %v, want %v", entry["status"], want)
		}
	}
	if want, ok := line.Instead["json"]; ok {
		if err := p.match("", want, got.json, false); err != nil {
			return err
		}
	}
	if header := got.response.Header.Get("Access-Control-Allow-Origin"); header != "" {
		return fmt.Errorf("CORS is open to %q", header)
	}
	return nil
}

type gotAnswer struct {
	response *http.Response
	body     []byte
	json     any
}

func mediaType(header http.Header) string {
	kind, _, _ := mime.ParseMediaType(header.Get("Content-Type"))
	return kind
}

// outside performs an action outside of HTTP.
func (p *player) outside(t *testing.T, step exchange, line answer) error {
	mails := p.museum.Mails(step.Email)
	nth := max(step.Nth, 1)
	switch step.Do {
	case "otp":
		if len(mails) < nth {
			return fmt.Errorf("%d mails to %s", len(mails), step.Email)
		}
		if name, ok := step.Capture.(string); ok {
			p.captured[name] = mails[nth-1].Code
		}
	case "mail":
		if len(mails) < nth {
			return fmt.Errorf("%d mails to %s", len(mails), step.Email)
		}
		mail := mails[nth-1]
		body := strings.Replace(mail.Text, mail.Code, "<6 digits>", 1)
		if mail.To != line.Mail.To || mail.Subject != line.Mail.Subject || body != line.Mail.Body {
			return fmt.Errorf("mail to %s, %q, %q", mail.To, mail.Subject, body)
		}
	case "expire-otp":
		now := time.Now().UnixMicro()
		p.museum.Exec(t, `update codes set created_at = $1, expires_at = $2 where email = lower($3)`, now-900_000_000, now-1_000_000, step.Email)
	case "deactivate":
		p.museum.Exec(t, `update users set is_active = 0 where email = lower($1)`, step.Email)
	default:
		return fmt.Errorf("no rule to do %q", step.Do)
	}
	return nil
}

func (p *player) keepCookies(as string, response *http.Response) {
	if as == "" {
		return
	}
	if p.jars[as] == nil {
		p.jars[as] = map[string]string{}
	}
	for _, cookie := range response.Cookies() {
		if cookie.MaxAge < 0 {
			delete(p.jars[as], cookie.Name)
		} else {
			p.jars[as][cookie.Name] = cookie.Value
		}
	}
}

// capture stores parts of a response for later steps.
func (p *player) capture(step exchange, got gotAnswer) error {
	wanted, _ := step.Capture.(map[string]any)
	for name, where := range wanted {
		path := where.(string)
		if cookie, ok := strings.CutPrefix(path, "cookie:"); ok {
			p.captured[name] = p.jars[step.As][cookie]
			continue
		}
		value := got.json
		for _, part := range strings.Split(path, "/")[1:] {
			switch v := value.(type) {
			case map[string]any:
				value = v[part]
			case []any:
				i := 0
				if _, err := fmt.Sscan(part, &i); err != nil || i >= len(v) {
					return fmt.Errorf("capture %s: no %s", name, path)
				}
				value = v[i]
			default:
				return fmt.Errorf("capture %s: no %s in %s", name, path, got.body)
			}
		}
		p.captured[name] = value
	}
	return nil
}
