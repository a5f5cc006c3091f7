package transfer_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/apptest"
	"github.com/mathmuseums/mathmuseums/app/store"
	"github.com/mathmuseums/mathmuseums/app/transfer"
)

// tileOf returns a user's current tile of a type and its history, the oldest version first.
func tileOf(t *testing.T, museum *store.Store, email, concept string) (hanging *app.Tile, history []app.TileVersion) {
	t.Helper()
	user, err := museum.FindUser(t.Context(), app.Address{Email: email})
	if err != nil {
		t.Fatal(err)
	}
	tiles, err := museum.ListTiles(t.Context(), user.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, tile := range tiles {
		if tile.ConceptType == concept {
			hanging = &tile
		}
	}
	ids, err := museum.ListTileIDs(t.Context(), user.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		for above := int64(0); ; {
			version, found, err := museum.NextTileVersion(t.Context(), user.ID, id, above)
			if err != nil {
				t.Fatal(err)
			}
			if !found {
				break
			}
			if above = version.Version; version.ConceptType == concept {
				history = append(history, version)
			}
		}
	}
	return hanging, history
}

// TestWhatIsHereIsNotLost imports a file into a museum in which work has continued.
func TestWhatIsHereIsNotLost(t *testing.T) {
	for _, test := range []struct {
		name          string
		here, file    string // notes
		hereLater     bool
		takenDownHere bool
		hangs         string
		lost          string // which notes are marked as having lost; "": none
		versions      int
	}{
		{"the same", "a", "a", true, false, "a", "", 1},
		{"newer here", "here", "file", true, false, "here", "file", 3},
		{"newer in the file", "here", "file", false, false, "file", "here", 2},
		{"taken down here", "here", "file", true, true, "file", "", 3},
		{"taken down here, and known", "a", "a", true, true, "", "", 2},
	} {
		t.Run(test.name, func(t *testing.T) {
			from, to := apptest.NewMuseum(t), apptest.NewMuseum(t)
			from.Clock.Advance(-2 * time.Hour)
			to.Clock.Advance(-2 * time.Hour)
			if test.hereLater {
				to.Clock.Advance(90 * time.Minute)
			} else {
				from.Clock.Advance(90 * time.Minute)
			}
			for museum, notes := range map[*apptest.Museum]string{from: test.file, to: test.here} {
				museum.NewMember(t, "ann@example.com").Send("POST", "/api/tiles/", map[string]any{"concept_type": "linear", "description": notes})
			}
			if test.takenDownHere {
				tile, _ := tileOf(t, to.Store, "ann@example.com", "linear")
				if err := to.Store.DeleteTile(t.Context(), tile.UserID, tile.ID, 0, app.Device{}); err != nil {
					t.Fatal(err)
				}
			}
			file := lines(t, from.Store)
			for range 2 {
				mustTake(t, to.Store, file, "")
				hanging, history := tileOf(t, to.Store, "ann@example.com", "linear")
				got := ""
				if hanging != nil {
					got = hanging.Description
				}
				if got != test.hangs || len(history) != test.versions {
					t.Errorf("%q hangs, want %q; %d versions, want %d", got, test.hangs, len(history), test.versions)
				}
				lost := ""
				for _, version := range history {
					if version.Conflict == app.OpenConflict {
						lost += version.Description
					}
				}
				if lost != test.lost {
					t.Errorf("%q is marked, want %q", lost, test.lost)
				}
			}
		})
	}
}

func TestWhatIsTakenDownInTheFileStaysHere(t *testing.T) {
	from, to := apptest.NewMuseum(t), apptest.NewMuseum(t)
	for _, museum := range []*apptest.Museum{from, to} {
		museum.NewMember(t, "ann@example.com").Send("POST", "/api/tiles/", map[string]any{"concept_type": "linear", "description": "here"})
	}
	tile, _ := tileOf(t, from.Store, "ann@example.com", "linear")
	if err := from.Store.DeleteTile(t.Context(), tile.UserID, tile.ID, 0, app.Device{}); err != nil {
		t.Fatal(err)
	}
	before := lines(t, to.Store)
	if report := mustTake(t, to.Store, lines(t, from.Store), ""); report.Changed() || lines(t, to.Store) != before {
		t.Errorf("got %+v", report)
	}
}

// TestRightsAreNotGivenToAccountsThatAreHere imports a file that claims more rights for an existing account.
func TestRightsAreNotGivenToAccountsThatAreHere(t *testing.T) {
	from, to := apptest.NewMuseum(t), apptest.NewMuseum(t)
	from.NewSuperuser(t, "ann@example.com")
	from.NewSuperuser(t, "head@example.com")
	to.NewMember(t, "ann@example.com")
	report := mustTake(t, to.Store, lines(t, from.Store), "")
	ann, _ := to.Store.FindUser(t.Context(), app.Address{Email: "ann@example.com"})
	head, _ := to.Store.FindUser(t.Context(), app.Address{Email: "head@example.com"})
	if ann.IsSuperuser || ann.IsStaff || !head.IsSuperuser || report.Superusers != 1 || report.Users != 1 {
		t.Errorf("Ann is %+v, the head %+v; %+v", ann, head, report)
	}
}

// TestNobodyGetsAPhotoByItsName imports a file that refers to another user's photo.
func TestNobodyGetsAPhotoByItsName(t *testing.T) {
	museum := apptest.NewMuseum(t)
	museum.NewMember(t, "ann@example.com")
	ann, _ := museum.Store.FindUser(t.Context(), app.Address{Email: "ann@example.com"})
	photo, _, err := museum.Store.CreateImage(t.Context(), ann.ID, apptest.PNG(t, 20, 20, 1))
	if err != nil {
		t.Fatal(err)
	}
	all := strings.ReplaceAll(lines(t, museum.Store), "ann@example.com", "eve@example.com")
	header, rest, _ := strings.Cut(all, "\n")
	_, users, _ := strings.Cut(rest, "\n") // without the line of the photo
	report, err := take(t, museum.Store, header+"\n"+users, "", store.ImportOptions{SkipBad: true})
	if err != nil || report.BadRows != 1 || !strings.Contains(report.Bad[0].Error(), "is not in the file") {
		t.Errorf("got %+v, %v", report, err)
	}
	eve, err := museum.Store.FindUser(t.Context(), app.Address{Email: "eve@example.com"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := museum.Store.FindImage(t.Context(), &eve, photo.Hash); err == nil {
		t.Error("Eve has Ann's photo")
	}
	mustTake(t, museum.Store, all, "")
	if _, err := museum.Store.FindImage(t.Context(), &eve, photo.Hash); err != nil {
		t.Errorf("who brings the bytes does not get the photo: %v", err)
	}
}

func TestADamagedPhotoIsRefused(t *testing.T) {
	museum := apptest.NewMuseum(t)
	museum.NewMember(t, "ann@example.com")
	ann, _ := museum.Store.FindUser(t.Context(), app.Address{Email: "ann@example.com"})
	if _, _, err := museum.Store.CreateImage(t.Context(), ann.ID, apptest.PNG(t, 20, 20, 1)); err != nil {
		t.Fatal(err)
	}
	text := lines(t, museum.Store)
	i := strings.Index(text, `"bytes":"`) + 200
	report, err := take(t, newStore(t), text[:i]+"AAAA"+text[i+4:], "", store.ImportOptions{})
	if !errors.Is(err, store.ErrBadRows) || report.Bad[0].Line != 2 || !strings.Contains(report.Bad[0].Error(), "this photo is damaged") {
		t.Errorf("got %+v, %v", report, err)
	}
	alone := newStore(t) // of Bob there is nothing, not even the photo
	if report, err := take(t, alone, text, "bob@example.com", store.ImportOptions{}); err == nil || !strings.Contains(err.Error(), "no account with the address bob@example.com") || report.Tiles > 0 {
		t.Errorf("of nobody: %+v, %v", report, err)
	}
}

// TestOneMuseumIsTakenFromTheExportOfAll compares it with the export of that museum.
func TestOneMuseumIsTakenFromTheExportOfAll(t *testing.T) {
	from := newStore(t)
	if _, err := from.Import(t.Context(), transfer.Demo(1, 5, time.Now()), store.ImportOptions{}); err != nil {
		t.Fatal(err)
	}
	var third app.User
	for user, err := range from.Users(t.Context(), 3) {
		if err != nil {
			t.Fatal(err)
		}
		third = user
	}
	var want bytes.Buffer
	if err := from.Read(t.Context(), func(s *store.Snapshot) error { return transfer.WriteLines(&want, s, third.ID) }); err != nil {
		t.Fatal(err)
	}
	to := newStore(t)
	mustTake(t, to, lines(t, from), third.Email)
	if got := lines(t, to); got != want.String() || strings.Count(got, "\n") < 10 {
		t.Errorf("got\n%.300s\nwant\n%.300s", got, want.String())
	}
}
