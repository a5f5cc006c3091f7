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

// How much room a disk should have, in bytes. Below the first, photos of one class may fill it within a lesson.
const (
	littleSpace = 200 << 20
	ampleSpace  = 2 << 30
)

// checkFolder looks at the data folder and the files in it that are secret.
func (d *doctor) checkFolder() {
	const check = "data folder"
	folder := d.config.DataDir
	info, err := os.Stat(folder)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		d.fault(check, folder+" is not there", "start the museum, which makes it, or say where it is with --"+dataDirFlag)
		return
	case err != nil:
		d.fault(check, fmt.Sprintf("%s: %v", folder, reason(err)), "let this user read it, or run the command as the user of the museum")
		return
	case !info.IsDir():
		d.fault(check, folder+" is no folder", "choose another with --"+dataDirFlag)
		return
	}
	probe, err := os.CreateTemp(folder, ".doctor-*")
	if err != nil {
		d.fault(check, fmt.Sprintf("cannot write to %s: %v", folder, reason(err)), "let the user of the museum write there, and run this command as that user")
	} else {
		_ = probe.Close()
		_ = os.Remove(probe.Name())
		d.ok(check, folder)
	}
	if runtime.GOOS != "windows" { // where modes say nothing
		d.checkModes(info)
	}
	d.checkExposed()
	d.checkClosed()
	if platform.OnNetwork(d.config.databasePath()) {
		d.advise("file system", "the data folder lies on another machine or a drive of unknown kind: the database is slower there, and file locks are not always to be trusted",
			"move it to a disk of this machine, if you can")
	} else {
		d.ok("file system", "of this machine")
	}
}

// checkExposed looks whether a web server was seen to hand out the folder that the data folder lies in.
func (d *doctor) checkExposed() {
	e := d.config.loadExposure()
	if e.root == "" {
		return
	}
	name, setting := "the data folder", prefix+"DATA_DIR"
	if e.folder != d.config.DataDir {
		name, setting = "the folder for backups", prefix+"BACKUP_TO"
	}
	d.fault("web server", fmt.Sprintf("%s lies in %s, whose files the web server hands out; only %s in it keeps visitors away, where the server heeds that",
		name, e.root, htaccessFile), "close the museum, move the folder out of there, and name its new place in "+setting)
}

// checkClosed repeats why the museum was closed to the last visitor under CGI or FastCGI.
func (d *doctor) checkClosed() {
	if text, err := os.ReadFile(filepath.Join(d.config.DataDir, closedFile)); err == nil {
		d.advise("visitors", "the museum was closed to the last one, at "+strings.TrimSpace(string(text)),
			"put that right, and open the site once: this line goes with it")
	}
}

// checkModes looks who else on the machine can read what is the students'.
func (d *doctor) checkModes(folder fs.FileInfo) {
	const check = "who may read"
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
		d.fault(check, "other users of this machine can look into the museum", open)
		return
	}
	d.ok(check, "the user of the museum alone")
}

// checkSpace looks how much may still be written.
func (d *doctor) checkSpace() {
	const check = "free space"
	if _, err := os.Stat(d.config.DataDir); err != nil {
		return // told before
	}
	free, err := platform.FreeSpace(d.config.databasePath())
	if err != nil {
		d.advise(check, fmt.Sprintf("cannot be told here: %v", reason(err)), "look yourself")
		return
	}
	size := int64(0)
	if info, err := os.Stat(d.config.databasePath()); err == nil {
		size = info.Size()
	}
	found := fmt.Sprintf("%s are free, the database has %s", formatSize(free), formatSize(size))
	switch {
	case free < littleSpace:
		d.fault(check, found, "make room: a museum that cannot write keeps the students' work on their devices alone")
	case free < ampleSpace || free < 2*size: // a backup needs as much again
		d.advise(check, found, "make room soon, or give the museum a larger disk")
	default:
		d.ok(check, found)
	}
}
