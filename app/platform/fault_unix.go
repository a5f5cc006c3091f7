//go:build unix

package platform

import (
	"io/fs"
	"syscall"
)

var (
	taken     = []error{syscall.EADDRINUSE}
	foreign   = []error{syscall.EADDRNOTAVAIL}
	forbidden = []error{fs.ErrPermission}
	refused   = []error{syscall.ECONNREFUSED}
	hangUp    = []error{syscall.ECONNRESET, syscall.EPIPE}
	full      = []error{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG}
	readOnly  = []error{syscall.EROFS}
)
