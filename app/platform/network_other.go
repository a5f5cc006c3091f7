//go:build !linux && !darwin && !windows

package platform

// OnNetwork cannot be told here; a WAL on a network drive is then the operator's risk.
func OnNetwork(string) bool { return false }
