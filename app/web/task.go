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

// Some hosts let nobody run a program by the clock, but fetch an address. For them a task has an address with a signature
// in it: who knows it may have the task done, now and then, and nothing else. It holds until the museum's key changes, or the
// word of Options.BackupWord, by which the operator revokes it.
// How often is for Options.Backup to say, which counts without the database: that may be what is broken.

// backupPath is where a backup is asked for.
const backupPath = "/tasks/backup/"

// taskTimeout is how long a task may take.
const taskTimeout = time.Hour

// BackupURL is the address at which a museum makes a backup. base is where it lies, such as https://museum.example.com/.
func BackupURL(base *url.URL, secret app.Secret, word string) string {
	address := base.JoinPath(backupPath)
	address.RawQuery = url.Values{"signature": {taskSignature(secret, backupPath, word)}}.Encode()
	return address.String()
}

// IsBackupRequest tells whether a request comes by the address at which a museum makes a backup, under whatever path the museum
// lies.
func IsBackupRequest(r *http.Request, secret app.Secret, word string) bool {
	return strings.HasSuffix(r.URL.Path, backupPath) && isSigned(r, secret, backupPath, word)
}

// isSigned tells whether a request comes by the address of a task. A method that is only to look does nothing: what is fetched
// by the clock is fetched whole, or posted to.
func isSigned(r *http.Request, secret app.Secret, path, word string) bool {
	return hmac.Equal([]byte(r.URL.Query().Get("signature")), []byte(taskSignature(secret, path, word))) &&
		(r.Method == http.MethodGet || r.Method == http.MethodPost)
}

func taskSignature(secret app.Secret, path, word string) string {
	mac := hmac.New(sha256.New, secret.Key("task addresses", 32))
	mac.Write([]byte(path))
	if word != "" {
		mac.Write([]byte("\n" + word))
	}
	return hex.EncodeToString(mac.Sum(nil))
}

// serveTask does a task for who has its address. To all others there is nothing here.
func (s *Server) serveTask(w http.ResponseWriter, r *http.Request, g guarded) {
	word, err := s.backupWord()
	if s.Backup == nil || err != nil || !isSigned(r, s.Store.Secret(), g.task, word) {
		s.notFound(w, r)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	if err := g.post(w, r, nil); err != nil {
		s.writeTaskError(w, r, err)
	}
}

// backupWord is the word with which addresses are signed now.
func (s *Server) backupWord() (string, error) {
	if s.BackupWord == nil {
		return "", nil
	}
	word, err := s.BackupWord()
	if err != nil {
		s.Log.Error("whether the address of backups was revoked cannot be read", "error", err)
	}
	return word, err
}

// makeBackup makes a backup within the request: where each request has a process of its own, nothing goes on after it. It
// is not broken off because who asked for it has no more patience.
func (s *Server) makeBackup(w http.ResponseWriter, r *http.Request, _ *app.User) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), taskTimeout)
	defer cancel()
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(taskTimeout)) // under CGI there is none
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

// writeTaskError says in a line that a task was not done. Why is for the log and the mail.
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

// getTasks tells a superuser the addresses of tasks.
//
//	{"backup": "https://museum.example.com/tasks/backup/?signature=..."}
func (s *Server) getTasks(w http.ResponseWriter, r *http.Request, _ *app.User) error {
	base := s.PublicURL
	if base == nil {
		base = &url.URL{Scheme: s.scheme(r), Host: r.Host, Path: s.plainBasePath(r)}
	}
	word, err := s.backupWord()
	if err != nil {
		return err
	}
	return writeValue(w, http.StatusOK, map[string]string{"backup": BackupURL(base, s.Store.Secret(), word)})
}
