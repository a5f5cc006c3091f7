package transfer

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/store"
)

// museumEnding is the extension of .mathmuseums files.
const museumEnding = ".mathmuseums"

// concept is a tile in a .mathmuseums file. Our own import uses position and size; coordinates are for the earlier
// app.
type concept struct {
	ID          string     `json:"id"`
	Type        string     `json:"type"`
	DisplayName string     `json:"displayName"`
	Description string     `json:"description"`
	State       string     `json:"desmosState"`
	IsComplete  bool       `json:"isComplete"`
	Position    point      `json:"position"`
	Size        size       `json:"size"`
	Coordinates coordinate `json:"coordinates"`
	ZIndex      int32      `json:"zIndex"`
	Modified    int64      `json:"lastModified"`
}

type point struct {
	X int32 `json:"x"`
	Y int32 `json:"y"`
}

type size struct {
	Width  int32 `json:"width"`
	Height int32 `json:"height"`
}

type coordinate struct {
	CenterX float64 `json:"centerX"`
	CenterY float64 `json:"centerY"`
	Width   float64 `json:"width"`
	Height  float64 `json:"height"`
}

// WriteMuseum writes a user's museum in its current state as a .mathmuseums file; readMuseum documents the format. It
// holds one tile at a time.
func WriteMuseum(out io.Writer, snapshot *store.Snapshot, user app.User, now time.Time) error {
	w := museumWriter{out: bufio.NewWriterSize(out, 1<<16)}
	name := ""
	for preference, err := range snapshot.Preferences(user.ID) {
		if err != nil {
			return err
		}
		name = preference.MuseumName
	}
	w.text(`{"version":"1.0","exportDate":"`, app.FormatTimestamp(now), `","userName":`, string(app.TextValue(name)), `,"photos":[`)
	for image, err := range snapshot.Images(user.ID) {
		if err != nil {
			return err
		}
		w.next(`{"sha256":"`, image.Hash.String(), `","media_type":"`, image.MediaType, `","bytes":"`)
		encoder := base64.NewEncoder(base64.StdEncoding, w.out)
		if _, err := io.Copy(encoder, snapshot.ReadImage(image)); err != nil {
			return err
		}
		if err := encoder.Close(); err != nil {
			return err
		}
		w.text(`"}`)
	}
	w.count = 0
	w.text(`],"concepts":[`)
	for tile, err := range snapshot.Tiles(user.ID) {
		if err != nil {
			return err
		}
		if tile.Deleted {
			continue
		}
		text, err := json.Marshal(newConcept(&tile.Tile))
		if err != nil {
			return err
		}
		w.next(string(text))
	}
	metadata := app.AppendInt(nil, `"totalConcepts":`, int64(w.count))
	w.text(`],"metadata":{`, string(metadata), "}}\n")
	return w.out.Flush()
}

// museumWriter writes lists with one element per line. Flush reports its errors.
type museumWriter struct {
	out   *bufio.Writer
	count int // elements of the list so far
}

func (w *museumWriter) text(parts ...string) {
	for _, part := range parts {
		_, _ = w.out.WriteString(part)
	}
}

func (w *museumWriter) next(parts ...string) {
	if w.count > 0 {
		w.text(",")
	}
	w.count++
	w.text("\n")
	w.text(parts...)
}

func newConcept(tile *app.Tile) concept {
	id := strings.ReplaceAll(tile.ConceptType, "_", "-")
	words := strings.Split(id, "-")
	for i, word := range words {
		words[i] = strings.ToUpper(word[:1]) + word[1:]
	}
	return concept{
		ID: id, Type: id, DisplayName: strings.Join(words, " "), Description: tile.Description, State: tile.DesmosState,
		IsComplete: tile.Completed, Position: point{tile.PositionX, tile.PositionY}, Size: size{tile.Width,
			tile.Height},
		Coordinates: coordinate{percent(tile.PositionX, posterWidth-float64(tile.Width)),
			percent(tile.PositionY, posterHeight-float64(tile.Height)),
			percent(tile.Width, posterWidth), percent(tile.Height, posterWidth)},
		ZIndex: tile.ZIndex, Modified: tile.UpdatedAt.UnixMilli(),
	}
}

// percent returns part of whole in percent, from 0 to 100, or 0 if whole is not positive.
func percent(part int32, whole float64) float64 {
	if whole <= 0 {
		return 0
	}
	return min(100, max(0, float64(part)/whole*100))
}

// WriteMuseums writes a .mathmuseums file for each user with tiles into a folder, each atomically. It returns the
// number of files.
func WriteMuseums(folder string, snapshot *store.Snapshot, now time.Time) (files int, err error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return 0, err
	}
	for user, err := range snapshot.Users(0) {
		if err != nil {
			return files, err
		}
		hangs := false
		for tile, err := range snapshot.Tiles(user.ID) {
			if err != nil {
				return files, err
			}
			hangs = hangs || !tile.Deleted
		}
		if !hangs {
			continue
		}
		path := filepath.Join(folder, fileName(user)+museumEnding)
		if err := WriteFile(path, func(out io.Writer) error { return WriteMuseum(out, snapshot, user, now) }); err != nil {
			return files, err
		}
		files++
	}
	return files, nil
}
