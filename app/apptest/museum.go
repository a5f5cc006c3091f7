// Package apptest provides test helpers: a whole museum on a real socket, with its database on disk, an adjustable
// clock, and a collector for the mails it sends.
package apptest

import (
	"context"
	"database/sql"
	"log/slog"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/mail"
	"github.com/mathmuseums/mathmuseums/app/store"
	"github.com/mathmuseums/mathmuseums/app/web"
	"github.com/mathmuseums/mathmuseums/assets"
)

// Schema returns the text of schema.sql.
func Schema(t testing.TB) string {
	t.Helper()
	_, here, _, _ := runtime.Caller(0)
	text, err := os.ReadFile(filepath.Join(filepath.Dir(here), "..", "..", "schema.sql"))
	if err != nil {
		t.Fatalf("read the schema: %v", err)
	}
	return string(text)
}

// OpenStore opens the museum's database in a folder and creates it if necessary. It closes the database at the end of
// the test.
func OpenStore(t testing.TB, folder string, now func() time.Time) *store.Store {
	t.Helper()
	secret, err := store.LoadSecret(folder)
	if err != nil {
		t.Fatalf("load the secret: %v", err)
	}
	s, err := store.Open(t.Context(),
		store.Options{Path: filepath.Join(folder, "museum.db"), Schema: Schema(t), Secret: secret, Now: now})
	if err != nil {
		t.Fatalf("open the store: %v", err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// Clock is a running clock that a test can move.
type Clock struct {
	mu    sync.Mutex
	ahead time.Duration
}

// Now returns the current time of the clock.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return time.Now().Add(c.ahead)
}

// Advance moves the clock forward.
func (c *Clock) Advance(by time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ahead += by
}

// Outbox is a mail sender that collects mails.
type Outbox struct {
	mu       sync.Mutex
	messages []mail.Message
	Fail     error // if not nil, Send fails with it and collects nothing
}

// Send collects a mail.
func (o *Outbox) Send(_ context.Context, message mail.Message) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.Fail == nil {
		o.messages = append(o.messages, message)
	}
	return o.Fail
}

// Count returns the number of mails to all addresses.
func (o *Outbox) Count() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return len(o.messages)
}

// To returns the mails to an address, the newest first.
func (o *Outbox) To(address string) []mail.Message {
	o.mu.Lock()
	defer o.mu.Unlock()
	return messagesTo(o.messages, address)
}

// messagesTo returns the messages to an address, the newest first.
func messagesTo(messages []mail.Message, address string) (found []mail.Message) {
	for _, message := range slices.Backward(messages) {
		if message.To == address {
			found = append(found, message)
		}
	}
	return found
}

// Museum is a running museum.
type Museum struct {
	*httptest.Server
	Web    *web.Server
	Store  *store.Store
	Outbox *Outbox
	Clock  *Clock
	Folder string
}

// WideLimits are sign-in limits that tests do not reach by accident.
var WideLimits = app.SignInLimits{CodesPerHour: 10_000, WrongCodesPerDay: 10_000, WrongCodesInARow: 10_000,
	RequestsPerMinute:   100_000,
	NetworkMailsPerHour: 100_000, MailsPerHour: 100_000}

// NewMuseum starts a museum in a new folder. change can adjust its options; the sign-in limits are wide.
func NewMuseum(t testing.TB, change ...func(*web.Options)) *Museum {
	t.Helper()
	return OpenMuseum(t, t.TempDir(), &Clock{}, change...)
}

// OpenMuseum starts the museum in a folder, as after a restart.
func OpenMuseum(t testing.TB, folder string, clock *Clock, change ...func(*web.Options)) *Museum {
	t.Helper()
	m := &Museum{Store: OpenStore(t, folder, clock.Now), Outbox: &Outbox{}, Clock: clock, Folder: folder}
	options := web.Options{Store: m.Store, Mail: m.Outbox, Assets: assets.FS, Limits: WideLimits,
		Log: slog.New(slog.DiscardHandler)}
	for _, change := range change {
		change(&options)
	}
	server, err := web.New(options)
	if err != nil {
		t.Fatalf("make the server: %v", err)
	}
	m.Web, m.Server = server, httptest.NewServer(server)
	t.Cleanup(m.Close)
	return m
}

// Close ends the museum's streams, waits for all requests, and stops the server.
func (m *Museum) Close() {
	m.Web.Close()
	m.Server.Close()
}

// Exec changes the museum's database directly.
func (m *Museum) Exec(t testing.TB, query string, args ...any) {
	t.Helper()
	m.open(t, func(db *sql.DB) error {
		_, err := db.Exec(query, args...)
		return err
	})
}

// Query reads the museum's database directly and calls row for each row.
func (m *Museum) Query(t testing.TB, query string, row func(scan func(...any) error) error) {
	t.Helper()
	m.open(t, func(db *sql.DB) error {
		rows, err := db.Query(query)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			if err := row(rows.Scan); err != nil {
				return err
			}
		}
		return rows.Err()
	})
}

func (m *Museum) open(t testing.TB, do func(*sql.DB) error) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+m.Store.Path()+"?_pragma=busy_timeout(5000)")
	if err != nil {
		t.Fatalf("open the database: %v", err)
	}
	defer db.Close()
	if err := do(db); err != nil {
		t.Fatal(err)
	}
}
