package replica

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"sync"
	"time"
)

// State is the state of a replicating process.
type State string

// The states of a replica.
const (
	Starting  State = "starting"  // not reached yet
	Streaming State = "streaming" // up to date
	Failing   State = "failing"   // cannot be reached or written at present
	Waiting   State = "waiting"   // another process keeps it up to date
	Stopped   State = "stopped"   // the replicating process has ended
)

// Status describes the state of a replica.
type Status struct {
	URL         string    `json:"url"` // without passwords
	State       State     `json:"state"`
	WrittenAt   time.Time `json:"written_at"`            // time of this status
	LastSuccess time.Time `json:"last_success,omitzero"` // when the replica was last complete
	BehindSince time.Time `json:"behind_since,omitzero"` // since when it lacks something; zero if it is complete
	LastError   string    `json:"last_error,omitempty"`  // the last error, kept after a recovery
	Advice      string    `json:"advice,omitempty"`      // what to do about the error; "" if the place is just unreachable
	LastErrorAt time.Time `json:"last_error_at,omitzero"`
	Seen        string    `json:"seen,omitempty"` // see fingerprint
}

// Lag returns for how long the replica has lacked something, 0 if it is complete.
func (s Status) Lag(now time.Time) time.Duration {
	if s.BehindSince.IsZero() {
		return 0
	}
	return now.Sub(s.BehindSince)
}

// Fine reports whether everything is as it should be.
func (s Status) Fine() bool { return s.State == Streaming || s.State == Waiting }

// statusEvery is how often an unchanged status is written for other processes.
const statusEvery = 30 * time.Second

func statusPath(database string) string { return database + ".replica.json" }

// ReadStatus returns the status written by the process that replicates a database, this one or another. The zero
// value means that none ever did.
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

// change changes the status, and writes it to its file if the state changed or the last write is long ago. Only the
// holder of the replica's lock writes it. It returns the states before and after.
func (k *statusKeeper) change(do func(*Status)) (before, after State) {
	k.mu.Lock()
	defer k.mu.Unlock()
	before = k.status.State
	do(&k.status)
	after = k.status.State
	now := time.Now().UTC()
	if after != Waiting && (after != before || now.Sub(k.status.WrittenAt) >= statusEvery) {
		k.status.WrittenAt = now
		_ = k.write() // the status is informational; the log says the same
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
