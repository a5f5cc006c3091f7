package transfer

import (
	"encoding/csv"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/store"
)

// byteOrderMark tells Excel that the file is UTF-8. Other spreadsheets pass it over.
const byteOrderMark = "\ufeff"

// maxCell is how many bytes of notes go into a cell: Excel takes 32,767 characters, and spoils the rows that follow a longer
// one.
const maxCell = 32_000

const cellCut = " [...]"

// csvMoment is how times are written: so that spreadsheets take them for times, in UTC.
const csvMoment = "2006-01-02 15:04:05"

// WriteCSV writes a table for spreadsheets: a row for each student. First the columns say who that is; then there is one
// for each family, which is empty, "begun" or "completed"; then one for each family's notes.
func WriteCSV(out io.Writer, snapshot *store.Snapshot, userID int64) error {
	if _, err := io.WriteString(out, byteOrderMark); err != nil {
		return err
	}
	table := csv.NewWriter(out)
	table.UseCRLF = true // as RFC 4180 has it
	header := []string{"email", "name", "museum", "joined (UTC)", "last sign-in (UTC)", "last change (UTC)", "begun", "completed"}
	header = append(header, app.ConceptTypes...)
	for _, concept := range app.ConceptTypes {
		header = append(header, concept+" notes")
	}
	if err := table.Write(header); err != nil {
		return err
	}
	for user, err := range snapshot.Users(userID) {
		if err != nil {
			return err
		}
		row, err := csvRow(snapshot, user)
		if err != nil {
			return err
		}
		if err := table.Write(row); err != nil {
			return err
		}
	}
	table.Flush()
	return table.Error()
}

// csvRow is the row of a student.
func csvRow(snapshot *store.Snapshot, user app.User) ([]string, error) {
	states := make([]string, len(app.ConceptTypes))
	notes := make([]string, len(app.ConceptTypes))
	var changed time.Time
	counts := map[string]int{}
	for tile, err := range snapshot.Tiles(user.ID) {
		if err != nil {
			return nil, err
		}
		if tile.UpdatedAt.After(changed) {
			changed = tile.UpdatedAt
		}
		i := slices.Index(app.ConceptTypes, tile.ConceptType)
		if tile.Deleted || i < 0 {
			continue
		}
		state := "begun"
		if tile.Completed {
			state = "completed"
		}
		counts[state]++
		states[i], notes[i] = state, tile.Description
	}
	museum := ""
	for preference, err := range snapshot.Preferences(user.ID) {
		if err != nil {
			return nil, err
		}
		museum = preference.MuseumName
	}
	row := []string{user.Mailbox, user.DisplayName, museum, csvTime(user.DateJoined), csvTime(user.LastLogin), csvTime(changed),
		strconv.Itoa(counts["begun"]), strconv.Itoa(counts["completed"])}
	row = append(append(row, states...), notes...)
	for i := range row {
		row[i] = harmless(row[i])
	}
	return row, nil
}

// csvTime is empty for never.
func csvTime(moment time.Time) string {
	if moment.IsZero() {
		return ""
	}
	return moment.UTC().Format(csvMoment)
}

// harmless makes a text that a spreadsheet would take for a formula a text, with an apostrophe before it: formulas can send
// what is in the table elsewhere. Spreadsheets look past spaces, and some read the wide forms of the signs too.
func harmless(text string) string {
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(text, " \u00a0\u3000"+byteOrderMark))
	if strings.ContainsRune("=+-@\t\r\n＝＋－＠|%", first) && text != "" {
		text = "'" + text
	}
	if len(text) <= maxCell {
		return text
	}
	end := maxCell
	for !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end] + cellCut
}
