package backup

import (
	"context"
	"encoding/hex"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
)

// Backups are named by their time in UTC and by the museum, so that several museums can share a folder:
// museum-20261128T080512Z-1a2b3c4d.db. The names of a museum's backups sort by age.
const momentLayout = "20060102T150405Z"

const (
	databaseEnding = ".db"
	manifestEnding = ".json"
)

var namePattern = regexp.MustCompile(`^museum-(\d{8}T\d{6}Z)-([0-9a-f]{8})\.db$`)

// museumTag returns a tag that tells the backups of museums apart. It reveals nothing about the key that it is
// derived from.
func museumTag(secret app.Secret) string { return hex.EncodeToString(secret.Key("backup name", 4)) }

func fileName(taken time.Time, museum string) string {
	return "museum-" + taken.Format(momentLayout) + "-" + museum + databaseEnding
}

// parseName returns the time and museum of a backup; ok is false for other files.
func parseName(name string) (taken time.Time, museum string, ok bool) {
	parts := namePattern.FindStringSubmatch(name)
	if parts == nil {
		return taken, "", false
	}
	taken, err := time.Parse(momentLayout, parts[1])
	return taken, parts[2], err == nil
}

// Taken returns the time in a backup's name.
func Taken(name string) (moment time.Time, ok bool) {
	moment, _, ok = parseName(name)
	return moment, ok
}

// databaseName returns the backup that a manifest belongs to; ok is false for other files.
func databaseName(manifest string) (name string, ok bool) {
	name, ok = strings.CutSuffix(manifest, manifestEnding)
	return name + databaseEnding, ok
}

func manifestName(name string) string {
	return strings.TrimSuffix(name, databaseEnding) + manifestEnding
}

// uniqueMoment returns the current second, or the next one if there is a backup of this one.
func uniqueMoment(ctx context.Context, now func() time.Time, names []string, museum string) (time.Time, error) {
	for {
		taken := now().Truncate(time.Second)
		if !slices.Contains(names, fileName(taken, museum)) {
			return taken, nil
		}
		select {
		case <-ctx.Done():
			return taken, ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
}
