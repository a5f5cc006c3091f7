package backup

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
)

// list returns the names of a museum's backups that count, oldest first; those of all museums if museum is "".
func list(ctx context.Context, in Place, museum string) ([]string, error) {
	files, err := in.List(ctx)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, file := range files {
		_, of, ok := parseName(file)
		if ok && (museum == "" || of == museum) && slices.Contains(files, manifestName(file)) {
			names = append(names, file)
		}
	}
	slices.Sort(names)
	return names, nil
}

// clockTolerance is how much the clocks of two computers may differ.
const clockTolerance = 2 * time.Minute

// splitFuture separates backups dated in the future from the others: a clock was wrong when they were made, or is
// wrong now, and their age is unknown.
func splitFuture(names []string, now time.Time) (past, future []string) {
	for _, name := range names {
		if taken, _, _ := parseName(name); taken.After(now.Add(clockTolerance)) {
			future = append(future, name)
		} else {
			past = append(past, name)
		}
	}
	return past, future
}

// Found is the newest backup of a place.
type Found struct {
	Name   string   // "" if there is none
	Future []string // backups that were ignored because they are dated in the future
}

// Newest returns the newest backup of a place, or the newest that was made until at unless that is zero. It fails if
// there are backups of several museums.
func Newest(ctx context.Context, in Place, at, now time.Time) (found Found, err error) {
	names, err := list(ctx, in, "")
	if err != nil {
		return found, err
	}
	names, found.Future = splitFuture(names, now)
	words := ""
	if !at.IsZero() {
		words = " from before " + at.UTC().Format(time.RFC3339)
		names = slices.DeleteFunc(names, func(name string) bool {
			taken, _, _ := parseName(name)
			return taken.After(at)
		})
	}
	if len(names) == 0 && len(found.Future) > 0 {
		return found, fmt.Errorf("there is no backup%s in %s but %s, dated in the future. Look at the clock; if you know what it is, name the file",
			words, in.Where(""), JoinNames(found.Future))
	}
	if len(names) == 0 {
		return found, fmt.Errorf("there is no backup%s in %s", words, in.Where(""))
	}
	newest := map[string]string{}
	for _, name := range names {
		_, museum, _ := parseName(name)
		newest[museum] = name
	}
	if len(newest) > 1 {
		text := fmt.Sprintf("%s has backups of %d museums; name the file that you mean. The newest of each:", in.Where(""), len(newest))
		for _, name := range names {
			if _, museum, _ := parseName(name); newest[museum] == name {
				text += "\n  " + name
			}
		}
		return found, errors.New(text)
	}
	found.Name = names[len(names)-1]
	return found, nil
}

// JoinNames lists files for a sentence, only the first few of many.
func JoinNames(names []string) string {
	const most = 3
	if len(names) > most+1 {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
	}
	return strings.Join(names, ", ")
}

// NewestOf returns the newest backup of a museum. Without a secret, which may be lost, it is that of the only museum
// that has backups.
func NewestOf(ctx context.Context, in Place, secret app.Secret, now time.Time) (found Found, err error) {
	var names []string
	if secret == nil {
		names, err = ofMuseum(ctx, in, nil)
	} else {
		names, err = list(ctx, in, museumTag(secret))
	}
	names, found.Future = splitFuture(names, now)
	if err != nil || len(names) == 0 {
		return found, err
	}
	found.Name = names[len(names)-1]
	return found, nil
}

// Before returns the newest backup made before another of the same museum, or "".
func Before(ctx context.Context, in Place, name string) (string, error) {
	_, museum, ok := parseName(name)
	if !ok {
		return "", nil
	}
	names, err := list(ctx, in, museum)
	if i := slices.Index(names, name); err == nil && i > 0 {
		return names[i-1], nil
	}
	return "", err
}

// publish gives a checked copy its name: now it counts.
func publish(ctx context.Context, to Place, staged string, made Backup) error {
	if err := to.PutText(ctx, manifestName(made.Name), made.Manifest.text()); err != nil {
		return fmt.Errorf("write the manifest: %w", err)
	}
	if err := to.Put(ctx, staged, made.Name); err != nil {
		return errors.Join(fmt.Errorf("put the backup in its place: %w", err), to.Delete(ctx, manifestName(made.Name)))
	}
	return nil
}

// rotate deletes older backups according to keep, but never the one just made or one dated in the future. It also
// deletes manifests without a backup, which an interruption can leave.
func rotate(ctx context.Context, in Place, older []string, made string, keep Keep) (deleted []string, err error) {
	names := append(slices.Clone(older), made)
	slices.Sort(names) // it may not be the last: clocks go back
	taken, _, _ := parseName(made)
	names, _ = splitFuture(names, taken)
	kept := keep.choose(names)
	for _, name := range names {
		if name == made || slices.Contains(kept, name) {
			continue
		}
		if err := in.Delete(ctx, name); err != nil {
			return deleted, err
		}
		deleted = append(deleted, name)
		if err := in.Delete(ctx, manifestName(name)); err != nil {
			return deleted, err
		}
	}
	return deleted, deleteOrphans(ctx, in, made)
}

func deleteOrphans(ctx context.Context, in Place, made string) error {
	_, museum, _ := parseName(made)
	files, err := in.List(ctx)
	if err != nil {
		return err
	}
	for _, file := range files {
		name, ok := databaseName(file)
		if _, of, _ := parseName(name); ok && of == museum && !slices.Contains(files, name) {
			if err := in.Delete(ctx, file); err != nil {
				return err
			}
		}
	}
	return nil
}

// readManifest returns the manifest of a backup. The error wraps fs.ErrNotExist if there is none.
func readManifest(ctx context.Context, in Place, name string) (m Manifest, err error) {
	file, err := in.Open(ctx, manifestName(name))
	if errors.Is(err, fs.ErrNotExist) {
		return m, fmt.Errorf("%s has no manifest %s beside it: %w", name, manifestName(name), fs.ErrNotExist)
	}
	if err != nil {
		return m, err
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, maxManifest))
	if err != nil {
		return m, err
	}
	return parseManifest(text, name)
}
