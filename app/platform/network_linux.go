package platform

import (
	"path/filepath"
	"slices"
	"syscall"
)

// networkMagic are the types of network file systems (statfs(2), linux/magic.h).
var networkMagic = []uint32{
	0x6969,     // NFS
	0xff534d42, // CIFS
	0xfe534d42, // SMB2
	0x517b,     // SMB
	0x01021997, // 9P
	0x5346414f, // AFS
	0x00c36400, // Ceph
	0x65735546, // FUSE: sshfs, and others that cannot be told apart from it
	0x47504653, // GPFS
	0x0bd00bd0, // Lustre
}

// OnNetwork reports whether a file is on a network file system.
func OnNetwork(path string) bool {
	var stat syscall.Statfs_t
	if err := syscall.Statfs(filepath.Dir(path), &stat); err != nil {
		return false // opening the file will report the error
	}
	return slices.Contains(networkMagic, uint32(stat.Type))
}
