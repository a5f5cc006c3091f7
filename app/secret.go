package app

import (
	"crypto/hkdf"
	"crypto/sha256"
)

// Secret is the random key of an installation, from which every other key is derived.
type Secret []byte

// SecretSize is the length of a Secret in bytes.
const SecretSize = 32

// Key derives a key of size bytes for one purpose (HKDF, RFC 5869).
func (s Secret) Key(purpose string, size int) []byte {
	key, err := hkdf.Key(sha256.New, s, nil, "mathmuseums "+purpose, size)
	if err != nil {
		panic(err) // only if size exceeds 255 hashes, which is a bug in the caller
	}
	return key
}
