package transfer

// SetLimits puts others in place of the real limits, and gives a function that puts those back.
func SetLimits(line, directory int) (restore func()) {
	lineBefore, directoryBefore := maxLine, maxDirectory
	maxLine, maxDirectory = line, directory
	return func() { maxLine, maxDirectory = lineBefore, directoryBefore }
}
