package cmd

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/spf13/cobra"
	"golang.org/x/term"
)

// prompt asks questions at a terminal and repeats them until the answer is valid.
type prompt struct {
	in         *bufio.Reader
	out        io.Writer
	readHidden func() (string, error) // reads a line without echo
}

var errNoAnswer = errors.New("there was no answer, so nobody was added")

func newPrompt(cmd *cobra.Command) (*prompt, error) {
	in, ok := cmd.InOrStdin().(*os.File)
	if !ok || !isTerminal(in) {
		return nil, errors.New("standard input is not a terminal; use --noinput with --email")
	}
	return &prompt{bufio.NewReader(in), cmd.OutOrStdout(), func() (string, error) { return readHidden(in) }}, nil
}

func (p *prompt) address() (app.Address, error) {
	for {
		fmt.Fprint(p.out, "Mail address: ")
		line, err := p.in.ReadString('\n')
		if err != nil {
			return app.Address{}, errNoAnswer
		}
		address, err := app.ParseAddress(line)
		if err == nil {
			return address, nil
		}
		fmt.Fprintln(p.out, err)
	}
}

// password asks for a password twice; it returns "" if none is wanted.
func (p *prompt) password(address app.Address) (string, error) {
	for {
		fmt.Fprint(p.out, "Password (optional; press Enter to rely on mailed codes): ")
		password, err := p.readHidden()
		fmt.Fprintln(p.out)
		if err != nil {
			return "", errNoAnswer
		}
		if password == "" {
			return "", nil
		}
		if faults := app.CheckPassword(password, address); len(faults) > 0 {
			fmt.Fprintln(p.out, strings.Join(faults, "\n"))
			continue
		}
		fmt.Fprint(p.out, "Password again: ")
		again, err := p.readHidden()
		fmt.Fprintln(p.out)
		if err != nil {
			return "", errNoAnswer
		}
		if again == password {
			return password, nil
		}
		fmt.Fprintln(p.out, "The passwords do not match. Please try again.")
	}
}

// readHidden reads a line without echo. On Ctrl+C it restores the terminal before the program exits.
func readHidden(in *os.File) (string, error) {
	terminal := int(in.Fd())
	before, err := term.GetState(terminal)
	if err != nil {
		return "", err
	}
	interrupted := make(chan os.Signal, 1)
	signal.Notify(interrupted, os.Interrupt)
	defer signal.Stop(interrupted)
	done := make(chan struct{})
	defer close(done)
	go func() {
		select {
		case <-interrupted:
			_ = term.Restore(terminal, before)
			os.Exit(exitFailed)
		case <-done:
		}
	}()
	line, err := term.ReadPassword(terminal)
	return string(line), err
}
