package contract

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
)

// request returns the request of a step.
func (p *player) request(step exchange) (*http.Request, error) {
	path := p.fill(step.Path)
	var body []byte
	contentType := ""
	switch {
	case step.JSON != nil:
		body, contentType = []byte(p.fill(string(step.JSON))), "application/json"
	case step.Body != nil:
		body, contentType = []byte(p.fill(*step.Body)), "application/json"
	case step.BodyBase64 != "":
		decoded, err := base64.StdEncoding.DecodeString(step.BodyBase64)
		if err != nil {
			return nil, err
		}
		body, contentType = decoded, "application/json"
	case step.Form != nil:
		form := url.Values{}
		for name, value := range step.Form {
			form.Set(name, p.fill(value))
		}
		body, contentType = []byte(form.Encode()), "application/x-www-form-urlencoded"
	case step.Multipart != nil:
		var buffer bytes.Buffer
		writer := multipart.NewWriter(&buffer)
		for name, value := range step.Multipart {
			if err := writer.WriteField(name, p.fill(value)); err != nil {
				return nil, err
			}
		}
		writer.Close()
		body, contentType = buffer.Bytes(), writer.FormDataContentType()
	}
	if step.ContentType != nil {
		contentType = *step.ContentType
	}
	request, err := http.NewRequest(step.Method, p.museum.URL+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	if contentType != "" {
		request.Header.Set("Content-Type", contentType)
	}
	request.Header.Set("Accept", "application/json")
	p.addCookies(request, step)
	for name, value := range step.Headers {
		switch {
		case value == nil:
			request.Header.Del(name)
		case name == "Host":
			request.Host = p.fill(*value)
		default:
			request.Header.Set(name, p.fill(*value))
		}
	}
	return request, nil
}

// addCookies adds the cookies of the jar and of the step, and the CSRF token that belongs to them.
func (p *player) addCookies(request *http.Request, step exchange) {
	cookies := map[string]string{}
	for name, value := range p.jars[step.As] {
		cookies[name] = value
	}
	token := cookies["csrftoken"]
	for name, value := range step.Cookies {
		cookies[name] = p.fill(value)
	}
	for name, value := range cookies {
		request.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	safe := slices.Contains([]string{"GET", "HEAD", "OPTIONS", "TRACE"}, step.Method)
	switch {
	case step.CSRF == nil:
		if !safe && token != "" {
			request.Header.Set("X-CSRFToken", token)
		}
	case *step.CSRF == "none":
	case *step.CSRF == "wrong":
		request.Header.Set("X-CSRFToken", strings.Repeat("x", len(token)))
	default:
		request.Header.Set("X-CSRFToken", p.fill(*step.CSRF))
	}
}

var templateForm = regexp.MustCompile(`"?\{\{([^{}]+)\}\}"?`)

// fill expands templates. A JSON string that is only a template, "{{name}}", becomes the value itself.
func (p *player) fill(text string) string {
	return templateForm.ReplaceAllStringFunc(text, func(found string) string {
		inner := strings.Trim(found, `"{}`)
		whole := strings.HasPrefix(found, `"`) && strings.HasSuffix(found, `"`)
		value, isText := p.value(inner)
		if whole && !isText {
			return value
		}
		before, after := "", ""
		if strings.HasPrefix(found, `"`) {
			before = `"`
		}
		if strings.HasSuffix(found, `"`) {
			after = `"`
		}
		return before + value + after
	})
}

// value returns what a template stands for, and whether that is a string.
func (p *player) value(template string) (value string, isText bool) {
	parts := strings.Split(template, ":")
	switch parts[0] {
	case "repeat":
		n := 0
		_, _ = fmt.Sscan(parts[2], &n)
		return strings.Repeat(parts[1], n), true
	case "wrong":
		code := []byte(fmt.Sprint(p.captured[parts[1]]))
		for i, c := range code {
			code[i] = '0' + (c-'0'+1)%10
		}
		return string(code), true
	case "time":
		seconds := 0
		_, _ = fmt.Sscan(parts[1], &seconds)
		return time.Now().Add(time.Duration(seconds) * time.Second).UTC().Format("2006-01-02T15:04:05.000Z"), true
	case "at":
		moment, err := time.Parse(time.RFC3339, fmt.Sprint(p.captured[parts[1]]))
		if err != nil {
			return "no time captured as " + parts[1], true
		}
		return moment.UTC().Truncate(time.Millisecond).Format("2006-01-02T15:04:05.000Z"), true
	}
	_, isText = p.captured[template].(string)
	return fmt.Sprint(p.captured[template]), isText
}
