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

// Folder is a folder for backups.
type Folder struct{ Path string }

// Where returns the path of a file.
func (f Folder) Where(name string) string { return filepath.Join(f.Path, name) }

// Stage returns the path of a new file in which a backup is made before it is put in its place. Only one process
// makes backups of a museum at a time, so half-made files of a museum come from a killed process, and are deleted.
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

// make creates the folder if there is none. If root creates it, it gets the owner of its parent folder.
func (f Folder) make() error {
	if _, err := os.Stat(f.Path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.MkdirAll(f.Path, 0o700); err != nil {
		return err
	}
	_ = platform.CopyOwner(f.Path, filepath.Dir(f.Path)) // see Put
	return nil
}

// partSuffix marks a file that is not complete yet.
const partSuffix = ".part"

// isHalf reports whether a file is a half-made backup or manifest of a museum.
func isHalf(file, museum string) bool {
	name, ok := strings.CutSuffix(strings.TrimPrefix(file, "."), partSuffix)
	if database, isManifest := databaseName(name); isManifest {
		name = database
	}
	_, of, named := parseName(name)
	return ok && named && of == museum
}

func (f Folder) half(name string) string { return filepath.Join(f.Path, "."+name+partSuffix) }

// Put moves a staged file to its name, whole or not at all. A file made by root gets the owner of the folder.
func (f Folder) Put(_ context.Context, staged, name string) error {
	_ = platform.CopyOwner(staged, f.Path) // not every file system has owners, and a backup with the wrong one is better than none
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
	defer os.Remove(half) // no effect after it got its name
	_, err = file.Write(text)
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	return f.Put(ctx, half, name)
}

// Open opens a file for reading. It returns fs.ErrNotExist if there is none.
func (f Folder) Open(_ context.Context, name string) (io.ReadCloser, error) {
	return os.Open(filepath.Join(f.Path, name))
}

// Delete deletes a file. A missing file is not an error.
func (f Folder) Delete(_ context.Context, name string) error {
	if err := os.Remove(filepath.Join(f.Path, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// List returns the names of the files; none if the folder does not exist yet.
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

// syncFolder syncs the names in a folder to disk. Windows does so by itself and does not support the call.
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
