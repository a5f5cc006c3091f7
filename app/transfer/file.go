package transfer

import (
	"errors"
	"io"
	"os"
	"path/filepath"
)

// WriteFile has a file written whole or not at all: what was there under the path stays until all is on the disk. Its
// owner alone may read it. The error of write comes back as it is.
func WriteFile(path string, write func(io.Writer) error) error {
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*") // mode 0600
	if err != nil {
		return err
	}
	if err := errors.Join(write(file), file.Sync(), file.Close()); err != nil {
		return errors.Join(err, os.Remove(file.Name()))
	}
	if err := os.Rename(file.Name(), path); err != nil {
		return errors.Join(err, os.Remove(file.Name()))
	}
	if folder, err := os.Open(filepath.Dir(path)); err == nil {
		_ = folder.Sync() // not every system can
		folder.Close()
	}
	return nil
}
