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

// Models of the earlier Django app in the output of "manage.py dumpdata". Others are ignored: codes, sessions and
// permissions are of no use here, and its passwords are hashes of random texts.
const (
	djangoUser       = "authentication.user"
	djangoTile       = "api.concepttile"
	djangoPreference = "api.userpreference"
)

// djangoForm is the structure of a dump.
type djangoForm int

const (
	djangoList  djangoForm = iota // one JSON list, the default
	djangoLines                   // JSON Lines (dumpdata --format jsonl)
)

// djangoUsers holds the users of a dump that were read.
type djangoUsers struct {
	emails    map[string]string // by the references of other objects, see djangoReferences
	mailboxes map[string]string // the first spelling in the dump, by email
}

// djangoReferences returns the JSON texts by which other objects may refer to a user: its primary key, or its natural
// key (dumpdata --natural-foreign), which is a list with the address as spelled in the dump.
func djangoReferences(object app.Object, address app.Value) []string {
	references := []string{"[" + string(address) + "]"}
	if pk := object["pk"]; pk != nil { // missing under --natural-primary
		references = append(references, string(pk))
	}
	return references
}

// readDjango reads a dump twice: first the users, who come last in it, then the objects that belong to them. It keeps
// the keys and addresses of the users and one object in memory.
func readDjango(file io.ReadSeeker, form djangoForm) iter.Seq2[store.Record, error] {
	return func(yield func(store.Record, error) bool) {
		users := djangoUsers{emails: map[string]string{}, mailboxes: map[string]string{}}
		for _, onUsers := range []bool{true, false} {
			if _, err := file.Seek(0, io.SeekStart); err != nil {
				yield(store.Record{}, err)
				return
			}
			if !readDjangoObjects(file, form, func(model string, object app.Object, line int) bool {
				if (model == djangoUser) != onUsers {
					return true
				}
				record := store.Record{Line: line}
				fields, err := app.ReadFields(object["fields"])
				if err == nil {
					err = readDjangoObject(model, object, fields, users, &record)
				}
				if err != nil {
					return yield(rowError(line, record.Email,
						fmt.Errorf("%s: %w", djangoName(model, object), plain(err))))
				}
				return yield(record, nil)
			}, func(line int, err error, fatal bool) bool {
				switch {
				case fatal:
					yield(store.Record{}, err)
					return false
				case onUsers:
					return true // reported in the second pass
				}
				return yield(rowError(line, "", err))
			}) {
				return
			}
		}
	}
}

// readDjangoObjects calls found with each object of a known model and bad with each error, until one of them returns
// false.
func readDjangoObjects(file io.Reader, form djangoForm, found func(model string, object app.Object, line int) bool, bad func(line int, err error, fatal bool) bool) bool {
	in := newStream(file)
	if form == djangoList {
		if token, err := in.Token(); err != nil || token != json.Delim('[') {
			return bad(1, fmt.Errorf("it does not begin with a list: %w", in.explain(err)), true)
		}
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
			if !bad(line, fmt.Errorf("expected an object, but got %s", value.TypeName()), false) {
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
	if form == djangoList {
		if err := in.close(); err != nil {
			return bad(in.line(), err, true)
		}
	}
	if err := in.end(); err != nil {
		return bad(in.line(), err, true)
	}
	return true
}

// djangoName returns a readable name for an object of a dump. Its line number says little, since a dump is usually
// one long line.
func djangoName(model string, object app.Object) string {
	name := model
	if pk := object["pk"]; pk != nil {
		name += " " + string(pk)
	}
	fields, _ := object["fields"].Object()
	owner := fields["user"]
	if model == djangoUser {
		owner = fields["email"]
	}
	if owner != nil {
		name += " (" + string(owner) + ")"
	}
	return name
}

// djangoReference returns the JSON text of a reference to a user, without the spaces that dumpdata writes into a
// natural key.
func djangoReference(owner app.Value) string {
	if key, ok := owner.List(); ok && len(key) == 1 {
		return "[" + string(key[0]) + "]"
	}
	return string(owner)
}

// readDjangoObject reads an object into a record and adds users to users.
func readDjangoObject(model string, object app.Object, fields *app.Fields, users djangoUsers, record *store.Record) error {
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
		for _, reference := range djangoReferences(object, fields.Object["email"]) {
			users.emails[reference] = address.Email
		}
		first, again := users.mailboxes[address.Email]
		if !again {
			users.mailboxes[address.Email] = address.Mailbox
		} else {
			record.Note = fmt.Sprintf("%s and %q are one account here, since case is ignored: their museums are "+
				"merged. "+
				"Of two works of one family the later one is current, and the other is in its "+
				"history.", djangoName(model, object), first)
		}
		record.Email, record.User = address.Email, user
		return nil
	}
	owner := fields.Object["user"]
	email, known := users.emails[djangoReference(owner)]
	if !known {
		return errors.New("this user is not in the file, or could not be imported")
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
	tile.CreatedAt, tile.UpdatedAt, tile.LastSynced = readTime(fields, "created_at"), readTime(fields,
		"updated_at"), readTime(fields, "last_synced")
	record.Tile = firstRevision(tile)
	return fields.Err()
}

// firstRevision turns a tile without a history into one in its first version.
func firstRevision(tile app.Tile) *app.Revision {
	tile.Version = 1
	revision := app.Revision{Tile: tile, Items: app.ItemVersions{}}
	revision.Touch(app.NewTile(tile.ConceptType))
	return &revision
}
