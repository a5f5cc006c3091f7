package web_test

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/apptest"
)

// The benchmarks compare the server with bare net/http handlers that make the same SQLite call and nothing else: no
// routing, no session, no checks. Both are measured in one run, since only the ratio is comparable between machines:
//
//	go test -bench . -run xxx ./app/web

// state is a graph state of about 5 KB.
var state = json.RawMessage(`{"version":11,"expressions":{"list":[` + strings.Repeat(`{"id":"1","type":"expression","latex":"y=a\\left(x-h\\right)^{2}+k","color":"#c74440"},`, 60) + `{}]}}`)

// benchMuseum is a museum with eleven tiles of 5 KB and its owner's browser.
func benchMuseum(b *testing.B) (*apptest.Museum, *apptest.Visitor, []map[string]any) {
	museum := apptest.NewMuseum(b)
	ann := museum.NewMember(b, "ann@example.com")
	var tiles []map[string]any
	for _, concept := range app.FamilyTypes()[:11] {
		tile := map[string]any{"concept_type": concept, "desmos_state": state, "description": "What I found", "last_synced": "9000-01-01T00:00:00Z"}
		if answer := ann.Send("POST", "/api/tiles/", tile); answer.Status != 201 {
			b.Fatalf("%d %s", answer.Status, answer.Body)
		}
		tiles = append(tiles, tile)
	}
	return museum, ann, tiles
}

// bare serves a handler that needs only the museum's database.
func bare(b *testing.B, museum *apptest.Museum, handle func(*sql.DB) http.HandlerFunc) *httptest.Server {
	db, err := sql.Open("sqlite", "file:"+museum.Store.Path()+"?_txlock=immediate&_pragma=busy_timeout(5000)&_pragma=synchronous(FULL)")
	if err != nil {
		b.Fatal(err)
	}
	db.SetMaxOpenConns(4)
	server := httptest.NewServer(handle(db))
	b.Cleanup(func() { server.Close(); db.Close() })
	return server
}

// send repeats a request until the benchmark ends, from one client or many.
func send(b *testing.B, parallel bool, once func() error) {
	b.ResetTimer()
	b.ReportAllocs()
	if !parallel {
		for b.Loop() {
			if err := once(); err != nil {
				b.Fatal(err)
			}
		}
		return
	}
	b.SetParallelism(8)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if err := once(); err != nil {
				b.Error(err)
				return
			}
		}
	})
}

func fetch(client *http.Client, method, url, body string, want int) error {
	request, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if _, err := io.Copy(io.Discard, response.Body); err != nil || response.StatusCode != want {
		return fmt.Errorf("%d, %v", response.StatusCode, err)
	}
	return nil
}

func BenchmarkListTiles(b *testing.B) {
	museum, ann, _ := benchMuseum(b)
	other := bare(b, museum, func(db *sql.DB) http.HandlerFunc {
		stmt, err := db.Prepare(`select id, user_id, concept_type, position_x, position_y, width, height, z_index, desmos_state, description,
			completed, version, created_at, updated_at, last_synced from tiles where user_id = 1 and deleted_at is null order by id`)
		if err != nil {
			b.Fatal(err)
		}
		return func(w http.ResponseWriter, r *http.Request) {
			rows, err := stmt.QueryContext(r.Context())
			if err != nil {
				panic(err)
			}
			defer rows.Close()
			for rows.Next() {
				var n [12]int64
				var concept, state, text string
				if err := rows.Scan(&n[0], &n[1], &concept, &n[2], &n[3], &n[4], &n[5], &n[6], &state, &text, &n[7], &n[8], &n[9], &n[10], &n[11]); err != nil {
					panic(err)
				}
				fmt.Fprintf(w, "%v%s%s%s", n, concept, state, text)
			}
		}
	})
	for _, parallel := range []bool{false, true} {
		b.Run(fmt.Sprintf("museum/parallel=%v", parallel), func(b *testing.B) {
			send(b, parallel, func() error { return fetch(ann.Client, "GET", museum.URL+"/api/tiles/", "", 200) })
		})
		b.Run(fmt.Sprintf("bare/parallel=%v", parallel), func(b *testing.B) {
			send(b, parallel, func() error { return fetch(http.DefaultClient, "GET", other.URL, "", 200) })
		})
	}
}

func BenchmarkPatchTile(b *testing.B) {
	museum, ann, _ := benchMuseum(b)
	other := bare(b, museum, func(*sql.DB) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			var body struct {
				PositionX int32 `json:"position_x"`
			}
			if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
				panic(err)
			}
			tile, err := museum.Store.UpdateTile(r.Context(), 1, 1, 0, app.TileChange{PositionX: &body.PositionX}, app.Device{})
			if err != nil {
				panic(err)
			}
			fmt.Fprint(w, tile.DesmosState)
		}
	})
	n := 0
	b.Run("museum", func(b *testing.B) {
		send(b, false, func() error {
			n++
			return fetch(ann.Client, "PATCH", museum.URL+"/api/tiles/1/", fmt.Sprintf(`{"position_x":%d}`, n), 200)
		})
	})
	b.Run("bare", func(b *testing.B) {
		send(b, false, func() error {
			n++
			return fetch(http.DefaultClient, "PATCH", other.URL, fmt.Sprintf(`{"position_x":%d}`, n), 200)
		})
	})
}

func BenchmarkSyncTiles(b *testing.B) {
	museum, ann, tiles := benchMuseum(b)
	body, err := json.Marshal(map[string]any{"tiles": tiles})
	if err != nil {
		b.Fatal(err)
	}
	other := bare(b, museum, func(*sql.DB) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			var body struct {
				Tiles []struct {
					ConceptType json.RawMessage `json:"concept_type"`
					LastSynced  time.Time       `json:"last_synced"`
					DesmosState json.RawMessage `json:"desmos_state"`
				}
			}
			if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
				panic(err)
			}
			var items []app.SyncItem
			for _, tile := range body.Tiles {
				state := string(tile.DesmosState)
				items = append(items, app.SyncItem{ConceptType: app.Value(tile.ConceptType), LastSynced: &tile.LastSynced, Change: app.TileChange{DesmosState: &state}})
			}
			results, err := museum.Store.SyncTiles(r.Context(), 1, items, app.Device{})
			if err != nil {
				panic(err)
			}
			for _, result := range results {
				fmt.Fprint(w, result.Tile.DesmosState)
			}
		}
	})
	b.Run("museum", func(b *testing.B) {
		send(b, false, func() error { return fetch(ann.Client, "POST", museum.URL+"/api/tiles/sync/", string(body), 200) })
	})
	b.Run("bare", func(b *testing.B) {
		send(b, false, func() error { return fetch(http.DefaultClient, "POST", other.URL, string(body), 200) })
	})
}

// BenchmarkFirstSync sends eleven tiles of 5 KB to a new device, compressed and not.
func BenchmarkFirstSync(b *testing.B) {
	_, ann, _ := benchMuseum(b)
	for _, encoding := range []string{"identity", "gzip"} {
		b.Run(encoding, func(b *testing.B) {
			size := 0
			send(b, false, func() error {
				size = len(ann.Send("POST", "/api/sync/", `{}`, "Accept-Encoding", encoding).Body)
				return nil
			})
			b.ReportMetric(float64(size), "bytes/answer")
		})
	}
}
