package store

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"

	"golang.org/x/crypto/argon2"
)

// Cost of a password's hash: 19 MiB of memory and two passes, as OWASP advises for argon2id. More memory would hurt on
// small hosts.
const (
	hashMemory  = 19 * 1024 // KiB
	hashPasses  = 2
	hashThreads = 1
	hashSalt    = 16
	hashSize    = 32
)

// HashPassword gives what is kept of a password: its argon2id hash with salt and cost, in the usual text form
// ($argon2id$v=19$m=...), so that later hashes may cost more.
func HashPassword(password string) string {
	salt := make([]byte, hashSalt)
	_, _ = rand.Read(salt) // never fails: it ends the program where the system has no randomness
	hash := argon2.IDKey([]byte(password), salt, hashPasses, hashMemory, hashThreads, hashSize)
	encode := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s",
		argon2.Version, hashMemory, hashPasses, hashThreads, encode(salt), encode(hash))
}
