package cmd

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"
)

const doctorHelp = `Checks everything that a museum depends on, and says what to do about each problem:

  - the settings
  - the data folder: its permissions, free space, and whether it is on a network drive
  - the key, the database's version, and the integrity of all its data (this takes a while for a large database and
    does not block the museum; --quick skips it)
  - superusers, backups and the replica
  - the mail server
  - the clock
  - the public address as a visitor sees it, and the headers that the proxy in front passes on

Nothing is changed. The mail server is tested up to signing in; a mail is sent only with --mail-to. The public address
is tested with a health check and an empty sign-in, which does not count as an attempt. The museum may be running. Run
the command as the user that the museum runs as.

Each line begins with "ok", with "advice" if something could be better, or with "FAULT" if something must be fixed.

--json prints the same as JSON, with the verdicts ok, advice and fault:
{"ok": true, "checks": [{"check": "mail", "verdict": "ok", "found": "...", "do": ""}]}

Exit codes: 0 nothing must be fixed, 1 something must be, 2 wrong usage.`

// verdict is the severity of a finding.
type verdict string

const (
	verdictOK     verdict = "ok"
	verdictAdvice verdict = "advice"
	verdictFault  verdict = "fault"
)

// finding is the result of one check.
type finding struct {
	Check   string  `json:"check"`
	Verdict verdict `json:"verdict"`
	Found   string  `json:"found"`
	Do      string  `json:"do"` // what to do; "" if nothing
}

// doctor runs the checks and collects their findings.
type doctor struct {
	program  Program
	config   *Config
	quick    bool   // skip the integrity check
	mailTo   string // recipient of a test mail; "" for no mail
	report   func(finding)
	findings []finding
}

func newDoctorCommand(program Program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Check the installation and say what to fix",
		Long:  doctorHelp,
		Example: `  mathmuseums doctor
  sudo -u mathmuseums mathmuseums doctor --data-dir /var/lib/mathmuseums --mail-to me@example.com
  mathmuseums doctor --json | jq '.checks[] | select(.verdict != "ok")'`,
		Args: noArgs,
	}
	asJSON := cmd.Flags().Bool("json", false, "print JSON")
	quick := cmd.Flags().Bool("quick", false, "skip the integrity check of the whole database")
	mailTo := cmd.Flags().String("mail-to", "", "send a test mail to this `address`")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		d := &doctor{program: program, quick: *quick, report: func(finding) {}}
		if *mailTo != "" {
			address, err := parseAddress(cmd, *mailTo)
			if err != nil {
				return err
			}
			d.mailTo = address.Mailbox
		}
		ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt, syscall.SIGTERM)
		defer stop()
		out := cmd.OutOrStdout()
		if !*asJSON {
			d.report = func(f finding) { printFinding(out, f) }
		}
		config, err := loadConfig(cmd)
		d.config = config
		d.examine(ctx, err)
		faults := 0
		for _, f := range d.findings {
			if f.Verdict == verdictFault {
				faults++
			}
		}
		if *asJSON {
			text, err := json.MarshalIndent(map[string]any{"ok": faults == 0, "checks": d.findings}, "", "  ")
			if err != nil {
				return err
			}
			fmt.Fprintf(out, "%s\n", text)
		}
		if ctx.Err() != nil {
			return errors.New("interrupted before all checks were done")
		}
		if faults > 0 {
			return fmt.Errorf("%d of %d checks found something that must be fixed", faults, len(d.findings))
		}
		return nil
	}
	return cmd
}

// examine runs all checks. They are independent of each other.
func (d *doctor) examine(ctx context.Context, configError error) {
	d.checkSettings(configError)
	d.checkFolder()
	d.checkSpace()
	d.checkDatabase(ctx)
	d.checkBackups(ctx)
	d.checkReplica(ctx, time.Now())
	d.checkMail(ctx)
	d.checkClock()
	d.checkAuthority()
	d.checkPublic(ctx)
}

func (d *doctor) add(check string, verdict verdict, found, do string) {
	f := finding{check, verdict, found, do}
	d.findings = append(d.findings, f)
	d.report(f)
}

func (d *doctor) ok(check, found string)         { d.add(check, verdictOK, found, "") }
func (d *doctor) advise(check, found, do string) { d.add(check, verdictAdvice, found, do) }
func (d *doctor) fault(check, found, do string)  { d.add(check, verdictFault, found, do) }

func printFinding(out io.Writer, f finding) {
	word := string(f.Verdict)
	if f.Verdict == verdictFault {
		word = "FAULT"
	}
	const indent = 26
	hang := func(text string) string { return strings.ReplaceAll(text, "\n", "\n"+strings.Repeat(" ", indent)) }
	fmt.Fprintf(out, "%-8s%-18s%s\n", word, f.Check, hang(f.Found))
	if f.Do != "" {
		fmt.Fprintf(out, "%*s%s\n", indent, "", hang("Do: "+f.Do))
	}
}

// checkSettings reports errors and warnings of the configuration.
func (d *doctor) checkSettings(err error) {
	const check = "settings"
	switch {
	case err != nil:
		d.fault(check, err.Error(), "correct them; mathmuseums config --help lists all settings")
	case len(d.config.Warnings) > 0:
		d.advise(check, strings.Join(d.config.Warnings, "\n"),
			"use the names that mathmuseums config shows, or remove these")
	default:
		d.ok(check, "all valid")
	}
}
