package web

import (
	"context"
	"net/http"
	"regexp"
	"time"
)

// observation is what is logged and measured of a request. It holds no path, query or person: paths contain numbers
// of tiles and mail addresses.
type observation struct {
	http.ResponseWriter
	method   string
	route    string // its path in routes, such as /api/tiles/{id}/; "" for none
	status   int    // 0 if cut off before an answer
	bytes    int64  // of the body as sent
	duration time.Duration
}

// observationKey is the context key of a request's observation.
type observationKey struct{}

// observing records requests for the access log and the metrics. Without either it does nothing.
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
		defer func() { // also if a panic cuts the connection
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

// namingPattern matches the pattern in a variable of a route.
var namingPattern = regexp.MustCompile(`:[^}]*`)

// naming records the route in the observation.
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
	if o.status == 0 && status >= http.StatusOK { // informational statuses are not the answer yet
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

// Unwrap lets http.ResponseController flush and set deadlines.
func (o *observation) Unwrap() http.ResponseWriter { return o.ResponseWriter }
