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

const doctorHelp = `Looks at everything a museum needs, and says what to do where something is wrong: the settings; the data folder, its mode,
its free space, and whether it lies on another machine; the key; the database's version, and that all of it is sound (which
takes a while for a large one, and holds nobody up; --quick leaves it out); superusers, backups and the replica; the mail server; the clock; and the public
address, as a visitor sees it, with what the proxy in front passes on.

Nothing is changed. Mail is tried up to signing in at the server, and none is sent, unless --mail-to says to whom. The public
address is asked for its health, and with an empty sign-in, which counts as no try. The museum may be open meanwhile; run the
command as the same user.

Each line begins with ok, with "advice" where something could be better, or with FAULT where something must be done.

With --json the same is printed as JSON: {"ok": true, "checks": [{"check": "mail", "verdict": "ok", "found": "...", "do": ""}]},
with the verdicts ok, advice and fault.

Exit codes: 0 nothing must be done, 1 something must be, 2 wrong usage.`

// verdict is how a finding is to be taken.
type verdict string

const (
	verdictOK     verdict = "ok"
	verdictAdvice verdict = "advice"
	verdictFault  verdict = "fault"
)

// finding is what one check has found.
type finding struct {
	Check   string  `json:"check"`
	Verdict verdict `json:"verdict"`
	Found   string  `json:"found"`
	Do      string  `json:"do"` // "" where nothing is to be done
}

// doctor goes through the checks.
type doctor struct {
	program  Program
	config   *Config
	quick    bool   // the database is not read whole
	mailTo   string // whom to send a test mail; "" for nobody
	report   func(finding)
	findings []finding
}

func newDoctorCommand(program Program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Look at everything, and say what to do",
		Long:  doctorHelp,
		Example: `  mathmuseums doctor
  sudo -u mathmuseums mathmuseums doctor --data-dir /var/lib/mathmuseums --mail-to me@example.com
  mathmuseums doctor --json | jq '.checks[] | select(.verdict != "ok")'`,
		Args: noArgs,
	}
	asJSON := cmd.Flags().Bool("json", false, "print JSON")
	quick := cmd.Flags().Bool("quick", false, "do not read the whole database for faults")
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
			return errors.New("broken off before everything was looked at")
		}
		if faults > 0 {
			return fmt.Errorf("%d of %d checks found something that must be done", faults, len(d.findings))
		}
		return nil
	}
	return cmd
}

// examine goes through all checks, each of which can do without the others.
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

// checkSettings tells of mistakes in the configuration, and of what is odd in it.
func (d *doctor) checkSettings(err error) {
	const check = "settings"
	switch {
	case err != nil:
		d.fault(check, err.Error(), "put them right: mathmuseums config --help lists all settings")
	case len(d.config.Warnings) > 0:
		d.advise(check, strings.Join(d.config.Warnings, "\n"), "write the names as mathmuseums config shows them, or take them away")
	default:
		d.ok(check, "all can be read")
	}
}
