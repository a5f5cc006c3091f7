//go:build !linux && !darwin && !windows

package store

// onNetwork cannot be told here; a WAL on a network drive is then the operator's risk.
func onNetwork(string) bool { return false }
