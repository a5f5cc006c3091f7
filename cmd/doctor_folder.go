package cmd

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/mathmuseums/mathmuseums/app/platform"
	"github.com/mathmuseums/mathmuseums/app/store"
)

// Free space that a disk should have, in bytes. With less than littleSpace, the photos of one class can fill it
// within a lesson.
const (
	littleSpace = 200 << 20
	ampleSpace  = 2 << 30
)

// checkFolder checks the data folder and the permissions of the secret files in it.
func (d *doctor) checkFolder() {
	const check = "data folder"
	folder := d.config.DataDir
	info, err := os.Stat(folder)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		d.fault(check, folder+" does not exist",
			"start the museum to create it, or name the right folder with --"+dataDirFlag)
		return
	case err != nil:
		d.fault(check, fmt.Sprintf("%s: %v", folder, reason(err)),
			"let this user read it, or run this command as the museum's user")
		return
	case !info.IsDir():
		d.fault(check, folder+" is not a folder", "choose another with --"+dataDirFlag)
		return
	}
	probe, err := os.CreateTemp(folder, ".doctor-*")
	if err != nil {
		d.fault(check, fmt.Sprintf("cannot write to %s: %v", folder, reason(err)),
			"let the museum's user write to it, and run this command as that user")
	} else {
		_ = probe.Close()
		_ = os.Remove(probe.Name())
		d.ok(check, folder)
	}
	if runtime.GOOS != "windows" { // where file modes are meaningless
		d.checkModes(info)
	}
	d.checkExposed()
	d.checkClosed()
	if platform.OnNetwork(d.config.databasePath()) {
		d.advise("file system", "the data folder is on a network drive or a drive of unknown type: the database "+
			"is slower there, and file locks may be unreliable",
			"move it to a local disk if you can")
	} else {
		d.ok("file system", "local")
	}
}

// checkExposed reports a private folder that lies in the document root of a web server.
func (d *doctor) checkExposed() {
	e := d.config.loadExposure()
	if e.root == "" {
		return
	}
	name, setting := "the data folder", prefix+"DATA_DIR"
	if e.folder != d.config.DataDir {
		name, setting = "the backup folder", prefix+"BACKUP_TO"
	}
	d.fault("web server", fmt.Sprintf("%s is in %s, whose files the web server publishes; only its %s protects "+
		"it, if the server honors that",
		name, e.root, htaccessFile), "stop the museum, move the folder elsewhere, and set "+setting+" to its new path")
}

// checkClosed reports why the last visitor under CGI or FastCGI found the museum closed.
func (d *doctor) checkClosed() {
	if text, err := os.ReadFile(filepath.Join(d.config.DataDir, closedFile)); err == nil {
		d.advise("visitors", "the last one found the museum closed, at "+strings.TrimSpace(string(text)),
			"fix that and open the site once, which clears this message")
	}
}

// checkModes reports files that other users of the machine can read.
func (d *doctor) checkModes(folder fs.FileInfo) {
	const check = "permissions"
	open := ""
	if mode := folder.Mode().Perm(); mode&0o007 != 0 {
		open = fmt.Sprintf("chmod 700 %q", d.config.DataDir)
	}
	for _, name := range []string{store.SecretFile, envFile} {
		path := filepath.Join(d.config.DataDir, name)
		if info, err := os.Stat(path); err == nil && info.Mode().Perm()&0o077 != 0 {
			if open != "" {
				open += "; "
			}
			open += fmt.Sprintf("chmod 600 %q", path)
		}
	}
	if open != "" {
		d.fault(check, "other users of this machine can read the museum's files", open)
		return
	}
	d.ok(check, "only the museum's user can read the files")
}

// checkSpace checks the free space on the disk of the data folder.
func (d *doctor) checkSpace() {
	const check = "free space"
	if _, err := os.Stat(d.config.DataDir); err != nil {
		return // already reported
	}
	free, err := platform.FreeSpace(d.config.databasePath())
	if err != nil {
		d.advise(check, fmt.Sprintf("unknown: %v", reason(err)), "check it yourself")
		return
	}
	size := int64(0)
	if info, err := os.Stat(d.config.databasePath()); err == nil {
		size = info.Size()
	}
	found := fmt.Sprintf("%s free; the database has %s", formatSize(free), formatSize(size))
	switch {
	case free < littleSpace:
		d.fault(check, found, "free some space: when the disk is full, the students' work stays on their devices only")
	case free < ampleSpace || free < 2*size: // a backup needs as much space as the database
		d.advise(check, found, "free some space soon, or use a larger disk")
	default:
		d.ok(check, found)
	}
}
