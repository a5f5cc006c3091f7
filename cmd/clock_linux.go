package cmd

import "golang.org/x/sys/unix"

// clockIsSynchronized reports whether the system synchronizes its clock (adjtimex(2)). known is false if the system
// does not say.
func clockIsSynchronized() (set, known bool) {
	state, err := unix.Adjtimex(&unix.Timex{})
	return state != unix.TIME_ERROR, err == nil
}
