package web

import (
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
	// Litestream links this library anyway, with metrics of its own.
	"github.com/mathmuseums/mathmuseums/app/replica"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics are the metrics of this process. Those of Go, the process and Litestream are in the library's default
// registry.
type metrics struct {
	handler  http.Handler
	requests *prometheus.CounterVec   // by method, route and status
	seconds  *prometheus.HistogramVec // by route
	sent     *prometheus.CounterVec   // by route
	underWay prometheus.Gauge
}

func (s *Server) newMetrics() *metrics {
	m := &metrics{
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "mathmuseums_http_requests_total", Help: "Requests that were answered; status 0 were cut off."}, []string{"method", "route", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "mathmuseums_http_request_duration_seconds", Help: "How long requests took; a stream of events is one request.",
			Buckets: []float64{.001, .005, .025, .1, .5, 2.5, 10}}, []string{"route"}),
		sent: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "mathmuseums_http_response_bytes_total", Help: "Bytes of the bodies that were sent."}, []string{"route"}),
		underWay: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "mathmuseums_http_requests_in_flight", Help: "Requests under way, streams of events among them."}),
	}
	file := func(name, help, path string) prometheus.Collector {
		return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, func() float64 {
			info, err := os.Stat(path)
			if err != nil { // there is not always a WAL
				return 0
			}
			return float64(info.Size())
		})
	}
	build := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "mathmuseums_build_info", Help: "1, with the version of the program.", ConstLabels: prometheus.Labels{"version": s.Version}})
	build.Set(1)
	registry := prometheus.NewRegistry()
	registry.MustRegister(m.requests, m.seconds, m.sent, m.underWay, build,
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "mathmuseums_event_streams", Help: "Devices that are told of changes as they happen."},
			func() float64 { return float64(s.events.streams()) }),
		file("mathmuseums_database_bytes", "Size of the database.", s.Store.Path()),
		file("mathmuseums_database_wal_bytes", "Size of the log that is not yet in the database.", s.Store.Path()+"-wal"))
	if s.Replica != nil {
		registry.MustRegister(s.replicaMetrics()...)
	}
	m.handler = promhttp.HandlerFor(prometheus.Gatherers{registry, prometheus.DefaultGatherer}, promhttp.HandlerOpts{})
	return m
}

// replicaMetrics returns the metrics of the replica.
func (s *Server) replicaMetrics() []prometheus.Collector {
	figure := func(name, help string, of func(replica.Status) float64) prometheus.Collector {
		return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, func() float64 { return of(s.replicaStatus()) })
	}
	return []prometheus.Collector{
		figure("mathmuseums_replica_up", "1 while the replica is kept up to date, by this process or another.", func(status replica.Status) float64 {
			if status.Fine() {
				return 1
			}
			return 0
		}),
		figure("mathmuseums_replica_lag_seconds", "For how long the replica has lacked something.", func(status replica.Status) float64 {
			return status.Lag(time.Now()).Seconds()
		}),
		figure("mathmuseums_replica_last_success_timestamp_seconds", "When the replica had everything; 0: never.", func(status replica.Status) float64 {
			if status.LastSuccess.IsZero() {
				return 0
			}
			return float64(status.LastSuccess.Unix())
		}),
	}
}

// count adds a request to the metrics.
func (m *metrics) count(o *observation) {
	method := o.method
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
	default:
		method = "other" // clients can invent methods, and each would be kept
	}
	m.requests.WithLabelValues(method, o.route, strconv.Itoa(o.status)).Inc()
	m.seconds.WithLabelValues(o.route).Observe(o.duration.Seconds())
	m.sent.WithLabelValues(o.route).Add(float64(o.bytes))
}

// getMetrics returns the metrics in Prometheus' text format to whoever has the token. Without a token set it answers
// 404.
func (s *Server) getMetrics(w http.ResponseWriter, r *http.Request, _ *app.User) error {
	if s.metrics == nil {
		s.notFound(w, r)
		return nil
	}
	w.Header().Set("Cache-Control", "no-store")
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	got, want := sha256.Sum256([]byte(token)), sha256.Sum256([]byte(s.MetricsToken))
	if !strings.EqualFold(scheme, "Bearer") || subtle.ConstantTimeCompare(got[:], want[:]) != 1 {
		w.Header().Set("WWW-Authenticate", "Bearer")
		writePage(w, http.StatusUnauthorized, "Unauthorized", "The figures are for those who have the token: Authorization: Bearer TOKEN.")
		return nil
	}
	s.metrics.handler.ServeHTTP(w, r)
	return nil
}
