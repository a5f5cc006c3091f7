package store

import (
	"os"
	"strconv"
)

// traces is a folder in which processes that live for one request tell the next one what they wrote last. Each would begin an
// epoch of its own otherwise, with a row for each change. A trace is the stamp that a user's museum got with its last change:
// where the database has that very stamp, it was not put back to an older day in between. So the folder must lie outside of
// whatever is put back with the database, as that of the system for temporary files; who loses a trace begins an epoch, and
// that is all.
type traces string

// find gives the trace of a user's museum, "" for none.
func (t traces) find(userID int64) (stamp string) {
	t.within(func(folder *os.Root, name string) error {
		text, err := folder.ReadFile(name)
		stamp = string(text)
		return err
	}, userID)
	return stamp
}

// leave keeps a trace. Of two processes that do so at once one is found, and if it is the wrong one the next begins an epoch.
func (t traces) leave(userID int64, stamp string) {
	t.within(func(folder *os.Root, name string) error {
		err := folder.WriteFile(name, []byte(stamp), 0o600)
		if err != nil {
			_ = folder.Remove(name) // none is better than an old one
		}
		return err
	}, userID)
}

// within does something with a user's file. Others may write to the folder for temporary files too, so no link leads out.
func (t traces) within(do func(folder *os.Root, name string) error, userID int64) {
	if t == "" || os.MkdirAll(string(t), 0o700) != nil {
		return
	}
	folder, err := os.OpenRoot(string(t))
	if err != nil {
		return
	}
	defer folder.Close()
	_ = do(folder, strconv.FormatInt(userID, 10)) // see above: what fails here costs a row
}
