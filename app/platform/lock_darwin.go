package platform

// setOFDLock is F_OFD_SETLK of macOS, which golang.org/x/sys does not name.
const setOFDLock = 90
