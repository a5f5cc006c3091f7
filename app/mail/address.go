package mail

import (
	"errors"
	"net/mail"
	"strings"
	"unicode"

	"github.com/mathmuseums/mathmuseums/app"
)

// maxLocalPart is the maximum length of the local part in bytes (RFC 5321, 4.5.3.1).
const maxLocalPart = 64

// checkAddress accepts a bare address that needs no escaping in an SMTP command or a header: no display name, quotes,
// comment or line break.
func checkAddress(address string) error {
	parsed, err := mail.ParseAddress(address)
	switch {
	case address == "":
		return errors.New("there is no address")
	case err != nil || parsed.Name != "" || parsed.Address != address || strings.ContainsFunc(address, isUnprintable):
		return errors.New("this is not a mail address such as ann@example.com")
	case len(address) > app.MaxEmail || strings.LastIndexByte(address, '@') > maxLocalPart:
		return errors.New("the address is too long")
	}
	return nil
}

// CheckFrom returns what is wrong with a sender such as "museum@example.com" or "Math Museums <museum@example.com>",
// or nil.
func CheckFrom(from string) error {
	_, err := parseFrom(from)
	return err
}

func parseFrom(from string) (*mail.Address, error) {
	parsed, err := mail.ParseAddress(from)
	switch {
	case from == "":
		return nil, errors.New("the sender address is missing; write it like museum@example.com")
	case err != nil || strings.ContainsFunc(from, isUnprintable):
		return nil, errors.New("the sender must be an address such as museum@example.com or Math Museums " +
			"<museum@example.com>")
	}
	if err := checkAddress(parsed.Address); err != nil {
		return nil, errors.New("the sender must be an address such as museum@example.com or Math Museums " +
			"<museum@example.com>")
	}
	return parsed, nil
}

func isUnprintable(r rune) bool { return !unicode.IsPrint(r) }

// isASCII reports whether any server can carry an address; others need SMTPUTF8.
func isASCII(address string) bool {
	return !strings.ContainsFunc(address, func(r rune) bool { return r > unicode.MaxASCII })
}
