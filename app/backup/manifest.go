package backup

import (
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/mathmuseums/mathmuseums/app/store"
)

// manifestFormat identifies a manifest and its version.
const manifestFormat = "mathmuseums-backup/1"

// maxManifest is the limit of a manifest's size, in bytes.
const maxManifest = 1 << 20

// ErrManifest is returned for an invalid manifest, or one that does not match its backup.
var ErrManifest = errors.New("the manifest does not fit")

// Manifest describes a backup, so that its file can be checked.
type Manifest struct {
	Format         string    `json:"format"`
	File           string    `json:"file"`       // name of the database file
	TakenAt        time.Time `json:"taken_at"`   // UTC, to the second
	Program        string    `json:"program"`    // version of the program that made it
	Size           int64     `json:"size"`       // of the file, in bytes
	SHA256         string    `json:"sha256"`     // of the file, in hexadecimal
	Superusers     []string  `json:"superusers"` // mail addresses of the superusers, see Superusers
	store.Contents           // schema_version, rows
}

func (m Manifest) text() []byte {
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		panic(err) // every manifest can be encoded
	}
	return append(text, '\n')
}

// parseManifest parses the manifest of a backup.
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

// check compares a file's size and hash with the manifest.
func (m Manifest) check(name string, size int64, hexSum string) error {
	switch {
	case size != m.Size:
		return fmt.Errorf("%w: %s has %d bytes instead of the %d in its manifest: it is incomplete", ErrManifest, filepath.Base(name), size, m.Size)
	case hexSum != m.SHA256:
		return fmt.Errorf("%w: %s has another SHA-256 than its manifest: one of them was changed", ErrManifest, filepath.Base(name))
	}
	return nil
}
