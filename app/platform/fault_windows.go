package platform

import (
	"io/fs"

	"golang.org/x/sys/windows" // has error numbers of Windows that syscall lacks
)

var (
	taken     = []error{windows.WSAEADDRINUSE}
	foreign   = []error{windows.WSAEADDRNOTAVAIL}
	forbidden = []error{fs.ErrPermission, windows.WSAEACCES}
	refused   = []error{windows.WSAECONNREFUSED}
	hangUp    = []error{windows.WSAECONNRESET, windows.WSAECONNABORTED, windows.ERROR_BROKEN_PIPE}
	full      = []error{windows.ERROR_DISK_FULL, windows.ERROR_HANDLE_DISK_FULL, windows.ERROR_DISK_QUOTA_EXCEEDED, windows.ERROR_FILE_TOO_LARGE}
	readOnly  = []error{windows.ERROR_WRITE_PROTECT}
)
