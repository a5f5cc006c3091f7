package store_test

import (
	"fmt"
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/apptest"
	"github.com/mathmuseums/mathmuseums/app/store"
)

// crowd is a museum with many users, each with three tiles, and one of the users.
func crowd(b *testing.B, users int) (*store.Store, app.User) {
	museum := apptest.NewMuseum(b)
	museum.Exec(b, fmt.Sprintf(`
		insert into users (email, mailbox, date_joined, revision)
			with recursive n(i) as (select 1 union all select i + 1 from n where i < %d)
			select 'u' || i || '@example.com', 'u' || i || '@example.com', 0, 3 from n;
		insert into tiles (user_id, concept_type, desmos_state, created_at, updated_at, last_synced, revision)
			select id, concept.column1, '{"version":11,"expressions":{"list":[{"id":"1","type":"expression","latex":"y=x^{2}"}]}}', 0, 0, 0, 1
			from users, (values ('linear'), ('quadratic'), ('cubic')) concept;
		insert into tile_versions (tile_id, version, concept_type, position_x, position_y, width, height, z_index, desmos_state, description,
				completed, saved_at, session_id)
			select id, version, concept_type, 0, 0, 250, 200, 0, desmos_state, '', 0, 0, 0 from tiles`, users))
	address := app.Address{Email: fmt.Sprintf("u%d@example.com", users/2), Mailbox: fmt.Sprintf("u%d@example.com", users/2)}
	return museum.Store, signIn(b, museum.Store, address)
}

// BenchmarkGrowth compares a device's sync with 10 users and with 100,000: the costs should be equal.
func BenchmarkGrowth(b *testing.B) {
	for _, users := range []int{10, 100_000} {
		s, user := crowd(b, users)
		device := app.Device{SessionID: user.SessionID}
		b.Run(fmt.Sprintf("list/users=%d", users), func(b *testing.B) {
			for b.Loop() {
				if tiles, err := s.ListTiles(b.Context(), user.ID); err != nil || len(tiles) != 3 {
					b.Fatal(len(tiles), err)
				}
			}
		})
		b.Run(fmt.Sprintf("pull/users=%d", users), func(b *testing.B) {
			for b.Loop() {
				if answer, err := s.Sync(b.Context(), user.ID, app.SyncRequest{Cursor: 2}, device); err != nil || answer.Cursor < 3 {
					b.Fatal(answer, err)
				}
			}
		})
		n := 0
		b.Run(fmt.Sprintf("edit/users=%d", users), func(b *testing.B) {
			for b.Loop() {
				n++
				x := int32(n)
				change := app.Change{ID: fmt.Sprintf("change-%08d", n), ConceptType: "linear", Base: 1 << 40, Fields: app.TileChange{PositionX: &x}}
				request := app.SyncRequest{Cursor: 1 << 40, Changes: []app.SyncChange{{Change: change}}}
				if answer, err := s.Sync(b.Context(), user.ID, request, device); err != nil || answer.Results[0].Status != app.ChangeSaved {
					b.Fatal(answer, err)
				}
			}
		})
	}
}

// BenchmarkWriters has eight users edit concurrently.
func BenchmarkWriters(b *testing.B) {
	s, _ := crowd(b, 10)
	var next atomic.Int64
	b.SetParallelism(4)
	b.RunParallel(func(pb *testing.PB) {
		who := next.Add(1)%10 + 1
		n := 0
		for pb.Next() {
			n++
			x := int32(n)
			change := app.Change{ID: fmt.Sprintf("change-%d-%08d", who, n), ConceptType: "linear", Base: 1 << 40, Fields: app.TileChange{PositionX: &x}}
			if _, err := s.Sync(b.Context(), who, app.SyncRequest{Changes: []app.SyncChange{{Change: change}}}, app.Device{}); err != nil {
				b.Error(err)
				return
			}
		}
	})
}

// BenchmarkOpen measures what each request under CGI starts with.
func BenchmarkOpen(b *testing.B) {
	path := filepath.Join(b.TempDir(), "museum.db")
	for b.Loop() {
		s, err := open(b, path)
		if err != nil {
			b.Fatal(err)
		}
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkShape measures the part of it that compares the tables with schema.sql.
func BenchmarkShape(b *testing.B) {
	s, err := open(b, filepath.Join(b.TempDir(), "museum.db"))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, _, err := s.Shape(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}
