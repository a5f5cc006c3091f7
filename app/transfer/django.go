package transfer

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/store"
)

// Models of the earlier Django app, in the file that its "manage.py dumpdata" writes. All others are passed over: codes,
// sessions and permissions are of no use here, and its passwords are hashes of random texts.
const (
	djangoUser       = "authentication.user"
	djangoTile       = "api.concepttile"
	djangoPreference = "api.userpreference"
)

// readDjango reads a dump twice: first for the users, who come last in it, then for what is theirs. It keeps the numbers
// and addresses of the users in memory, and one object.
func readDjango(file io.ReadSeeker) iter.Seq2[store.Record, error] {
	return func(yield func(store.Record, error) bool) {
		emails := map[string]string{} // by number, as text
		for _, onUsers := range []bool{true, false} {
			if _, err := file.Seek(0, io.SeekStart); err != nil {
				yield(store.Record{}, err)
				return
			}
			if !readDjangoObjects(file, func(model string, object app.Object, line int) bool {
				if (model == djangoUser) != onUsers {
					return true
				}
				record := store.Record{Line: line}
				fields, err := app.ReadFields(object["fields"])
				if err == nil {
					err = readDjangoObject(model, object, fields, emails, &record)
				}
				if err != nil {
					return yield(rowError(line, record.Email, err))
				}
				return yield(record, nil)
			}, func(line int, err error, fatal bool) bool {
				switch {
				case fatal:
					yield(store.Record{}, err)
					return false
				case onUsers:
					return true // told the second time
				}
				return yield(rowError(line, "", err))
			}) {
				return
			}
		}
	}
}

// readDjangoObjects calls found with each object of a model that we know, and bad with what is none, until one of them
// gives false.
func readDjangoObjects(file io.Reader, found func(model string, object app.Object, line int) bool, bad func(line int, err error, fatal bool) bool) bool {
	in := newStream(file)
	if token, err := in.Token(); err != nil || token != json.Delim('[') {
		return bad(1, fmt.Errorf("it does not begin with a list: %w", in.explain(err)), true)
	}
	for in.More() {
		value, line, fatal, err := in.value()
		if err != nil {
			if !bad(line, err, fatal) || fatal {
				return false
			}
			continue
		}
		object, ok := value.Object()
		if !ok {
			if !bad(line, fmt.Errorf("this is no object but %s", value.TypeName()), false) {
				return false
			}
			continue
		}
		model, _ := object["model"].Text()
		switch model = strings.ToLower(model); model {
		case djangoUser, djangoTile, djangoPreference:
			if !found(model, object, line) {
				return false
			}
		}
	}
	if err := errors.Join(in.close(), in.end()); err != nil {
		return bad(in.line(), err, true)
	}
	return true
}

// readDjangoObject reads an object into a record, and remembers the users.
func readDjangoObject(model string, object app.Object, fields *app.Fields, emails map[string]string, record *store.Record) error {
	if model == djangoUser {
		address := readAddress(fields, "email")
		names := []string{readExact(fields, "first_name"), readExact(fields, "last_name")}
		user := &store.ImportedUser{User: app.User{
			Email:       address.Email,
			Mailbox:     address.Mailbox,
			DisplayName: strings.TrimSpace(strings.Join(names, " ")),
			IsActive:    readBool(fields, "is_active"),
			IsStaff:     readBool(fields, "is_staff"),
			IsSuperuser: readBool(fields, "is_superuser"),
			DateJoined:  readTime(fields, "date_joined"),
			LastLogin:   readMaybeTime(fields, "last_login"),
		}}
		if err := fields.Err(); err != nil {
			return err
		}
		emails[string(object["pk"])] = address.Email
		record.Email, record.User = address.Email, user
		return nil
	}
	owner := fields.Object["user"]
	email, known := emails[string(owner)]
	if !known {
		return fmt.Errorf("the user with the number %s is not in the file, or could not be taken", owner)
	}
	record.Email = email
	if model == djangoPreference {
		record.Preference = &store.ImportedPreference{Partial: true, Preference: app.Preference{
			DisableOnboarding: readBool(fields, "disable_onboarding"),
			ImageSkill:        readBool(fields, "image_skill"),
			ThemePreference:   need(fields, "theme_preference", fields.Text("theme_preference", 20, false)),
			ScreenFit:         true,
			Version:           1,
			CreatedAt:         readTime(fields, "created_at"),
			UpdatedAt:         readTime(fields, "updated_at"),
		}}
		return fields.Err()
	}
	tile := readContent(fields)
	tile.CreatedAt, tile.UpdatedAt, tile.LastSynced = readTime(fields, "created_at"), readTime(fields, "updated_at"), readTime(fields, "last_synced")
	record.Tile = firstRevision(tile)
	return fields.Err()
}

// firstRevision makes a tile without a history one in its first version.
func firstRevision(tile app.Tile) *app.Revision {
	tile.Version = 1
	revision := app.Revision{Tile: tile, Items: app.ItemVersions{}}
	revision.Touch(app.NewTile(tile.ConceptType))
	return &revision
}
