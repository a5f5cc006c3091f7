// Command manpages writes the manual pages that releases ship: one page for each command, with the text of its --help.
// It is a program of its own so that the museum itself does not carry the code for it.
//
//	go run ./cmd/manpages FOLDER
package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/mathmuseums/mathmuseums/cmd"
	"github.com/spf13/cobra/doc"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "manpages:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 1 {
		return errors.New("usage: go run ./cmd/manpages FOLDER")
	}
	if err := os.MkdirAll(args[0], 0o755); err != nil {
		return err
	}
	root := cmd.NewRoot(cmd.Program{})
	root.DisableAutoGenTag = true // a date in the pages would make each build differ
	return doc.GenManTree(root, &doc.GenManHeader{Section: "1", Source: "Math Museums"}, args[0])
}
