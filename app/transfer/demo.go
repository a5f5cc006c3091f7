package transfer

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/store"
)

// DemoTeacher is the superuser of the invented class.
var DemoTeacher = app.Address{Email: "teacher@example.com", Mailbox: "teacher@example.com"}

// MaxDemoStudents is the maximum number of students, each of whom has a unique name.
var MaxDemoStudents = len(demoFirst) * len(demoLast)

var (
	demoFirst = []string{"Ada", "Ben", "Chiara", "Dev", "Elif", "Finn", "Grace", "Hugo", "Ines", "Jamal", "Kaja",
		"Leo", "Mei", "Noor",
		"Oskar", "Priya", "Quinn", "Rosa", "Samir", "Tove", "Uma", "Viktor", "Wren", "Ximena", "Yusuf", "Zoë", "Aiko", "Bao", "Célia", "Dmitri"}
	demoLast = []string{"Archer", "Brook", "Castle", "Dale", "Ember", "Field", "Grove", "Hill", "Isle", "Jasper",
		"Kestrel", "Lake", "Marsh",
		"North", "Oak", "Pine", "Quarry", "Ridge", "Stone", "Thorn"}
	demoDevices = []string{"Mozilla/5.0 (X11; CrOS x86_64) Chrome/130",
		"Mozilla/5.0 (iPad; CPU OS 18_1) Safari/605", "Mozilla/5.0 (Linux; Android 15) Chrome/130"}
)

// demoWeeks is how many weeks the class has been at work.
const demoWeeks = 6

// Demo returns the records of an invented class: a teacher, who is a superuser, and students with more or less work
// in their museums. The same seed and day produce the same class.
func Demo(seed uint64, students int, now time.Time) iter.Seq2[store.Record, error] {
	return func(yield func(store.Record, error) bool) {
		d := demo{random: rand.New(rand.NewPCG(seed, 12)),
			begin: now.UTC().Truncate(24*time.Hour).AddDate(0, 0, -7*demoWeeks)}
		d.records = append(d.records,
			store.Record{Email: DemoTeacher.Email, User: &store.ImportedUser{User: app.User{Email: DemoTeacher.Email,
				Mailbox: DemoTeacher.Mailbox, DisplayName: "Teacher", IsActive: true, IsStaff: true, IsSuperuser: true, DateJoined: d.begin}}})
		order := d.random.Perm(len(demoLast))
		for i := range students {
			d.student(demoFirst[i%len(demoFirst)], demoLast[order[(i+i/len(demoFirst))%len(demoLast)]])
			for _, record := range d.records {
				if !yield(record, nil) {
					return
				}
			}
			d.records = d.records[:0]
		}
	}
}

// DemoStudent returns the address of the first student of a class.
func DemoStudent(seed uint64) string {
	for record := range Demo(seed, 1, time.Now()) {
		if record.User != nil && record.Email != DemoTeacher.Email {
			return record.Email
		}
	}
	return ""
}

// demo generates one student after another.
type demo struct {
	random  *rand.Rand
	begin   time.Time // first day of the class
	tileID  int64
	records []store.Record // records of one student
}

// between returns a random multiple of 0.1 from low to high.
func (d *demo) between(low, high float64) float64 {
	steps := int((high - low) * 10)
	return float64(int(low*10)+d.random.IntN(steps+1)) / 10
}

func (d *demo) student(first, last string) {
	spelled := strings.NewReplacer("ë", "e", "é", "e").Replace(strings.ToLower(first + "." + last))
	email := spelled + "@example.com"
	joined := d.begin.Add(time.Duration(d.random.IntN(120))*time.Minute + 9*time.Hour)
	d.records = append(d.records, store.Record{Email: email,
		User: &store.ImportedUser{User: app.User{Email: email, Mailbox: email,
			DisplayName: first + " " + last, IsActive: true, DateJoined: joined, LastLogin: joined}}})
	preference := store.ImportedPreference{Preference: app.NewPreference()}
	preference.MuseumName = fmt.Sprintf([]string{"%s's museum", "Gallery %s", "The hall of %s",
		"%s's curves"}[d.random.IntN(4)], first)
	preference.ThemePreference = []string{"light", "dark"}[d.random.IntN(2)]
	preference.DisableOnboarding, preference.Version, preference.CreatedAt, preference.UpdatedAt = true, 1, joined, joined
	d.records = append(d.records, store.Record{Email: email, Preference: &preference})

	known := slices.DeleteFunc(slices.Clone(app.FamilyTypes()), func(name string) bool { return demoFamilies[name].latex == "" })
	diligence := 5 + d.random.IntN(len(known)-4) // number of families begun
	chosen := d.random.Perm(len(known))[:diligence]
	for i, concept := range known {
		for _, c := range chosen {
			if c == i {
				d.work(email, concept, joined)
			}
		}
	}
}

// work generates a tile and its history: first the graph, then notes, then changes of both.
func (d *demo) work(email, concept string, joined time.Time) {
	d.tileID++
	family := demoFamilies[concept]
	place := defaultPlace(concept)
	tile := app.Revision{Tile: app.NewTile(concept), Items: app.ItemVersions{}}
	tile.ID = d.tileID
	tile.PositionX, tile.PositionY, tile.Width, tile.Height = int32(place[0]), int32(place[1]), int32(place[2]), int32(place[3])
	if d.random.IntN(4) == 0 { // moved a little
		tile.PositionX += int32(d.random.IntN(31) - 15)
		tile.PositionY += int32(d.random.IntN(31) - 15)
		tile.ZIndex = int32(d.random.IntN(5))
	}
	colour := demoColours[d.random.IntN(len(demoColours))]
	versions := 1 + d.random.IntN(5)
	conflict := 0 // the version that lost against another device
	if versions >= 3 && d.random.IntN(5) == 0 {
		conflict = versions - 1
	}
	at := joined.Add(time.Duration(d.random.IntN((demoWeeks-1)*7*24)) * time.Hour)
	tile.CreatedAt = at
	var history []store.Record
	for n := 1; n <= versions; n++ {
		before := tile.Tile
		values := family.values(d)
		tile.DesmosState = family.state(values, colour, d.random)
		if n > 1 {
			tile.Description = family.notes(d, values)
		}
		tile.Completed = n == versions && n > 1 && d.random.IntN(3) > 0
		tile.Version = int64(n)
		tile.Touch(before)
		version := app.TileVersion{Tile: tile.Tile, SavedAt: at,
			Device: app.Device{UserAgent: demoDevices[d.random.IntN(len(demoDevices))]}}
		if n == conflict {
			version.Conflict = app.OpenConflict
		}
		history = append(history, store.Record{Email: email, Version: &version})
		tile.UpdatedAt, tile.LastSynced = at, at
		at = at.Add(time.Duration(5+d.random.IntN(24*60)) * time.Minute)
	}
	d.records = append(d.records, store.Record{Email: email, Tile: &tile})
	d.records = append(d.records, history...)
}
