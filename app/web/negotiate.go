package web

import (
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// quality returns the weight from 0 to 1 that the lines of an Accept or Accept-Encoding header give something (RFC
// 9110, section 12.4.2). names are the thing and the patterns that match it, most specific first; the most specific
// match counts. known is false if there is none.
func quality(lines []string, names ...string) (q float64, known bool) {
	best := len(names)
	for _, line := range lines {
		for part := range strings.SplitSeq(line, ",") {
			name, params, _ := mime.ParseMediaType(part) // a malformed part has no name, or no parameters
			i := slices.Index(names, name)
			if i < 0 || i >= best {
				continue
			}
			best, q = i, 1
			if weight, given := params["q"]; given {
				q, _ = strconv.ParseFloat(weight, 64)
			}
		}
	}
	return q, best < len(names)
}

// acceptsGzip reports whether an answer may be compressed and the client does not prefer it uncompressed.
func acceptsGzip(r *http.Request) bool {
	accepted := r.Header.Values("Accept-Encoding")
	gzip, _ := quality(accepted, "gzip", "*")
	plain, _ := quality(accepted, "identity")
	return gzip > 0 && gzip >= plain
}

// acceptsKind reports whether a client accepts a media type.
func acceptsKind(r *http.Request, kind string) bool {
	accepted := r.Header.Values("Accept")
	if strings.Join(accepted, "") == "" {
		return true
	}
	top, _, _ := strings.Cut(kind, "/")
	q, _ := quality(accepted, kind, top+"/*", "*/*")
	return q > 0
}

// addVary adds names of request headers to Vary, keeping those that are there.
func addVary(header http.Header, names ...string) {
	var all []string
	for _, line := range header.Values("Vary") {
		for name := range strings.SplitSeq(line, ",") {
			all = append(all, strings.TrimSpace(name))
		}
	}
	for _, name := range names {
		if !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	header.Set("Vary", strings.Join(all, ", "))
}
