package cmd

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/mathmuseums/mathmuseums/app/store"
	"github.com/mathmuseums/mathmuseums/app/transfer"
	"github.com/spf13/cobra"
)

// demoOptions are the flags of the command.
type demoOptions struct {
	students int
	seed     uint64
	into     string // folder; "" for the data folder
}

func newDemoCommand(program Program) *cobra.Command {
	opts := demoOptions{}
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Fill an empty museum with an invented class",
		Long: `Fills an empty museum with an invented class for trying the museum out or showing it: a teacher, who
is a superuser, and students with graphs of all families, notes, finished and unfinished work, earlier
versions, and a few conflicts from editing on two devices at once.

A museum that already has users is left alone; use --into to fill a separate folder, which must be empty or not exist.
The same --seed produces the same class on the same day.

All addresses end in example.com, where no mail arrives: sign-in codes are printed where the museum runs, or by
"mathmuseums code".

Exit codes: 0 done, 1 failed or the museum is not empty, 2 wrong usage.`,
		Example: `  mathmuseums demo --into /tmp/class
  mathmuseums serve --data-dir /tmp/class`,
		Args: noArgs,
	}
	cmd.Flags().IntVar(&opts.students, "students", 30, "`number` of students")
	cmd.Flags().Uint64Var(&opts.seed, "seed", 1, "`number` that seeds the random choices")
	cmd.Flags().StringVar(&opts.into, "into", "", "`folder` for a separate museum, instead of the data folder")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return fillDemo(cmd, program, opts) }
	return cmd
}

func fillDemo(cmd *cobra.Command, program Program, opts demoOptions) error {
	if opts.students < 1 || opts.students > transfer.MaxDemoStudents {
		return &usageError{cmd.CommandPath(), fmt.Errorf("a class has 1 to %d students", transfer.MaxDemoStudents)}
	}
	if opts.into != "" {
		if err := cmd.Flags().Set(dataDirFlag, opts.into); err != nil {
			return err
		}
		if entries, err := os.ReadDir(opts.into); err == nil && len(entries) > 0 {
			return fmt.Errorf("%s is not empty; nothing was changed. Name an empty folder or a new one", opts.into)
		}
	}
	c, err := commandConfig(cmd)
	if err != nil {
		return err
	}
	museum, err := openCurrentStore(cmd.Context(), program, c)
	if err != nil {
		return err
	}
	defer museum.Close()
	for _, err := range museum.Users(cmd.Context(), 0) {
		if err != nil {
			return err
		}
		return fmt.Errorf("the museum in %s already has users; nothing was changed. Name an empty folder with "+
			"--into", c.DataDir)
	}
	report, err := museum.Import(cmd.Context(), transfer.Demo(opts.seed, opts.students, museum.Now()),
		store.ImportOptions{Subject: "demo"})
	if err != nil {
		return fmt.Errorf("the class could not be created: %w",
			errors.Join(append([]error{err}, rowErrors(report)...)...))
	}
	fmt.Fprintf(cmd.OutOrStdout(), `A class with %d tiles was created in %s.
Start the museum:  %s
Sign in as %s, a superuser, or as a student such as %s.
Print a sign-in code for the superuser:  %s
Codes for students appear in the terminal where the museum runs.
`, report.Tiles, filepath.Clean(c.DataDir), c.command("serve"), transfer.DemoTeacher.Mailbox, transfer.DemoStudent(opts.seed), c.command("code "+transfer.DemoTeacher.Mailbox))
	return nil
}

// rowErrors returns the bad rows of a report as errors.
func rowErrors(report store.ImportReport) (errs []error) {
	for _, row := range report.Bad {
		errs = append(errs, &row)
	}
	return errs
}
