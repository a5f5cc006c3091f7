//go:build !linux && !darwin && !windows

package platform

// OnNetwork is not supported on this system; a WAL on a network drive is the operator's risk.
func OnNetwork(string) bool { return false }
