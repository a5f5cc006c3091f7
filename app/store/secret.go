package store

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/mathmuseums/mathmuseums/app"
)

// SecretFile is the name of the key file in the data folder. Whoever has it can sign in as anyone; without it
// everyone must sign in again, and nothing else is lost.
const SecretFile = "secret.key"

// LoadSecret reads the installation's key from the data folder. If there is none it creates one, readable only by its
// owner.
func LoadSecret(folder string) (app.Secret, error) {
	secret, err := ReadSecret(folder)
	if !errors.Is(err, fs.ErrNotExist) {
		return secret, err
	}
	if err := makeSecret(folder, filepath.Join(folder, SecretFile)); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("make the key file: %w", err)
	}
	return ReadSecret(folder) // the file may be another process's
}

// ReadSecret reads the installation's key. The error wraps fs.ErrNotExist if there is none.
func ReadSecret(folder string) (app.Secret, error) {
	path := filepath.Join(folder, SecretFile)
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read the key file: %w", err)
	}
	secret, err := hex.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(secret) != app.SecretSize {
		return nil, fmt.Errorf("%s does not hold a key: remove it and a new one is created; everyone then has to sign in again", path)
	}
	return secret, nil
}

// makeSecret writes the whole key before the file gets its name, so that nobody reads half of one. An existing file
// is kept.
func makeSecret(folder, path string) error {
	secret := make([]byte, app.SecretSize)
	if _, err := rand.Read(secret); err != nil {
		return err
	}
	file, err := os.CreateTemp(folder, SecretFile+".*") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	_, err = file.WriteString(hex.EncodeToString(secret) + "\n")
	err = errors.Join(err, file.Sync(), file.Close())
	if err != nil {
		return err
	}
	if err = os.Link(file.Name(), path); err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	return os.Rename(file.Name(), path) // some file systems, such as those of memory sticks, have no links
}
