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

// Record is one thing to be imported: one of the fields from Photo on is set.
type Record struct {
	File  string // in a zip file, for people; "" for a file of its own
	Line  int    // of the file, for people; 0: none
	Email string // whose it is, as in app.User; "" for a photo
	Note  string // what whoever imports the file should know of it, for the report; "" for nothing

	Photo      []byte        // its bytes; comes before whoever has it
	User       *ImportedUser // comes before what is the user's; may come again
	Preference *ImportedPreference
	Tile       *app.Revision    // its ID is kept if nothing here has it
	Version    *app.TileVersion // comes after its tile, whose ID it has, with nothing but versions between
}

// ImportedUser is an account in a file.
type ImportedUser struct {
	app.User
	Photos []app.ImageHash // whose bytes are in the same file
}

// ImportedPreference is what somebody likes, in a file.
type ImportedPreference struct {
	app.Preference
	Partial bool // without what the earlier app did not know: the museum's name and the fit
}

// RowError is what is wrong with a line of a file. What is wrong with a whole file in a zip has the line 0.
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
		text = fmt.Sprintf("%q, %s", e.File, text) // quoted: whoever made the file chose the name
	}
	return text
}

func (e *RowError) Unwrap() error { return e.Err }

// maxRowErrors bounds how many bad rows are named, and how many notes are kept; bad rows are all counted.
const maxRowErrors = 100

// ImportOptions say how to import.
type ImportOptions struct {
	DryRun  bool   // find out what would change, and change nothing
	SkipBad bool   // take the rest where rows are bad
	Subject string // for the audit log: what was imported
}

// ImportReport is what an import has done, or would do.
type ImportReport struct {
	Users, Preferences, Tiles, Versions, Photos int // that are new here
	Superusers                                  int // among the new users

	Replaced int // tiles and preferences that were older here than in the file; tiles as they were are kept as versions
	Kept     int // tiles that are newer here than in the file, which was kept as a version
	Same     int // tiles that were here already

	Notes   []string   // the first of the records' notes
	Bad     []RowError // the first of them
	BadRows int        // all of them
}

// Changed tells whether anything is another now.
func (r *ImportReport) Changed() bool {
	return r.Users+r.Preferences+r.Tiles+r.Versions+r.Photos+r.Replaced+r.Kept > 0
}

// ErrBadRows is given where nothing was imported because of rows that are bad: the report names them.
var ErrBadRows = errors.New("some lines are not right, so nothing was imported")

// errDryRun ends the transaction of a dry run.
var errDryRun = errors.New("this was a dry run")

// Import takes in what a file holds, in one transaction, one record at a time. Nothing that is here is lost: of an account
// that is here nothing is changed but what follows; of a tile that is here and in the file, the one that was changed later
// hangs and the other is kept as a version, marked for the student to choose where notes or graph differ; what hangs here
// is never taken down. A file that is imported again changes nothing. An error that comes with a record and is a *RowError
// is that of a bad row, any other one ends the import.
func (s *Store) Import(ctx context.Context, records iter.Seq2[Record, error], options ImportOptions) (report ImportReport, err error) {
	err = s.writing(ctx, func(tx runner) error {
		i := importer{runner: tx, report: &report, photosHere: map[int64]bool{}}
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

// importer is an import under way.
type importer struct {
	runner
	report     *ImportReport
	lastUser   int64          // the highest number that an account ever had before the import
	lastPhoto  int64          // the highest id of a photo before the import
	photosHere map[int64]bool // the file's photos that were here before
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

// bad notes a row that is bad, and gives any other error back.
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

// rowError makes the error of a record.
func rowError(record Record, format string, args ...any) *RowError {
	return &RowError{record.File, record.Line, fmt.Errorf(format, args...)}
}

func (i *importer) take(ctx context.Context, record Record) error {
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

// finish ends the last person's part, and drops photos that nobody has.
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
