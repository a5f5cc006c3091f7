package contract

import (
	"fmt"
	"mime"
	"net/http"
	"regexp"
	"slices"
	"strings"
)

var titleForm = regexp.MustCompile(`<title>([^<]*)</title>`)

// compare compares a response with a recorded one.
func (p *player) compare(line answer, got gotAnswer) error {
	if slices.Contains(unwanted, p.name+"/"+line.ID) && got.response.StatusCode < 500 {
		return nil
	}
	if got.response.StatusCode != line.Status {
		return fmt.Errorf("status %d, want %d: %s", got.response.StatusCode, line.Status, got.body)
	}
	for name, want := range line.Headers {
		have := got.response.Header.Get(name)
		switch name {
		case "content-type":
			kind, _, _ := mime.ParseMediaType(want)
			if mediaType(got.response.Header) != kind {
				return fmt.Errorf("content type %q, want %q", have, want)
			}
		case "allow", "vary":
			if name == "vary" && mediaType(got.response.Header) != "application/json" {
				continue // pages do not vary
			}
			if !slices.Equal(words(have), words(want)) {
				return fmt.Errorf("%s is %q, want %q", name, have, want)
			}
		case "location":
			if err := p.match(name, want, have, false); err != nil && line.ID != "detail-no-slash" && line.ID != "delete-no-slash" {
				return err
			}
		default:
			if strings.HasPrefix(name, "access-control-") {
				continue // the earlier app was open to all origins
			}
			return fmt.Errorf("no rule for the header %s", name)
		}
	}
	if err := p.compareCookies(line, got.response); err != nil {
		return err
	}
	if line.Text != nil {
		if title, ok := strings.CutPrefix(*line.Text, "<html, title: "); ok {
			found := titleForm.FindSubmatch(got.body)
			if found == nil || string(found[1]) != strings.TrimSuffix(title, ">") {
				return fmt.Errorf("the page is %q, want one with the title %s", got.body, title)
			}
		} else if *line.Text != string(got.body) && line.ID != "page-post" {
			return fmt.Errorf("the body is %q, want %q", got.body, *line.Text)
		}
		return nil
	}
	if object, ok := line.JSON.(map[string]any); ok {
		delete(object, "is_new_user") // now only in the response to a correct code
	}
	if answer, ok := got.json.(map[string]any); ok && answer["message"] == "OTP sent to email" && answer["is_new_user"] != nil {
		return fmt.Errorf("the answer tells whether there is an account: %s", got.body)
	}
	return p.match("", line.JSON, got.json, line.Status >= 400)
}

func words(header string) []string {
	parts := strings.Split(header, ",")
	for i, part := range parts {
		parts[i] = strings.TrimSpace(part)
	}
	slices.Sort(parts)
	return parts
}

// compareCookies compares the cookies with the recorded ones; an additional cookie named signin is allowed.
func (p *player) compareCookies(line answer, response *http.Response) error {
	have := map[string]*http.Cookie{}
	for _, cookie := range response.Cookies() {
		if cookie.Name != "signin" {
			have[cookie.Name] = cookie
		}
	}
	if len(have) != len(line.SetCookies) {
		return fmt.Errorf("cookies %v, want %v", have, line.SetCookies)
	}
	for _, want := range line.SetCookies {
		cookie := have[want.Name]
		if cookie == nil {
			return fmt.Errorf("no cookie %s", want.Name)
		}
		if (cookie.Value == "") != (want.Value == "") {
			return fmt.Errorf("cookie %s has the value %q", want.Name, cookie.Value)
		}
		attributes := map[string]any{"path": cookie.Path, "max-age": fmt.Sprint(max(cookie.MaxAge, 0)),
			"expires": cookie.RawExpires}
		if cookie.HttpOnly {
			attributes["httponly"] = true
		}
		if cookie.SameSite == http.SameSiteLaxMode {
			attributes["samesite"] = "Lax"
		}
		if _, err := http.ParseTime(cookie.RawExpires); err == nil && want.Attributes["expires"] == "<http date>" {
			attributes["expires"] = "<http date>"
		}
		for name, value := range want.Attributes {
			if attributes[name] != value {
				return fmt.Errorf("cookie %s has %s=%v, want %v", want.Name, name, attributes[name], value)
			}
		}
		if len(attributes) != len(want.Attributes) {
			return fmt.Errorf("cookie %s has the attributes %v, want %v", want.Name, attributes, want.Attributes)
		}
	}
	return nil
}
