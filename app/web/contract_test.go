package web_test

import (
	"testing"

	"github.com/mathmuseums/mathmuseums/app/apptest"
	"github.com/mathmuseums/mathmuseums/app/apptest/contract"
)

// TestContract holds the museum against what the earlier app answered, on a real socket.
func TestContract(t *testing.T) {
	museum := apptest.NewMuseum(t)
	contract.Play(t, contract.Museum{URL: museum.URL, Mails: museum.Outbox.To, Exec: museum.Exec})
}
