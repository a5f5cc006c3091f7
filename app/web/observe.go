package web

import (
	"context"
	"net/http"
	"regexp"
	"time"
)

// observation is what is seen of one request from outside. It names no path, no query and nobody: paths hold numbers of
// tiles and mail addresses.
type observation struct {
	http.ResponseWriter
	method   string
	route    string // its line in the table of contents, such as /api/tiles/{id}/; "" for none
	status   int    // 0: cut off before an answer
	bytes    int64  // of the body, as it went over the wire
	duration time.Duration
}

// observationKey finds the observation of a request in its context.
type observationKey struct{}

// observing watches requests for the access log and the metrics. Without either it stands aside.
func (s *Server) observing(next http.Handler) http.Handler {
	if s.AccessLog == AccessLogOff && s.metrics == nil {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		o := &observation{ResponseWriter: w, method: r.Method}
		begun, finished := time.Now(), false
		if s.metrics != nil {
			s.metrics.underWay.Inc()
			defer s.metrics.underWay.Dec()
		}
		defer func() { // also where the connection is cut by a panic
			o.duration = time.Since(begun)
			if o.status == 0 && finished {
				o.status = http.StatusOK
			}
			if s.metrics != nil {
				s.metrics.count(o)
			}
			s.logAccess(r, o)
		}()
		next.ServeHTTP(o, r.WithContext(context.WithValue(r.Context(), observationKey{}, o)))
		finished = true
	})
}

// namingPattern is the pattern that a part of a route must match.
var namingPattern = regexp.MustCompile(`:[^}]*`)

// naming tells the observation which route was taken.
func naming(route string, next http.Handler) http.Handler {
	route = namingPattern.ReplaceAllString(route, "")
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if o, ok := r.Context().Value(observationKey{}).(*observation); ok {
			o.route = route
		}
		next.ServeHTTP(w, r)
	})
}

func (o *observation) WriteHeader(status int) {
	if o.status == 0 && status >= http.StatusOK { // those before are no answer yet
		o.status = status
	}
	o.ResponseWriter.WriteHeader(status)
}

func (o *observation) Write(p []byte) (int, error) {
	if o.status == 0 {
		o.status = http.StatusOK
	}
	n, err := o.ResponseWriter.Write(p)
	o.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController flush, and move deadlines.
func (o *observation) Unwrap() http.ResponseWriter { return o.ResponseWriter }
