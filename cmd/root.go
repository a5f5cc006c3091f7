// Package cmd is the command line of the program. Each command has a file of its own, whose help text is its
// specification; the other files hold what commands share: configuration (config.go, setting.go), opening the museum
// (open.go), sockets and TLS (listen.go, tls.go), and what only CGI and FastCGI need (cgi.go, setup_page.go,
// update_page.go, exposure.go).
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

// Program holds what is fixed when the program is built.
type Program struct {
	Version string // such as 1.4.0
	Schema  string // the text of schema.sql
}

// Exit codes of the program.
const (
	exitDone   = 0
	exitFailed = 1 // it failed, or there is something to do (migrate --check)
	exitUsage  = 2 // the command line is invalid
	// exitConfig: serve could not start and will not until the operator fixes something, so systemd must not retry.
	// The number is EX_CONFIG of sysexits.h; 2 is unsuitable because Go programs that crash exit with it.
	exitConfig = 78
)

const rootHelp = `Math Museums is a museum of functions: students hang graphs in it, and it keeps them.

This program is the whole museum. Start it with

  mathmuseums serve

which prints the address to open in a browser. The other commands are for whoever runs the museum.

Settings come from flags, from the environment, or from a file named .env in the data folder;
"mathmuseums config --help" lists them all.

Exit codes: 0 done, 1 failed, 2 wrong usage. Errors go to standard error.`

// Main runs the program and returns its exit code. If a web server started it through CGI or FastCGI, it serves that
// server and ignores its arguments.
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
		err = errBusy // its own message is for students
	}
	if text := err.Error(); text != "" {
		fmt.Fprintln(os.Stderr, "mathmuseums: "+text)
	}
	if usage, ok := errors.AsType[*usageError](err); ok {
		fmt.Fprintf(os.Stderr, "For help, run: %s --help\n", usage.command)
		return exitUsage
	}
	if _, ok := errors.AsType[*permanentError](err); ok {
		return exitConfig
	}
	return exitFailed
}

// errBusy replaces store.ErrBusy on the command line.
var errBusy = errors.New("another program, such as an import, is writing to the museum; try again later")

// NewRoot returns the command mathmuseums with all its subcommands.
func NewRoot(program Program) *cobra.Command {
	// Shown when the program is started by a double click on Windows.
	cobra.MousetrapHelpText = "Start Math Museums from a terminal: open one in this folder and type\n\n  " +
		"mathmuseums serve\n"
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
			return requireKnownCommand(cmd, words) // report the unknown command rather than its flags
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

// plainFlagError describes an invalid value of a flag without Go's vocabulary.
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

// refuseEmpty rejects empty flags and arguments, such as --to "$FOLDER" in a script that did not set the variable:
// the command would continue with a default that was not intended. Only the base path may be empty, which means the
// root.
func refuseEmpty(cmd *cobra.Command, args []string) (err error) {
	cmd.Flags().Visit(func(flag *pflag.Flag) {
		if flag.Value.Type() == "string" && strings.TrimSpace(flag.Value.String()) == "" && flag.Name != basePathFlag {
			err = &usageError{cmd.CommandPath(), fmt.Errorf("--%s is empty; if a script sets it from a variable, "+
				"that may be unset. Omit --%s for the default", flag.Name, flag.Name)}
		}
	})
	for _, arg := range args {
		if strings.TrimSpace(arg) == "" {
			err = &usageError{cmd.CommandPath(), fmt.Errorf("an argument of %s is empty; if a script sets it "+
				"from a variable, that may be unset", cmd.Name())}
		}
	}
	return err
}

// usageError is the error for an invalid command line.
type usageError struct {
	command string // such as "mathmuseums code"
	err     error
}

func (e *usageError) Error() string { return e.err.Error() }
func (e *usageError) Unwrap() error { return e.err }

// permanentError is an error that keeps serve from starting and that a retry cannot fix.
type permanentError struct{ error }

func (e *permanentError) Unwrap() error { return e.error }

// requireKnownCommand rejects unknown commands and suggests similar ones.
func requireKnownCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	text := fmt.Sprintf("unknown command %q", args[0])
	if why, ok := djangoNeedless[args[0]]; ok {
		return &usageError{cmd.CommandPath(), fmt.Errorf("%s; it is not needed: %s", text, why)}
	}
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		text += "; did you mean " + strings.Join(near, " or ") + "?"
	}
	return &usageError{cmd.CommandPath(), errors.New(text)}
}

// noArgs rejects arguments of commands that take only flags.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return &usageError{cmd.CommandPath(), fmt.Errorf("unexpected argument %q: %s takes none", args[0], cmd.Name())}
	}
	return nil
}

// oneAddress requires exactly one argument, a mail address.
func oneAddress(cmd *cobra.Command, args []string) error {
	if len(args) != 1 {
		return &usageError{cmd.CommandPath(),
			fmt.Errorf("%s needs one mail address, such as ann@example.com", cmd.Name())}
	}
	return nil
}
