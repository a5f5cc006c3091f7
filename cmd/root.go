// Package cmd is the command line: one file a command, each with the help text that is its specification, and the
// configuration that all of them share.
package cmd

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/mathmuseums/mathmuseums/app/store"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Program is what the program knows of itself from the time it was built.
type Program struct {
	Version string // such as 1.4.0
	Schema  string // the text of schema.sql
}

// Exit codes of the program.
const (
	exitDone   = 0
	exitFailed = 1 // it could not be done, or there is something to do (migrate --check)
	exitUsage  = 2 // it was called in a way that it does not understand
	// serve could not start and will not until somebody has mended what is wrong, so that systemd need not try again. The number is
	// EX_CONFIG of sysexits.h; 2 would not do, as Go's runtime ends a program with it that has crashed.
	exitConfig = 78
)

const rootHelp = `Math Museums is a museum of functions: students hang graphs in it, and it keeps them.

This program is the whole museum. Start it with

  mathmuseums serve

and it says where to find it in a browser. The other commands are for whoever runs the museum.

Settings come from flags, from the environment, or from a file named .env in the data folder;
"mathmuseums config --help" lists them all.

Exit codes: 0 done, 1 failed, 2 called in a way that is not understood. Errors go to standard error.`

// Main runs the program with the arguments it was called with and gives its exit code. Where a web server has started it,
// it answers that server, and the arguments do not count.
func Main(program Program) int {
	if kind := detectGateway(); kind != noGateway {
		return serveGateway(program, kind)
	}
	root := NewRoot(program)
	err := root.Execute()
	if err == nil {
		return exitDone
	}
	if errors.Is(err, store.ErrBusy) {
		err = errBusy // its own words are for students
	}
	if text := err.Error(); text != "" {
		fmt.Fprintln(os.Stderr, "mathmuseums: "+text)
	}
	if usage, ok := errors.AsType[*usageError](err); ok {
		fmt.Fprintf(os.Stderr, "How it is used: %s --help\n", usage.command)
		return exitUsage
	}
	if _, ok := errors.AsType[*permanentError](err); ok {
		return exitConfig
	}
	return exitFailed
}

// errBusy is said of store.ErrBusy on the command line.
var errBusy = errors.New("another program is writing to the museum, such as an import; try again when it is done")

// NewRoot returns the command mathmuseums with all its subcommands.
func NewRoot(program Program) *cobra.Command {
	// Shown to those who double-click the program on Windows.
	cobra.MousetrapHelpText = "Math Museums is started from a terminal: open one in this folder and type\n\n  mathmuseums serve\n"
	root := &cobra.Command{
		Use:                        "mathmuseums",
		Short:                      "A museum of functions for a class",
		Long:                       rootHelp,
		Args:                       requireKnownCommand,
		RunE:                       func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		SuggestionsMinimumDistance: 2,
		SilenceErrors:              true,
		SilenceUsage:               true,
	}
	root.PersistentFlags().String(dataDirFlag, "", "`folder` that holds the museum's data (default "+defaultDataDirWords+")")
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		if words := cmd.Flags().Args(); cmd == root && len(words) > 0 {
			return requireKnownCommand(cmd, words) // an unknown command is worth more words than its flags
		}
		return &usageError{cmd.CommandPath(), plainFlagError(err)}
	})
	root.PersistentPreRunE = refuseEmpty
	root.AddCommand(
		newServeCommand(program),
		newMigrateCommand(program),
		newReplicateCommand(program),
		newDrillCommand(program),
		newCreateSuperuserCommand(program),
		newCodeCommand(program),
		newTestMailCommand(),
		newExportCommand(program),
		newImportCommand(program),
		newDemoCommand(program),
		newBackupCommand(program),
		newRestoreCommand(program),
		newConfigCommand(),
		newDoctorCommand(program),
		newAuthorityCommand(),
		newSystemdCommand(),
		newVersionCommand(program),
	)
	for _, command := range root.Commands() {
		command.SuggestFor = djangoCommands[command.Name()]
	}
	return root
}

// plainFlagError says without words of Go what is wrong with the value of a flag.
func plainFlagError(err error) error {
	wrong, ok := errors.AsType[*pflag.InvalidValueError](err)
	if !ok {
		return err
	}
	switch flag := wrong.GetFlag(); flag.Value.Type() {
	case "int":
		return fmt.Errorf("--%s: %q is not a whole number", flag.Name, wrong.GetValue())
	case "bool":
		return fmt.Errorf("--%s: %q is neither true nor false", flag.Name, wrong.GetValue())
	}
	return err
}

// refuseEmpty refuses flags and arguments without a value, as by --to "$FOLDER" in a script where that is not set: the command
// would go on with a default that nobody meant. The base path alone may be empty, which is the root.
func refuseEmpty(cmd *cobra.Command, args []string) (err error) {
	cmd.Flags().Visit(func(flag *pflag.Flag) {
		if flag.Value.Type() == "string" && strings.TrimSpace(flag.Value.String()) == "" && flag.Name != basePathFlag {
			err = &usageError{cmd.CommandPath(), fmt.Errorf("--%s has no value; in a script, the variable may not be set. Leave --%s out for the default", flag.Name, flag.Name)}
		}
	})
	for _, arg := range args {
		if strings.TrimSpace(arg) == "" {
			err = &usageError{cmd.CommandPath(), fmt.Errorf("an argument of %s is empty; in a script, a variable may not be set", cmd.Name())}
		}
	}
	return err
}

// usageError is a call that is not understood.
type usageError struct {
	command string // the command it was, such as "mathmuseums code"
	err     error
}

func (e *usageError) Error() string { return e.err.Error() }
func (e *usageError) Unwrap() error { return e.err }

// permanentError is why serve cannot start, and will not at a second try.
type permanentError struct{ error }

func (e *permanentError) Unwrap() error { return e.error }

// requireKnownCommand refuses whatever is no command, and names what may have been meant.
func requireKnownCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	text := fmt.Sprintf("there is no command %q", args[0])
	if why, ok := djangoNeedless[args[0]]; ok {
		return &usageError{cmd.CommandPath(), fmt.Errorf("%s, and none is needed: %s", text, why)}
	}
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		text += "; is it " + strings.Join(near, " or ") + "?"
	}
	return &usageError{cmd.CommandPath(), errors.New(text)}
}

// noArgs is for commands that take flags alone.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return &usageError{cmd.CommandPath(), fmt.Errorf("%q is too much: %s takes no arguments", args[0], cmd.Name())}
	}
	return nil
}

// oneAddress is for commands that take a mail address.
func oneAddress(cmd *cobra.Command, args []string) error {
	if len(args) != 1 {
		return &usageError{cmd.CommandPath(), fmt.Errorf("%s wants one mail address, such as ann@example.com", cmd.Name())}
	}
	return nil
}
