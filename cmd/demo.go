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

// demoOptions is what a made-up class was asked for.
type demoOptions struct {
	students int
	seed     uint64
	into     string // folder, "" for the data folder
}

func newDemoCommand(program Program) *cobra.Command {
	opts := demoOptions{}
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Fill an empty museum with a made-up class, to try things on",
		Long: `Fills an empty museum with a made-up class: a teacher who may run the museum, and students with graphs of all twelve families,
notes, works that are complete and works that are not, earlier versions, and some that were changed on two devices at once.

It is for trying the museum out, and for showing it. A museum in which there is anybody is left as it is: give a folder of
its own with --into, which must be empty or not there yet. The same --seed gives the same class on the same day.

All addresses end with example.com, where no mail arrives: the codes are in the terminal in which the museum was started,
or come from "mathmuseums code".

Exit codes: 0 done, 1 failed or the museum is not empty, 2 wrong usage.`,
		Example: `  mathmuseums demo --into /tmp/class
  mathmuseums serve --data-dir /tmp/class`,
		Args: noArgs,
	}
	cmd.Flags().IntVar(&opts.students, "students", 30, "how many `students` there are")
	cmd.Flags().Uint64Var(&opts.seed, "seed", 1, "`number` by which chance begins")
	cmd.Flags().StringVar(&opts.into, "into", "", "`folder` for a museum of its own, instead of the data folder")
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
			return fmt.Errorf("%s is not empty, and was left as it is. Name a folder that is, or one that is not there yet", opts.into)
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
		return fmt.Errorf("there are people in the museum in %s already, so it was left as it is. Name an empty folder with --into", c.DataDir)
	}
	report, err := museum.Import(cmd.Context(), transfer.Demo(opts.seed, opts.students, museum.Now()), store.ImportOptions{Subject: "demo"})
	if err != nil {
		return fmt.Errorf("the class could not be made: %w", errors.Join(append([]error{err}, rowErrors(report)...)...))
	}
	fmt.Fprintf(cmd.OutOrStdout(), `A made-up class with %d tiles is in %s.
Open the museum:  %s
Sign in as %s, who may run the museum, or as a student such as %s.
The code of who may run it is printed by: %s
Those of students appear in the terminal of the museum.
`, report.Tiles, filepath.Clean(c.DataDir), c.command("serve"), transfer.DemoTeacher.Mailbox, transfer.DemoStudent(opts.seed), c.command("code "+transfer.DemoTeacher.Mailbox))
	return nil
}

// rowErrors are the bad rows of a report.
func rowErrors(report store.ImportReport) (errs []error) {
	for _, row := range report.Bad {
		errs = append(errs, &row)
	}
	return errs
}
