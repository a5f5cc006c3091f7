package store_test

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"github.com/mathmuseums/mathmuseums/app/store"
	"golang.org/x/crypto/argon2"
)

// The hash must contain everything that another program needs to check a password.
func TestHashPassword(t *testing.T) {
	const password = "violet-harbour-19"
	hash := store.HashPassword(password)
	if hash == store.HashPassword(password) {
		t.Errorf("two hashes of a password are the same: %s", hash)
	}
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[1] != "argon2id" || parts[2] != "v=19" {
		t.Fatalf("not the usual form: %s", hash)
	}
	var memory, passes uint32
	var threads uint8
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &memory, &passes, &threads); err != nil {
		t.Fatalf("cost %q: %v", parts[3], err)
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil || len(salt) != 16 {
		t.Fatalf("salt %q: %v", parts[4], err)
	}
	again := argon2.IDKey([]byte(password), salt, passes, memory, threads, 32)
	if got := base64.RawStdEncoding.EncodeToString(again); got != parts[5] {
		t.Errorf("got hash %s from salt and cost, want %s", got, parts[5])
	}
}
