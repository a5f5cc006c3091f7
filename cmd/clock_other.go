//go:build !linux

package cmd

// clockIsSynchronized cannot be told here.
func clockIsSynchronized() (set, known bool) { return false, false }
