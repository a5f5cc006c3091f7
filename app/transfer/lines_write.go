package transfer

import (
	"bufio"
	"encoding/base64"
	"io"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/store"
)

// lineWriter writes an export in the format "json". It holds one line at a time.
type lineWriter struct {
	snapshot *store.Snapshot
	out      *bufio.Writer
	line     []byte
}

// WriteLines writes the export of all users, or of one user if userID is not 0.
func WriteLines(out io.Writer, snapshot *store.Snapshot, userID int64) error {
	w := &lineWriter{snapshot: snapshot, out: bufio.NewWriterSize(out, 1<<16)}
	w.begin(kindHeader)
	w.line = app.AppendInt(w.line, `,"format":`, exportFormat)
	if err := w.end(); err != nil {
		return err
	}
	for image, err := range snapshot.Images(userID) {
		if err == nil {
			err = w.photo(image)
		}
		if err != nil {
			return err
		}
	}
	for user, err := range snapshot.Users(userID) {
		if err == nil {
			err = w.museum(user)
		}
		if err != nil {
			return err
		}
	}
	w.begin(kindEnd)
	if err := w.end(); err != nil {
		return err
	}
	return w.out.Flush()
}

func (w *lineWriter) begin(kind string) {
	w.line = app.AppendText(w.line[:0], `{"kind":`, kind)
}

func (w *lineWriter) end() error {
	_, err := w.out.Write(append(w.line, '}', '\n'))
	return err
}

// photo writes a photo without loading all of it into memory.
func (w *lineWriter) photo(image app.Image) error {
	w.begin(kindPhoto)
	w.line = app.AppendText(w.line, `,"sha256":`, image.Hash.String())
	w.line = app.AppendText(w.line, `,"media_type":`, image.MediaType)
	if _, err := w.out.Write(append(w.line, `,"bytes":"`...)); err != nil {
		return err
	}
	encoder := base64.NewEncoder(base64.StdEncoding, w.out)
	if _, err := io.Copy(encoder, w.snapshot.ReadImage(image)); err != nil {
		return err
	}
	if err := encoder.Close(); err != nil {
		return err
	}
	w.line = append(w.line[:0], '"')
	return w.end()
}

// museum writes a user with everything that belongs to the user.
func (w *lineWriter) museum(user app.User) error {
	if err := w.user(user); err != nil {
		return err
	}
	for preference, err := range w.snapshot.Preferences(user.ID) {
		if err == nil {
			err = w.preferences(user, preference)
		}
		if err != nil {
			return err
		}
	}
	for tile, err := range w.snapshot.Tiles(user.ID) {
		if err == nil {
			err = w.tile(user, &tile)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (w *lineWriter) user(user app.User) error {
	w.begin(kindUser)
	w.line = app.AppendInt(w.line, `,"id":`, user.ID)
	w.line = app.AppendText(w.line, `,"email":`, user.Mailbox)
	w.line = app.AppendText(w.line, `,"display_name":`, user.DisplayName)
	w.line = app.AppendBool(w.line, `,"is_active":`, user.IsActive)
	w.line = app.AppendBool(w.line, `,"is_staff":`, user.IsStaff)
	w.line = app.AppendBool(w.line, `,"is_superuser":`, user.IsSuperuser)
	w.line = app.AppendMoment(w.line, `,"date_joined":`, user.DateJoined)
	if user.LastLogin.IsZero() {
		w.line = append(w.line, `,"last_login":null`...)
	} else {
		w.line = app.AppendMoment(w.line, `,"last_login":`, user.LastLogin)
	}
	w.line = append(w.line, `,"photos":[`...)
	separator := ""
	for image, err := range w.snapshot.Images(user.ID) {
		if err != nil {
			return err
		}
		w.line = app.AppendText(w.line, separator, image.Hash.String())
		separator = ","
	}
	w.line = append(w.line, ']')
	return w.end()
}

func (w *lineWriter) preferences(user app.User, preference app.Preference) error {
	w.begin(kindPreferences)
	w.line = app.AppendText(w.line, `,"user":`, user.Email)
	w.line = appendPreference(append(w.line, ','), preference)
	return w.end()
}

// tile writes a tile and its versions.
func (w *lineWriter) tile(user app.User, tile *app.Revision) (err error) {
	w.begin(kindTile)
	w.line = app.AppendText(w.line, `,"user":`, user.Email)
	if w.line, err = appendTile(append(w.line, ','), tile); err != nil {
		return err
	}
	if err := w.end(); err != nil {
		return err
	}
	for version, err := range w.snapshot.Versions(tile.ID) {
		if err == nil {
			err = w.version(tile, &version)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (w *lineWriter) version(tile *app.Revision, version *app.TileVersion) error {
	w.begin(kindVersion)
	if version.Deleted == tile.Deleted && version.SameContent(&tile.Tile) && version.Version == tile.Version {
		w.line = app.AppendInt(w.line, `,"id":`, version.ID)
		w.line = app.AppendInt(w.line, `,"version":`, version.Version)
		w.line = appendSaved(w.line, version)
	} else {
		w.line = appendVersion(append(w.line, ','), version)
	}
	return w.end()
}
