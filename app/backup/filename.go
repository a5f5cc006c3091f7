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

// Backups are named by their moment, UTC, and by the museum, so that several can share a folder:
// museum-20261128T080512Z-1a2b3c4d.db. The names sort by age within a museum.
const momentLayout = "20060102T150405Z"

const (
	databaseEnding = ".db"
	manifestEnding = ".json"
)

var namePattern = regexp.MustCompile(`^museum-(\d{8}T\d{6}Z)-([0-9a-f]{8})\.db$`)

// museumTag tells one museum's backups from another's. It says nothing of the key it is derived from.
func museumTag(secret app.Secret) string { return hex.EncodeToString(secret.Key("backup name", 4)) }

func fileName(taken time.Time, museum string) string {
	return "museum-" + taken.Format(momentLayout) + "-" + museum + databaseEnding
}

// parseName gives moment and museum of a backup; ok is false for what is none of ours.
func parseName(name string) (taken time.Time, museum string, ok bool) {
	parts := namePattern.FindStringSubmatch(name)
	if parts == nil {
		return taken, "", false
	}
	taken, err := time.Parse(momentLayout, parts[1])
	return taken, parts[2], err == nil
}

// Taken tells when a backup was made, by its name.
func Taken(name string) (moment time.Time, ok bool) {
	moment, _, ok = parseName(name)
	return moment, ok
}

// databaseName gives the backup to which a manifest belongs; ok is false for what is no manifest.
func databaseName(manifest string) (name string, ok bool) {
	name, ok = strings.CutSuffix(manifest, manifestEnding)
	return name + databaseEnding, ok
}

func manifestName(name string) string {
	return strings.TrimSuffix(name, databaseEnding) + manifestEnding
}

// uniqueMoment gives the present second, or the next one where there is a backup of this one.
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
