package store_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/apptest"
	"github.com/mathmuseums/mathmuseums/app/store"
)

func open(t testing.TB, path string) (*store.Store, error) {
	s, err := store.Open(t.Context(), store.Options{Path: path, Schema: apptest.Schema(t), Secret: make(app.Secret, app.SecretSize)})
	if err == nil {
		t.Cleanup(func() { s.Close() })
	}
	return s, err
}

func TestOpenRefusesWhatIsNoMuseum(t *testing.T) {
	folder := t.TempDir()
	text := filepath.Join(folder, "text.db")
	if err := os.WriteFile(text, []byte(strings.Repeat("no database, ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	other := filepath.Join(folder, "other.db")
	makeDatabase(t, other, `create table things (id integer primary key)`)
	newer := filepath.Join(folder, "newer.db")
	if _, err := open(t, newer); err != nil {
		t.Fatal(err)
	}
	makeDatabase(t, newer, `pragma user_version = 99`)

	for path, want := range map[string]error{text: store.ErrNotMuseum, other: store.ErrNotMuseum, newer: store.ErrNewer} {
		if _, err := open(t, path); !errors.Is(err, want) || !strings.Contains(err.Error(), path) {
			t.Errorf("opening %s: %v, want %v", filepath.Base(path), err, want)
		}
	}
	if _, err := open(t, filepath.Join(folder, "missing", "museum.db")); err == nil {
		t.Error("a file in a folder that is not there is opened")
	}
}

func makeDatabase(t *testing.T, path, query string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err == nil {
		_, err = db.Exec(query)
	}
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
}

func TestManyOpenANewFileAtOnce(t *testing.T) {
	folder := t.TempDir()
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			secret, err := store.LoadSecret(folder)
			if err != nil {
				t.Errorf("load the secret: %v", err)
				return
			}
			s, err := store.Open(t.Context(), store.Options{Path: filepath.Join(folder, "museum.db"), Schema: apptest.Schema(t), Secret: secret})
			if err != nil {
				t.Errorf("open: %v", err)
				return
			}
			defer s.Close()
			if _, err := s.IssueCode(t.Context(), app.Address{Email: "a@example.com", Mailbox: "a@example.com"}); err != nil {
				t.Errorf("write: %v", err)
			}
		})
	}
	group.Wait()
}

func TestSecretIsMadeOnceAndForItsOwnerAlone(t *testing.T) {
	folder := t.TempDir()
	first, err := store.LoadSecret(folder)
	if err != nil {
		t.Fatal(err)
	}
	again, err := store.LoadSecret(folder)
	if err != nil || string(first) != string(again) {
		t.Fatalf("the second reading gives another secret, or %v", err)
	}
	info, err := os.Stat(filepath.Join(folder, store.SecretFile))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("mode %v, %v", info.Mode(), err)
	}
	if files, _ := os.ReadDir(folder); len(files) != 1 {
		t.Errorf("left behind: %v", files)
	}
	if err := os.WriteFile(filepath.Join(folder, store.SecretFile), []byte("short"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := store.LoadSecret(folder); err == nil {
		t.Error("half a secret is taken")
	}
	if _, err := store.LoadSecret(filepath.Join(folder, "missing")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a folder that is not there: %v", err)
	}
}

// TestNoQueryScansATable asks SQLite for the plan of every query that requests lead to.
func TestNoQueryScansATable(t *testing.T) {
	clock := &apptest.Clock{}
	s := apptest.OpenStore(t, t.TempDir(), clock.Now)
	useEverything(t, s)
	useMuseum(t, s, clock)
	queries := s.Queries()
	if len(queries) < 60 {
		t.Fatalf("only %d queries were used", len(queries))
	}
	db, err := sql.Open("sqlite", s.Path())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, query := range queries {
		for _, line := range plan(t, db, query) {
			if strings.HasPrefix(line, "SCAN") && line != "SCAN CONSTANT ROW" && !strings.Contains(query, "is_superuser = 1 and") {
				t.Errorf("%s\n\t%s", query, line) // HasSuperuser runs once at the start, not in requests
			}
		}
	}
}

func plan(t *testing.T, db *sql.DB, query string) (lines []string) {
	t.Helper()
	args := make([]any, strings.Count(query, "$"))
	for i := range args {
		args[i] = fmt.Sprint(i)
	}
	highest := 0
	for i := range len(args) + 1 {
		if strings.Contains(query, fmt.Sprintf("$%d", i)) {
			highest = i
		}
	}
	rows, err := db.Query("explain query plan "+query, args[:highest]...)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer rows.Close()
	for rows.Next() {
		var id, parent, unused int
		var detail string
		if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, detail)
	}
	return lines
}

