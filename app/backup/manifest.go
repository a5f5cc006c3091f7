package backup

import (
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/mathmuseums/mathmuseums/app/store"
)

// manifestFormat marks a manifest and its version.
const manifestFormat = "mathmuseums-backup/1"

// maxManifest is more than any manifest has, in bytes.
const maxManifest = 1 << 20

// ErrManifest is given for a manifest that is none, or not of the file beside it.
var ErrManifest = errors.New("the manifest does not fit")

// Manifest says what a backup is, so that it can be held against itself.
type Manifest struct {
	Format         string    `json:"format"`
	File           string    `json:"file"`       // name of the database file
	TakenAt        time.Time `json:"taken_at"`   // the moment, UTC, to the second
	Program        string    `json:"program"`    // version of the program that made it
	Size           int64     `json:"size"`       // of the file, in bytes
	SHA256         string    `json:"sha256"`     // of the file, in hexadecimal digits
	Superusers     []string  `json:"superusers"` // mail addresses of those who run the museum, see Superusers
	store.Contents           // schema_version, rows
}

func (m Manifest) text() []byte {
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		panic(err) // it holds nothing that has no JSON
	}
	return append(text, '\n')
}

// parseManifest reads the manifest of a backup.
func parseManifest(text []byte, name string) (m Manifest, err error) {
	if err := json.Unmarshal(text, &m); err != nil {
		return m, fmt.Errorf("%w: %s is not readable: %w", ErrManifest, manifestName(name), err)
	}
	switch {
	case m.Format != manifestFormat:
		return m, fmt.Errorf("%w: %s is of the format %q, this program reads %q", ErrManifest, manifestName(name), m.Format, manifestFormat)
	case m.File != name:
		return m, fmt.Errorf("%w: %s belongs to the file %q", ErrManifest, manifestName(name), m.File)
	}
	return m, nil
}

// check holds a file against the manifest by what was found in it.
func (m Manifest) check(name string, size int64, hexSum string) error {
	switch {
	case size != m.Size:
		return fmt.Errorf("%w: %s has %d bytes, and by its manifest %d: it is not whole", ErrManifest, filepath.Base(name), size, m.Size)
	case hexSum != m.SHA256:
		return fmt.Errorf("%w: %s has another SHA-256 than its manifest says: one of both was changed", ErrManifest, filepath.Base(name))
	}
	return nil
}
