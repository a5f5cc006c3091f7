// Package platform holds what differs between operating systems: disks, network drives, owners of files, locks and the
// errors of system calls.
package platform

import "errors"

// IsTaken tells whether somebody else listens at an address.
func IsTaken(err error) bool { return isOneOf(err, taken) }

// IsForeign tells whether an address is not of this machine.
func IsForeign(err error) bool { return isOneOf(err, foreign) }

// IsForbidden tells whether this user may not do it. Windows also forbids ports that it keeps for itself.
func IsForbidden(err error) bool { return isOneOf(err, forbidden) }

// IsRefused tells whether nobody listens at an address.
func IsRefused(err error) bool { return isOneOf(err, refused) }

// IsHangUp tells whether the other side has ended a connection without a word.
func IsHangUp(err error) bool { return isOneOf(err, hangUp) }

// IsFull tells whether a disk has no room left, or a user no more share of it.
func IsFull(err error) bool { return isOneOf(err, full) }

// IsReadOnly tells whether a disk takes no writes.
func IsReadOnly(err error) bool { return isOneOf(err, readOnly) }

func isOneOf(err error, faults []error) bool {
	for _, fault := range faults {
		if errors.Is(err, fault) {
			return true
		}
	}
	return false
}
