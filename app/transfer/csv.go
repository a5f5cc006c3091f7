package transfer

import (
	"bufio"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/store"
)

// byteOrderMark lets Excel recognize UTF-8. Other spreadsheets ignore it.
const byteOrderMark = "\ufeff"

// maxCell is the maximum size of notes in a cell, in bytes: Excel accepts 32,767 characters and corrupts the rows
// after a longer one.
const maxCell = 32_000

const cellCut = " [...]"

// csvMoment is the format of times, in UTC, that spreadsheets recognize.
const csvMoment = "2006-01-02 15:04:05"

// WriteCSV writes a table for spreadsheets with a row for each student. The first columns identify the student; then
// there is one column for each family, which is empty, "begun" or "completed", and one for each family's notes.
func WriteCSV(out io.Writer, snapshot *store.Snapshot, userID int64) error {
	if _, err := io.WriteString(out, byteOrderMark); err != nil {
		return err
	}
	table := bufio.NewWriter(out)
	header := []string{"email", "name", "museum", "joined (UTC)", "last sign-in (UTC)", "last change (UTC)",
		"begun", "completed"}
	header = append(header, app.FamilyTypes()...)
	for _, concept := range app.FamilyTypes() {
		header = append(header, concept+" notes")
	}
	writeRow(table, header)
	for user, err := range snapshot.Users(userID) {
		if err != nil {
			return err
		}
		row, err := csvRow(snapshot, user)
		if err != nil {
			return err
		}
		writeRow(table, row)
	}
	return table.Flush() // returns the first error of all writes
}

// writeRow writes a line of RFC 4180 with all cells quoted. encoding/csv omits quotes that a comma-separated reader
// does not need, but spreadsheets that expect another separator do.
func writeRow(out *bufio.Writer, cells []string) {
	for i, cell := range cells {
		if i > 0 {
			_ = out.WriteByte(',')
		}
		_, _ = out.WriteString(`"` + strings.ReplaceAll(cell, `"`, `""`) + `"`)
	}
	_, _ = out.WriteString("\r\n")
}

// csvRow returns the row of a student.
func csvRow(snapshot *store.Snapshot, user app.User) ([]string, error) {
	states := make([]string, len(app.FamilyTypes()))
	notes := make([]string, len(app.FamilyTypes()))
	var changed time.Time
	counts := map[string]int{}
	for tile, err := range snapshot.Tiles(user.ID) {
		if err != nil {
			return nil, err
		}
		if tile.UpdatedAt.After(changed) {
			changed = tile.UpdatedAt
		}
		i := slices.Index(app.FamilyTypes(), tile.ConceptType)
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
	row := []string{user.Mailbox, user.DisplayName, museum, csvTime(user.DateJoined), csvTime(user.LastLogin),
		csvTime(changed),
		strconv.Itoa(counts["begun"]), strconv.Itoa(counts["completed"])}
	row = append(append(row, states...), notes...)
	for i := range row {
		row[i] = harmless(row[i])
	}
	return row, nil
}

// csvTime formats a time; "" for the zero time.
func csvTime(moment time.Time) string {
	if moment.IsZero() {
		return ""
	}
	return moment.UTC().Format(csvMoment)
}

// cellBreaks are the characters at which a spreadsheet may split a text into cells and rows. If it expects semicolons
// or tabs, as in much of Europe, it loses track of the quotes at the first comma, so such characters within a text
// count. A comma does not: where commas separate cells, the quotes hold.
const cellBreaks = ";\t\r\n"

// harmless prefixes everything that a spreadsheet could take for a formula with an apostrophe, because formulas can
// send the table's content elsewhere.
func harmless(text string) string {
	var safe strings.Builder
	if strings.IndexAny(text, cellBreaks[1:]) == 0 {
		safe.WriteByte('\'') // some spreadsheets drop leading white space
	}
	for rest := text; ; {
		end := strings.IndexAny(rest, cellBreaks)
		cell := rest
		if end >= 0 {
			cell = rest[:end]
		}
		if isFormula(cell) {
			safe.WriteByte('\'')
		}
		safe.WriteString(cell)
		if end < 0 {
			return cutCell(safe.String())
		}
		safe.WriteByte(rest[end])
		rest = rest[end+1:]
	}
}

// isFormula reports whether a spreadsheet could take a text for a formula. Spreadsheets ignore leading spaces and
// quotes, and some accept full-width operators.
func isFormula(text string) bool {
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(text, "\" \u00a0\u3000"+byteOrderMark))
	return strings.ContainsRune("=+-@＝＋－＠|%", first)
}

// cutCell truncates a text to the size of a cell.
func cutCell(text string) string {
	if len(text) <= maxCell {
		return text
	}
	end := maxCell
	for !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end] + cellCut
}
