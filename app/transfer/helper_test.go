package transfer_test

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/mathmuseums/mathmuseums/app/store"
	"github.com/mathmuseums/mathmuseums/app/transfer"
)

// idText matches the id in an API response.
func idText(object map[string]any) string { return fmt.Sprint(object["id"]) }

// lines returns the export of a museum.
func lines(t testing.TB, museum *store.Store) string {
	t.Helper()
	var text bytes.Buffer
	if err := museum.Read(t.Context(), func(s *store.Snapshot) error { return transfer.WriteLines(&text, s, 0) }); err != nil {
		t.Fatal(err)
	}
	return text.String()
}
