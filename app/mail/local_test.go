package mail_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/mail"
)

func TestConsoleShowsTheCode(t *testing.T) {
	var out bytes.Buffer
	sender := openConsole(t, &out)
	if err := sender.Send(t.Context(), mail.NewCodeMessage(app.CodeToSignIn, "ann@example.com", "123456", 15*time.Minute, "")); err != nil {
		t.Fatalf("Send: %v", err)
	}
	until := noon.Add(15 * time.Minute).Local().Format("15:04")
	want := "\n  Sign-in code for ann@example.com: 123456 (valid until " + until + ")\n\n"
	if out.String() != want {
		t.Errorf("got %q, want %q", out.String(), want)
	}
}

// TestConsoleHidesCodes hides the codes of superusers, and all codes in a web server's log.
func TestConsoleHidesCodes(t *testing.T) {
	code := func(purpose app.CodePurpose, private bool) mail.Message {
		message := mail.NewCodeMessage(purpose, "root@example.com", "123456", 15*time.Minute, "")
		message.Private = private
		return message
	}
	for _, c := range []struct {
		message     mail.Message
		isLog       bool
		shown, says string
	}{
		{code(app.CodeToSignIn, true), false, "", "To get one: mathmuseums code --data-dir m root@example.com\n"},
		{code(app.CodeToDeleteAccount, true), false, "123456", "Code to delete the account for root@example.com"}, // asked for by somebody who is signed in
		{code(app.CodeToSignIn, false), true, "", "To issue a code: mathmuseums code --data-dir m ADDRESS\n"},
	} {
		var out bytes.Buffer
		sender, err := mail.Open("console:", mail.Options{Console: &out, IsLog: c.isLog, IssueCommand: "mathmuseums code --data-dir m"})
		if err != nil {
			t.Fatal(err)
		}
		if err := sender.Send(t.Context(), c.message); err != nil {
			t.Fatal(err)
		}
		if got := out.String(); !strings.Contains(got, c.says) || strings.Contains(got, "123456") != (c.shown != "") {
			t.Errorf("the console of %+v says %q", c, got)
		}
	}
	var out bytes.Buffer
	sender, err := mail.Open("console:", mail.Options{Console: &out, IsLog: true})
	if err != nil {
		t.Fatal(err)
	}
	wantStep(t, sender.Send(t.Context(), code(app.CodeToDeleteAccount, false)), mail.StepConsole, "no mail server is set")
	if out.Len() > 0 {
		t.Errorf("the log says %q", out.String())
	}
}

func TestConsoleShowsOtherMailsWhole(t *testing.T) {
	var out bytes.Buffer
	message := mail.NewTestMessage("ann@example.com")
	if err := openConsole(t, &out).Send(t.Context(), message); err != nil {
		t.Fatalf("Send: %v", err)
	}
	if got := out.String(); !strings.Contains(got, "Mail for ann@example.com: "+message.Subject) || !strings.Contains(got, message.Text) {
		t.Errorf("got %q", got)
	}
}

func TestConsoleIsNotGarbled(t *testing.T) {
	var out bytes.Buffer
	sender := openConsole(t, &out)
	var group sync.WaitGroup
	for range 50 {
		group.Go(func() {
			_ = sender.Send(t.Context(), mail.NewCodeMessage(app.CodeToSignIn, "ann@example.com", "123456", time.Minute, ""))
		})
	}
	group.Wait()
	if got := strings.Count(out.String(), "\n\n  Sign-in code"); got != 49 {
		t.Errorf("got %d whole blocks after the first, want 49", got)
	}
	err := sender.Send(t.Context(), mail.NewTestMessage("ann@example.com\n  Sign-in code for eve@example.com: 1"))
	wantStep(t, err, mail.StepRecipient, "cannot send to")
}

func TestConsoleThatIsGone(t *testing.T) {
	sender := openConsole(t, brokenWriter{})
	wantStep(t, sender.Send(t.Context(), mail.NewTestMessage("ann@example.com")), mail.StepConsole, "cannot write to the console: broken pipe")
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errors.New("broken pipe") }

func openConsole(t *testing.T, out interface{ Write([]byte) (int, error) }) mail.Sender {
	t.Helper()
	sender, err := mail.Open("console:", mail.Options{Console: out, Clock: func() time.Time { return noon }})
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	return sender
}

func TestSendmailGetsTheMessage(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("CAUGHT", dir)
	program := script(t, dir, `printf '%s\n' "$@" > "$CAUGHT/args"; cat > "$CAUGHT/stdin"`)
	sender := openSendmail(t, program)
	// A shell would execute part of this address, and an option parser would take it for an option.
	const to = "-oX$`id`@example.com"
	if err := sender.Send(t.Context(), mail.NewCodeMessage(app.CodeToSignIn, to, "123456", time.Minute, "")); err != nil {
		t.Fatalf("Send: %v", err)
	}
	if got, want := read(t, dir, "args"), "-i\n-f\nmuseum@example.com\n--\n-oX$`id`@example.com\n"; got != want {
		t.Errorf("got arguments %q, want %q", got, want)
	}
	if got := read(t, dir, "stdin"); !strings.Contains(got, "123456") || !strings.Contains(got, "\r\nSubject: ") {
		t.Errorf("got message:\n%s", got)
	}
}

func TestSendmailFails(t *testing.T) {
	dir := t.TempDir()
	for _, test := range []struct{ name, program, problem string }{
		{"says why", script(t, dir, `echo "queue is full," >&2; echo "come back" >&2; exit 75`), "failed (exit status 75): queue is full, come back"},
		{"does not say why", script(t, dir, `exit 1`), "failed (exit status 1) without an error message"},
		{"talks without end", script(t, dir, `head -c 1000000 /dev/zero | tr '\0' x >&2; exit 3`), "failed (exit status 3): " + strings.Repeat("x", 400) + "…"},
		{"is not there", filepath.Join(dir, "nothing"), "cannot run the mail program: "},
		{"hangs", script(t, dir, `exec sleep 60`), "did not finish within 0.3 s and was stopped"},
		{"hangs in a child", script(t, dir, `sleep 3`), "did not finish within 0.3 s and was stopped"},
	} {
		t.Run(test.name, func(t *testing.T) {
			start := time.Now()
			err := openSendmail(t, test.program).Send(t.Context(), mail.NewTestMessage("ann@example.com"))
			wantStep(t, err, mail.StepProgram, test.problem)
			if took := time.Since(start); took > 2500*time.Millisecond {
				t.Errorf("took %v", took)
			}
		})
	}
}

func TestSendmailStopsWhenTheCallerDoes(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err := openSendmail(t, script(t, t.TempDir(), "exec sleep 60")).Send(ctx, mail.NewTestMessage("ann@example.com"))
	wantStep(t, err, mail.StepProgram, "was interrupted")
}

func openSendmail(t *testing.T, program string) mail.Sender {
	t.Helper()
	sender, err := mail.Open("sendmail://"+program, mail.Options{From: "Math Museums <museum@example.com>", StepTimeout: stepLimit})
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	return sender
}

// script creates a program that replaces sendmail.
func script(t *testing.T, dir, body string) string {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("sendmail programs are for Unix; this test runs a shell script")
	}
	file, err := os.CreateTemp(dir, "sendmail-*")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := file.WriteString("#!/bin/sh\n" + body + "\n"); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(file.Chmod(0o700), file.Close()); err != nil {
		t.Fatal(err)
	}
	return file.Name()
}

func read(t *testing.T, dir, name string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}
