package store

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
	"golang.org/x/crypto/argon2"
)

// The cost of a password hash is 19 MiB of memory and two passes, as OWASP recommends for argon2id. More memory would
// hurt on small hosts.
const (
	hashMemory  = 19 * 1024 // KiB
	hashPasses  = 2
	hashThreads = 1
	hashSalt    = 16
	hashSize    = 32
)

// HashPassword returns the argon2id hash of a password with salt and cost in the usual text form
// ($argon2id$v=19$m=...), so that later hashes may cost more.
func HashPassword(password string) string {
	salt := make([]byte, hashSalt)
	_, _ = rand.Read(salt) // never fails: crypto/rand ends the program if the system has no randomness
	hash := argon2.IDKey([]byte(password), salt, hashPasses, hashMemory, hashThreads, hashSize)
	encode := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s",
		argon2.Version, hashMemory, hashPasses, hashThreads, encode(salt), encode(hash))
}

// checkPassword reports whether a password matches a hash. It takes as long without a hash, so that timing does not
// reveal who has a password.
func checkPassword(password, hash string) bool {
	parts := strings.Split(hash, "$")
	var memory, passes uint32
	var threads uint8
	known := len(parts) == 6
	if known {
		_, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &memory, &passes, &threads)
		known = err == nil && parts[1] == "argon2id"
	}
	if !known {
		argon2.IDKey([]byte(password), make([]byte, hashSalt), hashPasses, hashMemory, hashThreads, hashSize)
		return false
	}
	salt, errSalt := base64.RawStdEncoding.DecodeString(parts[4])
	want, errWant := base64.RawStdEncoding.DecodeString(parts[5])
	if errSalt != nil || errWant != nil || len(want) == 0 {
		return false
	}
	got := argon2.IDKey([]byte(password), salt, passes, memory, threads, uint32(len(want)))
	return subtle.ConstantTimeCompare(got, want) == 1
}

// PasswordSignIn is an attempt to sign in with a password, which only superusers have.
type PasswordSignIn struct {
	Address  app.Address
	Password string
	Browser  Browser
	Session  NewSession
	Limits   app.SignInLimits
}

// errWrongPassword is returned for a wrong password, an unknown address and an account without a password alike.
var errWrongPassword = app.Errorf(app.KindInvalid, "The address or the password is not right. Please try again, or ask for a code.")

// wrongPasswords limits the tries of a password: per day, separately for each browser that has signed in as the
// address before; and since the last sign-in as the address, for all other browsers together.
func (p PasswordSignIn) wrongPasswords() []throttle {
	day := throttle{kind: kindWrongPasswords, subject: p.Address.Email, browser: p.Browser.ifKnown(), limit: p.Limits.WrongCodesPerDay, window: 24 * time.Hour}
	if p.Browser.Known {
		return []throttle{day}
	}
	return []throttle{day, {kind: kindPasswordRow, subject: p.Address.Email, limit: p.Limits.WrongCodesInARow, window: rowWindow, slides: true}}
}

// SignInWithPassword tries a password. A right one starts a session; wrong ones are counted like wrong codes.
func (s *Store) SignInWithPassword(ctx context.Context, try PasswordSignIn) (in SignedIn, err error) {
	var isLast bool
	if err := s.writing(ctx, func(tx runner) error { // counted before it is tried, so that concurrent requests get no more tries
		for _, tries := range try.wrongPasswords() {
			last, err := tx.count(ctx, tries, s.Now(), "Too many wrong passwords were tried for this address. Please use a code, or a device on which you have signed in before.")
			if err != nil {
				return err
			}
			isLast = isLast || last
		}
		return nil
	}); err != nil {
		return in, err
	}
	user, err := s.FindUser(ctx, try.Address)
	if err != nil && app.KindOf(err) != app.KindNotFound {
		return in, err
	}
	if !s.checkPasswordInTurn(try.Password, user.PasswordHash) || !user.IsActive || !user.IsSuperuser {
		if isLast {
			err = s.Record(ctx, app.AuditEvent{Action: app.ActionSignInLimit, Subject: try.Address.Email, Address: try.Session.Address})
			return in, errors.Join(errWrongPassword, err)
		}
		return in, errWrongPassword
	}
	err = s.writing(ctx, func(tx runner) error {
		for _, tries := range try.wrongPasswords() {
			if err := tx.uncount(ctx, tries); err != nil {
				return err
			}
		}
		in, err = tx.beginSession(ctx, user, try.Session, s.Now())
		return err
	})
	return in, err
}

// checkPasswordInTurn checks one password at a time: each takes 19 MiB, and small hosts have little more.
func (s *Store) checkPasswordInTurn(password, hash string) bool {
	s.hashing.Lock()
	defer s.hashing.Unlock()
	return checkPassword(password, hash)
}
