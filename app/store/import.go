package store

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/mathmuseums/mathmuseums/app"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Record is one thing to import: exactly one of the fields from Photo on is set.
type Record struct {
	File  string // in a zip file, for messages; "" outside of one
	Line  int    // of the file, for messages; 0 for none
	Email string // the owner's, as in app.User; "" for a photo
	Note  string // for the report: what the person who imports should know; may be ""

	Photo      []byte        // its bytes; precedes its owners
	User       *ImportedUser // precedes everything that belongs to the user; may be repeated
	Preference *ImportedPreference
	Tile       *app.Revision    // keeps its ID if that is free here
	Version    *app.TileVersion // follows its tile, whose ID it has, with only versions in between
}

// ImportedUser is an account in a file.
type ImportedUser struct {
	app.User
	Photos []app.ImageHash // whose bytes are in the same file
}

// ImportedPreference holds a user's preferences in a file.
type ImportedPreference struct {
	app.Preference
	Partial bool // without the fields that the earlier app did not have: the museum's name and the fit
}

// RowError is an error in one line of a file. An error in a whole file within a zip has line 0.
type RowError struct {
	File string
	Line int
	Err  error
}

func (e *RowError) Error() string {
	text := e.Err.Error()
	if e.Line > 0 {
		text = fmt.Sprintf("line %d: %s", e.Line, text)
	}
	if e.File != "" {
		text = fmt.Sprintf("%q, %s", e.File, text) // quoted: the author of the file chose the name
	}
	return text
}

func (e *RowError) Unwrap() error { return e.Err }

// maxRowErrors bounds the bad rows that are listed and the notes that are kept; all bad rows are counted.
const maxRowErrors = 100

// ImportOptions configure an import.
type ImportOptions struct {
	DryRun  bool   // report what would change, and change nothing
	SkipBad bool   // import the good rows and skip the bad ones
	Subject string // for the audit log: what was imported
}

// ImportReport says what an import did, or would do.
type ImportReport struct {
	Users, Preferences, Tiles, Versions, Photos int // new here
	Superusers                                  int // among the new users

	Replaced int // tiles and preferences that were older here than in the file; the replaced tiles are kept as versions
	Kept     int // tiles that are newer here; those of the file are kept as versions
	Same     int // tiles that were here already

	Notes   []string   // the first notes of the records
	Bad     []RowError // the first bad rows
	BadRows int        // the number of all bad rows
}

// Changed reports whether the import changed anything.
func (r *ImportReport) Changed() bool {
	return r.Users+r.Preferences+r.Tiles+r.Versions+r.Photos+r.Replaced+r.Kept > 0
}

// ErrBadRows is returned if nothing was imported because of bad rows, which the report lists.
var ErrBadRows = errors.New("some lines are not right, so nothing was imported")

// errDryRun ends the transaction of a dry run.
var errDryRun = errors.New("this was a dry run")

// Import imports records one by one in one transaction. Nothing that is here is lost. An existing account is changed
// only by the records that follow it. If a tile is both here and in the file, the one that was changed later becomes
// current and the other is kept as a version, marked as a conflict if notes or graph differ; a tile that is current
// here is never deleted. Importing a file again changes nothing. A record's error that is a *RowError marks a bad
// row; any other error ends the import.
func (s *Store) Import(ctx context.Context, records iter.Seq2[Record, error], options ImportOptions) (report ImportReport, err error) {
	err = s.writing(ctx, func(tx runner) error {
		i := importer{runner: tx, report: &report, photosHere: map[int64]bool{}, renamed: map[app.ImageHash]app.ImageHash{}}
		if err := i.begin(ctx); err != nil {
			return err
		}
		for record, err := range records {
			if err == nil {
				err = i.take(ctx, record)
			}
			if err == nil && record.Note != "" && len(report.Notes) < maxRowErrors {
				report.Notes = append(report.Notes, record.Note)
			}
			if err = i.bad(record, err); err != nil {
				return err
			}
		}
		if err := i.finish(ctx); err != nil {
			return err
		}
		switch {
		case report.BadRows > 0 && !options.SkipBad:
			return ErrBadRows
		case options.DryRun:
			return errDryRun
		case report.Changed():
			return tx.record(ctx, app.AuditEvent{Action: app.ActionImport, Subject: options.Subject})
		}
		return nil
	})
	if errors.Is(err, errDryRun) {
		err = nil
	}
	return report, err
}

// importer is the state of an import.
type importer struct {
	runner
	report     *ImportReport
	lastUser   int64                           // the highest account number before the import
	lastPhoto  int64                           // the highest id of a photo before the import
	photosHere map[int64]bool                  // the file's photos that were here before
	renamed    map[app.ImageHash]app.ImageHash // see cleaned
	person     person
	tile       importedTile
}

func (i *importer) begin(ctx context.Context) error {
	err := i.scan(ctx, `select coalesce(max(seq), 0) from sqlite_sequence where name = 'users'`, nil, &i.lastUser)
	if err == nil {
		err = i.scan(ctx, `select coalesce(max(id), 0) from images`, nil, &i.lastPhoto)
	}
	return err
}

// bad records a bad row, and returns any other error.
func (i *importer) bad(record Record, err error) error {
	if err == nil {
		return nil
	}
	row, ok := errors.AsType[*RowError](err)
	if !ok {
		if failure, broken := errors.AsType[*sqlite.Error](err); !broken || failure.Code()&0xff != sqlite3.SQLITE_CONSTRAINT {
			return err
		}
		row = rowError(record, "the database does not take this: %w", err)
	}
	if i.report.BadRows++; len(i.report.Bad) < maxRowErrors {
		i.report.Bad = append(i.report.Bad, *row)
	}
	return nil
}

// rowError returns an error for a record.
func rowError(record Record, format string, args ...any) *RowError {
	return &RowError{record.File, record.Line, fmt.Errorf(format, args...)}
}

func (i *importer) take(ctx context.Context, record Record) error {
	record = i.cleaned(record)
	if record.Version != nil {
		return i.takeVersion(ctx, record)
	}
	if err := i.finishTile(ctx); err != nil {
		return err
	}
	if record.Photo != nil {
		return i.takePhoto(ctx, record)
	}
	if err := i.enter(ctx, record); err != nil {
		return err
	}
	switch {
	case record.User != nil:
		return i.takePhotos(ctx, record)
	case record.Preference != nil:
		return i.takePreference(ctx, *record.Preference)
	case record.Tile != nil:
		return i.takeTile(ctx, record)
	}
	return nil
}

// finish completes the last person and deletes photos without owners.
func (i *importer) finish(ctx context.Context) error {
	if err := i.finishTile(ctx); err != nil {
		return err
	}
	if err := i.leave(ctx); err != nil {
		return err
	}
	dropped, err := i.exec(ctx, `delete from images where id > $1 and not exists (select 1 from image_owners where image_id = images.id)`, i.lastPhoto)
	i.report.Photos -= int(dropped)
	return err
}
