package store_test

import (
	"crypto/sha256"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/apptest"
	"github.com/mathmuseums/mathmuseums/app/store"
)

// useMuseum makes all calls that requests for photos, events, downloads and deletion lead to.
func useMuseum(t *testing.T, s *store.Store, clock *apptest.Clock) {
	t.Helper()
	ctx := t.Context()
	user := signIn(t, s, app.Address{Email: "bob@example.com", Mailbox: "bob@example.com"})
	root := user
	root.IsSuperuser = true
	linear := "linear"
	tile, errTile := s.CreateTile(ctx, user.ID, app.TileChange{ConceptType: &linear}, app.Device{})
	image := useImages(t, s, user, 1)
	lone := apptest.PNG(t, 400, 300, 9)[:app.ImagePartSize] // the rest never arrives
	_, errLone := s.SaveImagePart(ctx, user.ID, store.ImagePart{Hash: app.ImageHash{1}, Total: 2 * app.ImagePartSize, Bytes: lone})
	clock.Advance(2 * 24 * time.Hour)
	useImages(t, s, user, 2) // and nothing shows the first
	clock.Advance(app.ImageUnusedLifetime + time.Hour)
	photo := `{"photo":"data:` + strings.Repeat("x", 9_000) + `"}`
	if _, err := s.UpdateTile(ctx, user.ID, tile.ID, 0, app.TileChange{DesmosState: &photo}, app.Device{}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.FindTileVersion(ctx, user.ID, tile.ID, 2); err != nil {
		t.Fatal(err)
	}
	kept, errKept := s.ListImages(ctx, user.ID)
	_, errRoot := s.FindImage(ctx, &root, image.Hash)
	_, errHas := s.HasSession(ctx, user.SessionID)
	_, errRevision := s.FindRevision(ctx, user.ID)
	_, errIDs := s.ListTileIDs(ctx, user.ID)
	_, errFind := s.FindTileRevision(ctx, user.ID, tile.ID)
	_, _, errNext := s.NextTileVersion(ctx, user.ID, tile.ID, 0)
	for _, err := range []error{errTile, errLone, errKept, errRoot, errHas, errRevision, errIDs, errFind, errNext,
		s.Record(ctx, app.AuditEvent{Action: app.ActionDownload, ActorID: user.ID})} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for day := range app.ImageUnusedDays + 1 { // days on which the owner works, so that the first are lost
		clock.Advance(25 * time.Hour)
		useImages(t, s, user, 3)
		if _, err := s.UpdateTile(ctx, user.ID, tile.ID, 0, app.TileChange{PositionX: ptr(int32(day + 1))}, app.Device{}); err != nil {
			t.Fatal(err)
		}
	}
	if again, err := s.ListImages(ctx, user.ID); err != nil || len(again) != 4 || again[0].Hash == image.Hash {
		t.Fatalf("the photos are %v, they were %v, %v", again, kept, err)
	}
	request := store.CodeRequest{Purpose: app.CodeToDeleteAccount, Address: app.Address{Email: user.Email, Mailbox: user.Mailbox}, Limits: apptest.WideLimits}
	code, err := s.CreateCode(ctx, request)
	if err != nil {
		t.Fatal(err)
	}
	for _, try := range []string{wrongCode(code), code} {
		err := s.DeleteAccount(ctx, store.Deletion{User: &user, Code: try, Limits: apptest.WideLimits})
		if (err == nil) != (try == code) {
			t.Fatal(err)
		}
	}
	if err := s.DeleteAccount(ctx, store.Deletion{User: &root, Code: code, Limits: apptest.WideLimits}); app.KindOf(err) == app.KindInternal || err == nil {
		t.Fatal(err)
	}
}

// useImages stores a photo whole, and one in parts.
func useImages(t *testing.T, s *store.Store, user app.User, seed uint64) app.Image {
	t.Helper()
	ctx := t.Context()
	image, _, err := s.CreateImage(ctx, user.ID, apptest.PNG(t, 10, 10, seed))
	if err != nil {
		t.Fatal(err)
	}
	content := apptest.PNG(t, 400, 300, seed)
	for at := 0; at < len(content); at += app.ImagePartSize {
		part := store.ImagePart{Hash: sha256.Sum256(content), Total: int64(len(content)), Position: int64(at), Bytes: content[at:min(at+app.ImagePartSize, len(content))]}
		if _, err := s.SaveImagePart(ctx, user.ID, part); err != nil {
			t.Fatal(err)
		}
		if _, err := s.FindImageUpload(ctx, user.ID, part.Hash); err != nil {
			t.Fatal(err)
		}
	}
	found, err := s.FindImage(ctx, &user, image.Hash)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(io.Discard, s.ReadImage(ctx, found)); err != nil {
		t.Fatal(err)
	}
	return found
}

// TestTheLastSuperuserStays tries to delete the last superuser.
func TestTheLastSuperuserStays(t *testing.T) {
	s := apptest.OpenStore(t, t.TempDir(), nil)
	signIn(t, s, ann)
	if _, _, err := s.SaveSuperuser(t.Context(), ann, ""); err != nil {
		t.Fatal(err)
	}
	user, err := s.FindUser(t.Context(), ann)
	if err != nil {
		t.Fatal(err)
	}
	remove := func() error {
		code, err := s.CreateCode(t.Context(), store.CodeRequest{Purpose: app.CodeToDeleteAccount, Address: ann, Limits: apptest.WideLimits})
		if err != nil {
			t.Fatal(err)
		}
		return s.DeleteAccount(t.Context(), store.Deletion{User: &user, Code: code, Limits: apptest.WideLimits})
	}
	if err := remove(); app.KindOf(err) != app.KindForbidden {
		t.Errorf("the only superuser: %v", err)
	}
	bob := app.Address{Email: "bob@example.com", Mailbox: "bob@example.com"}
	if _, _, err := s.SaveSuperuser(t.Context(), bob, ""); err != nil {
		t.Fatal(err)
	}
	if err := remove(); err != nil {
		t.Errorf("one of two superusers: %v", err)
	}
	if carl := signIn(t, s, app.Address{Email: "carl@example.com", Mailbox: "carl@example.com"}); carl.ID <= user.ID {
		t.Errorf("the number %d of a deleted account is given away again, as %d", user.ID, carl.ID)
	}
}
