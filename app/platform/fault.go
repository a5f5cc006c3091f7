// Package platform holds what differs between operating systems: disks, network drives, owners of files, locks and
// the errors of system calls.
package platform

import "errors"

// IsTaken reports whether another process listens at an address.
func IsTaken(err error) bool { return isOneOf(err, taken) }

// IsForeign reports whether an address does not belong to this machine.
func IsForeign(err error) bool { return isOneOf(err, foreign) }

// IsForbidden reports whether this user lacks the permission. Windows also forbids ports that it reserves for itself.
func IsForbidden(err error) bool { return isOneOf(err, forbidden) }

// IsRefused reports whether nothing listens at an address.
func IsRefused(err error) bool { return isOneOf(err, refused) }

// IsHangUp reports whether the peer has broken off a connection.
func IsHangUp(err error) bool { return isOneOf(err, hangUp) }

// IsFull reports whether a disk is full, or the user's quota used up.
func IsFull(err error) bool { return isOneOf(err, full) }

// IsReadOnly reports whether a disk is read-only.
func IsReadOnly(err error) bool { return isOneOf(err, readOnly) }

func isOneOf(err error, faults []error) bool {
	for _, fault := range faults {
		if errors.Is(err, fault) {
			return true
		}
	}
	return false
}
