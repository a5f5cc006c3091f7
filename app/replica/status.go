package replica

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"sync"
	"time"
)

// State is what a replicating process is at.
type State string

// States of a replica.
const (
	Starting  State = "starting"  // it has not been reached yet
	Streaming State = "streaming" // it is kept up to date
	Failing   State = "failing"   // it cannot be reached or written at present
	Waiting   State = "waiting"   // another process keeps it up to date
	Stopped   State = "stopped"   // the process that kept it up to date has ended
)

// Status says how a replica fares.
type Status struct {
	URL         string    `json:"url"` // without passwords
	State       State     `json:"state"`
	WrittenAt   time.Time `json:"written_at"`            // when this was so
	LastSuccess time.Time `json:"last_success,omitzero"` // when the replica had all there was
	BehindSince time.Time `json:"behind_since,omitzero"` // since when it lacks something; zero: it lacks nothing
	LastError   string    `json:"last_error,omitempty"`  // what went wrong last, also where it goes well again
	Advice      string    `json:"advice,omitempty"`      // what to do about it; "": let the place be reached
	LastErrorAt time.Time `json:"last_error_at,omitzero"`
	Seen        string    `json:"seen,omitempty"` // see fingerprint
}

// Lag is for how long the replica has lacked something; 0 where it lacks nothing.
func (s Status) Lag(now time.Time) time.Duration {
	if s.BehindSince.IsZero() {
		return 0
	}
	return now.Sub(s.BehindSince)
}

// Fine tells whether all is as it should be.
func (s Status) Fine() bool { return s.State == Streaming || s.State == Waiting }

// statusEvery is how often the status is laid down for other processes where nothing has changed.
const statusEvery = 30 * time.Second

func statusPath(database string) string { return database + ".replica.json" }

// ReadStatus reads what the process that replicates a database has laid down, be it this one or another. The zero
// value says that none ever did.
func ReadStatus(database string) (status Status, err error) {
	text, err := os.ReadFile(statusPath(database))
	if errors.Is(err, fs.ErrNotExist) {
		return status, nil
	}
	if err != nil {
		return status, err
	}
	return status, json.Unmarshal(text, &status)
}

// statusKeeper holds the status of this process.
type statusKeeper struct {
	database string
	mu       sync.Mutex
	status   Status
}

func (k *statusKeeper) get() Status {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.status
}

// change changes the status, and lays it down where the state is another or the last time is long ago. Only who has the
// lock of the replica lays it down. It gives the states before and after.
func (k *statusKeeper) change(do func(*Status)) (before, after State) {
	k.mu.Lock()
	defer k.mu.Unlock()
	before = k.status.State
	do(&k.status)
	after = k.status.State
	now := time.Now().UTC()
	if after != Waiting && (after != before || now.Sub(k.status.WrittenAt) >= statusEvery) {
		k.status.WrittenAt = now
		_ = k.write() // it tells of the replica, it is not one: the log has the same
	}
	return before, after
}

func (k *statusKeeper) write() error {
	text, err := json.MarshalIndent(k.status, "", "  ")
	if err != nil {
		return err
	}
	half := statusPath(k.database) + ".part"
	if err := os.WriteFile(half, append(text, '\n'), 0o600); err != nil {
		return err
	}
	return os.Rename(half, statusPath(k.database))
}
