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

// SecretFile is the name of the file with the key, in the data folder. Who has it can sign in as anybody; without it
// everybody must sign in anew, and nothing else is lost.
const SecretFile = "secret.key"

// LoadSecret reads the installation's key from the data folder. Where there is none it makes one, readable by its owner
// alone.
func LoadSecret(folder string) (app.Secret, error) {
	secret, err := ReadSecret(folder)
	if !errors.Is(err, fs.ErrNotExist) {
		return secret, err
	}
	if err := makeSecret(folder, filepath.Join(folder, SecretFile)); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("make the key file: %w", err)
	}
	return ReadSecret(folder) // what is there now, whoever made it
}

// ReadSecret reads the installation's key. The error is fs.ErrNotExist, wrapped, where there is none.
func ReadSecret(folder string) (app.Secret, error) {
	path := filepath.Join(folder, SecretFile)
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read the key file: %w", err)
	}
	secret, err := hex.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(secret) != app.SecretSize {
		return nil, fmt.Errorf("%s does not hold a key: take it away and a new one is made; everybody then has to sign in again", path)
	}
	return secret, nil
}

// makeSecret writes the whole key before the file gets its name, so that nobody reads half of one; the name is given
// only if it is free.
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
	return os.Rename(file.Name(), path) // memory sticks know no links
}
