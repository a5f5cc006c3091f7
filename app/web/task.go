package web

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/store"
)

// Some hosts do not run programs on a schedule, but fetch an address. For them a task has a signed address: whoever
// has it can run the task, now and then, and nothing else. It is valid until the museum's key changes, or the nonce
// of Options.BackupNonce, by which the operator revokes it. Options.Backup limits how often it runs; it does not need
// the database, which may be what is broken.

// backupPath is the path of the backup task.
const backupPath = "/tasks/backup/"

// taskTimeout is how long a task may take.
const taskTimeout = time.Hour

// BackupURL returns the signed address of the backup task. base is the museum's address, such as
// https://museum.example.com/.
func BackupURL(base *url.URL, secret app.Secret, nonce string) string {
	address := base.JoinPath(backupPath)
	address.RawQuery = url.Values{"signature": {taskSignature(secret, backupPath, nonce)}}.Encode()
	return address.String()
}

// IsBackupRequest reports whether a request has the signed address of the backup task, under any base path.
func IsBackupRequest(r *http.Request, secret app.Secret, nonce string) bool {
	return strings.HasSuffix(r.URL.Path, backupPath) && isSigned(r, secret, backupPath, nonce)
}

// isSigned reports whether a request has the signed address of a task. HEAD does not count: schedulers use GET or
// POST.
func isSigned(r *http.Request, secret app.Secret, path, nonce string) bool {
	return hmac.Equal([]byte(r.URL.Query().Get("signature")), []byte(taskSignature(secret, path, nonce))) &&
		(r.Method == http.MethodGet || r.Method == http.MethodPost)
}

func taskSignature(secret app.Secret, path, nonce string) string {
	mac := hmac.New(sha256.New, secret.Key("task addresses", 32))
	mac.Write([]byte(path))
	if nonce != "" {
		mac.Write([]byte("\n" + nonce))
	}
	return hex.EncodeToString(mac.Sum(nil))
}

// serveTask runs a task for a request with its signed address. All others get a 404.
func (s *Server) serveTask(w http.ResponseWriter, r *http.Request, g guarded) {
	nonce, err := s.backupNonce()
	if s.Backup == nil || err != nil || !isSigned(r, s.Store.Secret(), g.task, nonce) {
		s.notFound(w, r)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	if err := g.post(w, r, nil); err != nil {
		s.writeTaskError(w, r, err)
	}
}

// backupNonce returns the nonce that is part of the signature.
func (s *Server) backupNonce() (string, error) {
	if s.BackupNonce == nil {
		return "", nil
	}
	nonce, err := s.BackupNonce()
	if err != nil {
		s.Log.Error("cannot read whether the backup URL was revoked", "error", err)
	}
	return nonce, err
}

// makeBackup makes a backup within the request: under CGI nothing runs after it. It continues if the client stops
// waiting.
func (s *Server) makeBackup(w http.ResponseWriter, r *http.Request, _ *app.User) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), taskTimeout)
	defer cancel()
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(taskTimeout)) // not supported under CGI
	existing, err := s.Backup(ctx)
	if err != nil {
		return err
	}
	line := "The backup was made and checked."
	if !existing.IsZero() {
		line = "There is a backup of " + existing.UTC().Format("2006-01-02 15:04:05 UTC") + " already; none was made."
	}
	writeLine(w, http.StatusOK, line)
	return nil
}

// writeTaskError answers in one line that a task failed. The reason is only logged and mailed.
func (s *Server) writeTaskError(w http.ResponseWriter, r *http.Request, err error) {
	if e, ok := errors.AsType[*app.Error](err); ok && e.Kind == app.KindTooMany {
		w.Header().Set("Retry-After", strconv.Itoa(int(e.RetryAfter.Seconds()+0.999)))
		writeLine(w, http.StatusTooManyRequests, e.Message)
		return
	}
	if errors.Is(err, store.ErrLocked) {
		writeLine(w, http.StatusConflict, "A backup is being made already.")
		return
	}
	s.Log.ErrorContext(r.Context(), "the backup failed", "error", err)
	writeLine(w, http.StatusInternalServerError, "The backup failed. The reason is in the log of the museum.")
}

func writeLine(w http.ResponseWriter, status int, line string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(line + "\n"))
}

// getTasks returns the signed addresses of tasks to a superuser:
//
//	{"backup": "https://museum.example.com/tasks/backup/?signature=..."}
func (s *Server) getTasks(w http.ResponseWriter, r *http.Request, _ *app.User) error {
	base := s.PublicURL
	if base == nil {
		base = &url.URL{Scheme: s.scheme(r), Host: r.Host, Path: s.plainBasePath(r)}
	}
	nonce, err := s.backupNonce()
	if err != nil {
		return err
	}
	return writeValue(w, http.StatusOK, map[string]string{"backup": BackupURL(base, s.Store.Secret(), nonce)})
}
