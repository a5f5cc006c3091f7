package mail_test

import (
	"context"
	"errors"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/mathmuseums/mathmuseums/app/mail"
)

func TestCheckSignsInAndSendsNothing(t *testing.T) {
	server := startMailServer(t, serverOptions{})
	server.mechanisms = []string{"PLAIN"}
	check := func(rawURL string) error {
		rawURL = strings.NewReplacer("PORT", server.port(), "USER", url.UserPassword(userName, password).String()).Replace(rawURL)
		return mail.Check(t.Context(), rawURL, mail.Options{From: "museum@example.com", RootCAs: server.authority})
	}
	if err := check("smtp://USER@localhost:PORT"); err != nil {
		t.Errorf("a server that works: %v", err)
	}
	var stuck *mail.StepError
	if err := check("smtp://museum%40example.com:wr0ng-word@localhost:PORT"); !errors.As(err, &stuck) || stuck.Step != mail.StepSignIn {
		t.Errorf("with the wrong password: %v", err)
	}
	if err := check("smtps://USER@localhost:PORT"); !errors.As(err, &stuck) || stuck.Step != mail.StepTLS {
		t.Errorf("in the wrong way: %v", err)
	}
	if got := server.count(); got != 0 {
		t.Errorf("%d mails were sent", got)
	}
}

func TestCheckLooksForTheMailProgram(t *testing.T) {
	own, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	opts := mail.Options{From: "museum@example.com"}
	if err := mail.Check(context.Background(), "sendmail://"+own, opts); err != nil {
		t.Errorf("a program that is there: %v", err)
	}
	var stuck *mail.StepError
	if err := mail.Check(context.Background(), "sendmail:///nowhere/sendmail", opts); !errors.As(err, &stuck) || stuck.Step != mail.StepProgram {
		t.Errorf("one that is not: %v", err)
	}
}
