package cmd

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/backup"
	"github.com/mathmuseums/mathmuseums/app/bucket"
	"github.com/mathmuseums/mathmuseums/app/platform"
	"github.com/mathmuseums/mathmuseums/app/web"
	"github.com/spf13/cobra"
)

// Config holds all operator settings after validation.
type Config struct {
	DataDir        string   // absolute; the database in it is museum.db
	Addr           string   // where the server listens, such as :8000
	PublicURL      *url.URL // the museum's address for visitors; nil if not set
	BasePath       string   // path of the museum on its host, such as /museum; "" for the root
	TLS            encryption
	ACMEURL        string // directory of the authority for encryptionAuto
	MailURL        string // see mail.Open
	MailFrom       string // sender of mails; "" for the user in MailURL
	TrustedProxies []netip.Prefix
	CORSOrigins    []string
	AccessLog      web.AccessLog
	MetricsToken   string // "" turns metrics off
	Limits         app.SignInLimits
	UserQuota      int    // MiB
	BackupTo       string // see backupFolder
	BackupKeep     backup.Keep
	Replica        string // see replica.CheckURL; "" for none
	BucketKeys     bucket.Keys

	epochFiles string // see store.Options; set under CGI, where each request is a process
	values     []value
	Warnings   []string // harmless oddities, one sentence each
}

// value is a setting with its configured text.
type value struct {
	setting
	text   string
	source string // one of the source constants
}

// Sources of a value, in order of precedence.
const (
	sourceFlag        = "flag"
	sourceEnvironment = "environment"
	sourceFile        = ".env file"
	sourceDefault     = "default"
)

// Names of the places of settings, for warnings.
const (
	environmentPlace = "the environment"
	filePlace        = "the .env file"
)

// envFile is the name of the settings file in the data folder.
const envFile = ".env"

// loadConfig reads and validates the configuration. Its error is a *configError that lists every mistake, or a
// *usageError around one. The configuration is returned even then, as far as it could be read.
func loadConfig(cmd *cobra.Command) (*Config, error) {
	c := &Config{}
	problems := &configError{}
	environment := ownEnvironment(os.Environ())

	// The data folder comes first: it holds the file with the rest.
	c.resolve(cmd, dataDirSetting, environment, nil, problems)
	c.values[0].text = c.DataDir // the absolute path
	file, err := c.readEnvFile()
	if err != nil {
		problems.add(err.Error())
	}
	for _, s := range settings[1:] {
		c.resolve(cmd, s, environment, file, problems)
	}
	c.checkCombinations(problems)
	c.warnUnread(environmentPlace, environment)
	c.warnUnread(filePlace, file, dataDirSetting.name, superuserPassword)
	c.warnDjangoSettings(environmentPlace, djangoEnvironment())
	c.warnDjangoSettings(filePlace, file)
	c.warnForeignOrigins()
	return c, problems.orNil()
}

// resolve reads one setting from the source with the highest precedence that has it. An empty value counts as not
// set, so that the environment can unset a variable.
func (c *Config) resolve(cmd *cobra.Command, s setting, environment, file map[string]string, problems *configError) {
	v := value{setting: s, source: sourceDefault}
	flag := cmd.Flags().Lookup(s.flag)
	switch {
	case s.flag != "" && flag != nil && flag.Changed:
		v.text, v.source = flag.Value.String(), sourceFlag
	case environment[s.name] != "":
		v.text, v.source = environment[s.name], sourceEnvironment
	case file[s.name] != "" && s.name != dataDirSetting.name:
		v.text, v.source = file[s.name], sourceFile
	default:
		v.text = s.fallback()
	}
	c.values = append(c.values, v)
	if err := s.read(c, v.text); err != nil {
		if v.source == sourceFlag {
			problems.inFlag = cmd.CommandPath()
			problems.add(fmt.Sprintf("--%s: %v", s.flag, err))
			return
		}
		problems.add(fmt.Sprintf("%s (%s): %v", s.name, v.source, err))
	}
}

// source returns the source of the setting with a flag.
func (c *Config) source(flag string) string {
	i := slices.IndexFunc(c.values, func(v value) bool { return v.flag == flag })
	return c.values[i].source
}

