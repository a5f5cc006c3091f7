package web_test

import (
	"testing"

	"github.com/mathmuseums/mathmuseums/app/apptest"
	"github.com/mathmuseums/mathmuseums/app/apptest/contract"
)

// TestContract compares the museum's answers with the recorded ones of the earlier app, over a real socket.
func TestContract(t *testing.T) {
	museum := apptest.NewMuseum(t)
	contract.Play(t, contract.Museum{URL: museum.URL, Mails: museum.Outbox.To, Exec: museum.Exec})
}