// useEverything calls each method of the store that a request can lead to.
func useEverything(t *testing.T, s *store.Store) {
	t.Helper()
	ctx := t.Context()
	limits := apptest.WideLimits
	address := app.Address{Email: "ann@example.com", Mailbox: "ann@example.com"}
	browser := store.Browser{ID: "b"}
	user := signIn(t, s, address)
	linear, text := "linear", "text"
	device := app.Device{SessionID: user.SessionID}
	tile, err := s.CreateTile(ctx, user.ID, app.TileChange{ConceptType: &linear}, device)
	if err != nil {
		t.Fatal(err)
	}
	preference, err := s.FindOrCreatePreference(ctx, user.ID)
	if err != nil {
		t.Fatal(err)
	}
	request := store.CodeRequest{Purpose: app.CodeToSignIn, Address: address, Browser: browser, Limits: limits}
	code, err := s.CreateCode(ctx, request)
	if err != nil {
		t.Fatal(err)
	}
	item := app.SyncItem{ConceptType: app.TextValue("linear"), LastSynced: &tile.LastSynced, Change: app.TileChange{Description: &text}}
	_, errSync := s.SyncTiles(ctx, user.ID, []app.SyncItem{item}, device)
	_, errUpdate := s.UpdateTile(ctx, user.ID, tile.ID, 0, app.TileChange{Description: &linear}, app.Device{})
	_, errList := s.ListTiles(ctx, user.ID)
	_, errFind := s.FindTile(ctx, user.ID, tile.ID)
	_, errPreference := s.UpdatePreference(ctx, user.ID, preference.ID, app.PreferenceChange{MuseumName: &text})
	_, errSuperuser := s.HasSuperuser(ctx)
	_, _, errWrong := s.SaveSuperuser(ctx, address, "")
	wrong := func(b store.Browser) error {
		_, err := s.SignIn(ctx, store.SignIn{Address: address, Code: wrongCode(code), Browser: b, Limits: limits})
		if app.KindOf(err) == app.KindInvalid {
			return nil
		}
		return fmt.Errorf("a wrong code: %v", err)
	}
	for _, err := range []error{
		errSync, errUpdate, errList, errFind, errPreference, errSuperuser, errWrong, wrong(browser), wrong(store.Browser{}),
		s.WithdrawCode(ctx, request, code),
		s.CountSignInRequest(ctx, "192.0.2.1", browser, limits),
		s.DeletePreference(ctx, user.ID, preference.ID),
		s.DeleteTile(ctx, user.ID, tile.ID, 0, device),
		listSessions(s, user),
		s.DeleteSession(ctx, app.Actor{UserID: user.ID}, user.SessionID),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.DeleteSessions(ctx, app.Actor{UserID: user.ID}, user.ID); err != nil {
		t.Fatal(err)
	}
}

func listSessions(s *store.Store, user app.User) error {
	_, errList := s.ListSessions(context.Background(), user.ID)
	_, errDelete := s.DeleteOtherSessions(context.Background(), app.Actor{UserID: user.ID}, user.SessionID)
	return errors.Join(errList, errDelete)
}

// signIn signs somebody in and returns the account as found by the session.
func signIn(t testing.TB, s *store.Store, address app.Address) app.User {
	t.Helper()
	ctx := context.Background()
	code, err := s.CreateCode(ctx, store.CodeRequest{Purpose: app.CodeToSignIn, Address: address, Limits: apptest.WideLimits})
	if err != nil {
		t.Fatal(err)
	}
	in, err := s.SignIn(ctx, store.SignIn{Address: address, Code: code, Limits: apptest.WideLimits})
	if err != nil {
		t.Fatal(err)
	}
	user, _, err := s.FindSession(ctx, in.Token)
	if err != nil {
		t.Fatal(err)
	}
	return user
}

// wrongCode returns another code than the given one.
func wrongCode(code string) string {
	if code == "000000" {
		return "111111"
	}
	return "000000"
}