// warnUnread adds warnings for variables that are not read from a place and for misspelled names, because a setting
// that is silently ignored is hard to notice.
func (c *Config) warnUnread(place string, given map[string]string, unread ...string) {
	for _, name := range sortedNames(given) {
		switch {
		case slices.Contains(unread, name):
			c.Warnings = append(c.Warnings, fmt.Sprintf("%s sets %s, which is not read from there", place, name))
		case !isKnown(name) && !isDjango(name):
			warning := fmt.Sprintf("%s sets %s, which is not a setting", place, name)
			if near := nearest(name, knownNames()); isNear(name, near) {
				warning += fmt.Sprintf("; did you mean %s?", near)
			}
			c.Warnings = append(c.Warnings, warning)
		}
	}
}

// configError lists all mistakes in a configuration.
type configError struct {
	problems []string
	inFlag   string // the command with a mistake in a flag; "" if there is none
}

func (e *configError) add(problem string) { e.problems = append(e.problems, problem) }

// orNil returns the error, as a usageError if a flag is wrong, or nil if there is no mistake.
func (e *configError) orNil() error {
	switch {
	case len(e.problems) == 0:
		return nil
	case e.inFlag != "":
		return &usageError{e.inFlag, e}
	}
	return e
}

func (e *configError) Error() string {
	if len(e.problems) == 1 {
		return e.problems[0]
	}
	return fmt.Sprintf("the configuration has %d mistakes:\n  %s", len(e.problems), strings.Join(e.problems, "\n  "))
}

// commandConfig loads the configuration for a command and prints its warnings.
func commandConfig(cmd *cobra.Command) (*Config, error) {
	c, err := loadConfig(cmd)
	for _, warning := range c.Warnings {
		fmt.Fprintln(cmd.ErrOrStderr(), "mathmuseums: warning: "+warning)
	}
	return c, err
}

func newConfigCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "config",
		Short: "Show the settings in effect and their sources",
		Long: `Shows every setting, its value and its source. Passwords are shown as ***.

A setting is read from a flag, else from the environment, else from the file .env in the data folder, else it has its
default. An empty value counts as not set. The file has lines such as

  MATHMUSEUMS_MAIL_URL=smtp://museum%40example.com:pass%2Fword@mail.example.com:587
  MATHMUSEUMS_MAIL_FROM="Math Museums <museum@example.com>"
  # a comment

Values are taken literally, with or without quotes around them; $ has no special meaning.

To move from the earlier Django app, copy its .env file into the data folder and replace its settings with what
--django prints. That includes the password of the mail server.

Settings:

` + settingsHelp() + `

Exit codes: 0 all settings are valid, 1 some are not (they are listed on standard error), 2 wrong usage.`,
		Example: `  mathmuseums config
  mathmuseums config --data-dir /srv/museum
  mathmuseums config --django`,
		Args: noArgs,
	}
	django := cmd.Flags().Bool("django", false,
		"print replacements for the earlier Django app's settings, including passwords")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if *django {
			return convertDjango(cmd)
		}
		c, err := commandConfig(cmd)
		w := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 0, 3, ' ', 0)
		for _, v := range c.values {
			fmt.Fprintf(w, "%s\t%s\t%s\n", v.name, v.masked(), v.source)
		}
		return errors.Join(w.Flush(), err)
	}
	return cmd
}

// convertDjango prints the settings that replace those of the earlier Django app. The environment takes precedence
// over the file.
func convertDjango(cmd *cobra.Command) error {
	c, _ := loadConfig(cmd) // mistakes in our own settings do not matter here
	values, err := c.readEnvFile()
	if err != nil {
		return err
	}
	if values == nil {
		values = map[string]string{}
	}
	maps.Copy(values, djangoEnvironment())
	printDjango(cmd.OutOrStdout(), values)
	return nil
}

// masked returns the value with its secrets hidden.
func (v value) masked() string {
	switch {
	case v.text == "":
		return "-"
	case v.mask != nil:
		return v.mask(v.text)
	}
	return v.text
}

// readEnvFile reads the settings file in the data folder; it returns nil if there is none.
func (c *Config) readEnvFile() (map[string]string, error) {
	if c.DataDir == "" {
		return nil, nil
	}
	path := filepath.Join(c.DataDir, envFile)
	content, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) || isNotFolder(err):
		return nil, nil
	case platform.IsForbidden(err):
		return nil, fmt.Errorf("the settings file cannot be read: %w. If the museum belongs to another user, run "+
			"the command as "+
			"that user, for example with sudo -u mathmuseums", err)
	case err != nil:
		return nil, fmt.Errorf("the settings file cannot be read: %w", err)
	}
	values, err := parseEnv(content)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return values, nil
}
