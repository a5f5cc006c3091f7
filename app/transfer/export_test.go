package transfer

// SetLimits replaces the real limits, and returns a function that restores them.
func SetLimits(line, directory int) (restore func()) {
	lineBefore, directoryBefore := maxLine, maxDirectory
	maxLine, maxDirectory = line, directory
	return func() { maxLine, maxDirectory = lineBefore, directoryBefore }
}
