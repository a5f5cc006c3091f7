package backup

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
)

// list names the backups of a museum that count, the oldest first; of all museums where museum is "".
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

// Newest names the newest backup in a folder, or with a moment the newest that was made until then. Where there are backups
// of several museums, nobody knows which is meant.
func Newest(ctx context.Context, in Place, at time.Time) (string, error) {
	names, err := list(ctx, in, "")
	if err != nil {
		return "", err
	}
	words := ""
	if !at.IsZero() {
		words = " from before " + at.UTC().Format(time.RFC3339)
		names = slices.DeleteFunc(names, func(name string) bool {
			taken, _, _ := parseName(name)
			return taken.After(at)
		})
	}
	if len(names) == 0 {
		return "", fmt.Errorf("there is no backup%s in %s", words, in.Where(""))
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
		return "", errors.New(text)
	}
	return names[len(names)-1], nil
}

// NewestOf names the newest backup of a museum, "" where there is none.
func NewestOf(ctx context.Context, in Place, secret app.Secret) (string, error) {
	names, err := list(ctx, in, museumMark(secret))
	if err != nil || len(names) == 0 {
		return "", err
	}
	return names[len(names)-1], nil
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

// rotate deletes the older backups that are not to be kept, never the one just made, and the manifests whose backup is gone:
// what breaks off while it makes or deletes one leaves such.
func rotate(ctx context.Context, in Place, older []string, made string, keep Keep) (deleted []string, err error) {
	names := append(slices.Clone(older), made)
	slices.Sort(names) // it may not be the last: clocks go back
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

// readManifest reads the manifest of a backup. The error is fs.ErrNotExist, wrapped, where there is none.
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
