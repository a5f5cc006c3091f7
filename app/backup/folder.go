package backup

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/mathmuseums/mathmuseums/app/platform"
)

// Folder is a place for backups: named files that are listed, put, opened and deleted.
type Folder struct{ Path string }

// Where is the path of a file.
func (f Folder) Where(name string) string { return filepath.Join(f.Path, name) }

// Stage gives the path of a file that is not there, in which a backup is made before it is put in its place. Only one
// process is here for a museum, so what of it is half made was left by one that was killed, and goes.
func (f Folder) Stage(_ context.Context, name string) (string, error) {
	if err := f.make(); err != nil {
		return "", err
	}
	_, museum, _ := parseName(name)
	entries, err := os.ReadDir(f.Path)
	if err != nil {
		return "", err
	}
	for _, entry := range entries {
		if isHalf(entry.Name(), museum) {
			if err := os.Remove(filepath.Join(f.Path, entry.Name())); err != nil {
				return "", err
			}
		}
	}
	return f.half(name), nil
}

// make makes the folder where there is none. One that root makes is for whom the folder belongs to that it is in.
func (f Folder) make() error {
	if _, err := os.Stat(f.Path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.MkdirAll(f.Path, 0o700); err != nil {
		return err
	}
	_ = platform.Adopt(f.Path, filepath.Dir(f.Path)) // see Put
	return nil
}

// partSuffix marks what is not whole yet.
const partSuffix = ".part"

// isHalf tells whether a file is half a backup, or half a manifest, of a museum.
func isHalf(file, museum string) bool {
	name, ok := strings.CutSuffix(strings.TrimPrefix(file, "."), partSuffix)
	if database, isManifest := databaseName(name); isManifest {
		name = database
	}
	_, of, named := parseName(name)
	return ok && named && of == museum
}

func (f Folder) half(name string) string { return filepath.Join(f.Path, "."+name+partSuffix) }

// Put moves a staged file to its name, whole or not at all. One that root has made is for the owner of the folder.
func (f Folder) Put(_ context.Context, staged, name string) error {
	_ = platform.Adopt(staged, f.Path) // not every disk knows owners, and a backup of the wrong one is better than none
	if err := os.Rename(staged, filepath.Join(f.Path, name)); err != nil {
		return err
	}
	return syncFolder(f.Path)
}

// PutText writes a short file, whole or not at all.
func (f Folder) PutText(ctx context.Context, name string, text []byte) error {
	half := f.half(name)
	file, err := os.OpenFile(half, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer os.Remove(half) // of no effect once it has its name
	_, err = file.Write(text)
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	return f.Put(ctx, half, name)
}

// Open opens a file for reading; fs.ErrNotExist where there is none.
func (f Folder) Open(_ context.Context, name string) (io.ReadCloser, error) {
	return os.Open(filepath.Join(f.Path, name))
}

// Delete deletes a file. One that is gone already is no error.
func (f Folder) Delete(_ context.Context, name string) error {
	if err := os.Remove(filepath.Join(f.Path, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// List names the files; none where there is no folder yet.
func (f Folder) List(context.Context) (names []string, err error) {
	entries, err := os.ReadDir(f.Path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	for _, entry := range entries {
		if entry.Type().IsRegular() {
			names = append(names, entry.Name())
		}
	}
	return names, err
}

// syncFolder makes sure that the names in a folder are on the disk. Windows does that by itself, and cannot be asked.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	err = folder.Sync()
	if errors.Is(err, errors.ErrUnsupported) || errors.Is(err, fs.ErrPermission) || errors.Is(err, fs.ErrInvalid) {
		err = nil
	}
	return errors.Join(err, folder.Close())
}
