package cmd

import (
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"slices"
	"strings"
)

// Variables that the earlier Django app read from its .env file and from the environment. None of them is read here;
// they are known so that operators who move over learn what replaces them.
var (
	// djangoMail lists the variables for mail. The first three are rarely used by anything but Django.
	djangoMail = []string{"EMAIL_HOST", "EMAIL_HOST_USER", "EMAIL_HOST_PASSWORD", "DEFAULT_FROM_EMAIL",
		"EMAIL_PORT", "EMAIL_USE_TLS", "EMAIL_USE_SSL"}
	// djangoObsolete lists variables that are no longer needed: the database and the key are files in the data
	// folder.
	djangoObsolete = []string{"DATABASE_NAME", "DATABASE_USER", "DATABASE_PASSWORD", "DATABASE_HOST",
		"DATABASE_PORT", "DATABASE_URL",
		"SECRET_KEY", "DEBUG", "ALLOWED_HOSTS", "EMAIL_BACKEND", "DJANGO_SETTINGS_MODULE", "DJANGO_SECRET_KEY", "DJANGO_DEBUG", "DJANGO_ALLOWED_HOSTS"}
)

// Variables of Django's own "createsuperuser --noinput".
const (
	djangoSuperuserEmail    = "DJANGO_SUPERUSER_EMAIL"
	djangoSuperuserPassword = "DJANGO_SUPERUSER_PASSWORD"
)

func isDjango(name string) bool {
	return slices.Contains(djangoMail, name) || slices.Contains(djangoObsolete,
		name) || name == djangoSuperuserEmail || name == djangoSuperuserPassword
}

// djangoCommands maps our commands to the commands of manage.py that they replace.
var djangoCommands = map[string][]string{
	"serve":           {"runserver", "testserver"},
	"export":          {"dumpdata"},
	"import":          {"loaddata"},
	"migrate":         {"makemigrations", "showmigrations", "sqlmigrate"},
	"createsuperuser": {"changepassword"},
	"testmail":        {"sendtestemail"},
	"doctor":          {"check"},
}

// djangoNeedless maps commands of manage.py without a replacement to the reason.
var djangoNeedless = map[string]string{
	"collectstatic":   "the pages are inside the program",
	"clearsessions":   "expired sessions are deleted automatically",
	"compilemessages": "the pages are inside the program",
	"dbshell": "the database is the file museum.db in the data folder; stop the museum to open it in any " +
		"SQLite program",
	"shell": "the program contains no Python; mathmuseums --help lists its commands",
}

// namesSet returns those names that have a value.
func namesSet(names []string, values map[string]string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool { return values[name] == "" })
}

// djangoEnvironment returns the values of Django's variables in the environment. Names that other programs use too,
// such as EMAIL_PORT or SECRET_KEY, count only alongside one that is specific to Django.
func djangoEnvironment() map[string]string {
	values := map[string]string{}
	for _, name := range slices.Concat(djangoMail, djangoObsolete) {
		if text := os.Getenv(name); text != "" {
			values[name] = text
		}
	}
	if len(namesSet(append(djangoMail[:3:3], "DJANGO_SETTINGS_MODULE"), values)) == 0 {
		return nil
	}
	return values
}

// warnDjangoSettings adds one warning if a place has settings of the earlier app. Mail settings in the environment
// are harmless once mail is configured here.
func (c *Config) warnDjangoSettings(place string, values map[string]string) {
	mail, obsolete := namesSet(djangoMail, values), namesSet(djangoObsolete, values)
	switch {
	case len(mail) > 0 && c.MailURL == consoleMail:
		c.Warnings = append(c.Warnings, fmt.Sprintf("%s has settings of the earlier Django app, which are not "+
			"read: %s. To see their replacements: %s",
			place, strings.Join(append(mail, obsolete...), ", "), c.command("config --django")))
	case len(mail)+len(obsolete) > 0 && place != environmentPlace:
		c.Warnings = append(c.Warnings,
			fmt.Sprintf("%s has settings of the earlier Django app, which are no longer needed: %s",
				place, strings.Join(append(mail, obsolete...), ", ")))
	}
}

// printDjango prints the settings that replace those of the earlier app as lines for the .env file, including
// passwords.
func printDjango(out io.Writer, values map[string]string) {
	mail, obsolete := namesSet(djangoMail, values), namesSet(djangoObsolete, values)
	if len(mail)+len(obsolete) == 0 {
		fmt.Fprintln(out, "# Neither the .env file nor the environment has settings of the earlier Django app.")
		return
	}
	if mailURL := djangoMailURL(values); mailURL != "" {
		fmt.Fprintf(out, "# Replaces %s:\n%sMAIL_URL=%s\n", strings.Join(mail, ", "), prefix, mailURL)
		if from := values["DEFAULT_FROM_EMAIL"]; from != "" {
			fmt.Fprintf(out, "%sMAIL_FROM=%q\n", prefix, from)
		}
		fmt.Fprintf(out, "# Test it with: mathmuseums testmail ADDRESS\n")
	} else if len(mail) > 0 {
		fmt.Fprintf(out, "# %s: without EMAIL_HOST there is no mail server; codes are printed where the museum "+
			"runs.\n", strings.Join(mail, ", "))
	}
	if len(obsolete) > 0 {
		fmt.Fprintf(out, "# No longer needed: %s.\n", strings.Join(obsolete, ", "))
	}
}

// djangoMailURL converts Django's mail settings to a URL; "" if there is no server. If neither TLS setting is given,
// the port decides, as in the earlier app: 465 means implicit TLS, any other port STARTTLS.
func djangoMailURL(values map[string]string) string {
	host := values["EMAIL_HOST"]
	if host == "" {
		return ""
	}
	port := values["EMAIL_PORT"]
	if port == "" {
		port = "25" // Django's default
	}
	u := url.URL{Scheme: "smtp", Host: net.JoinHostPort(host, port)}
	if user := values["EMAIL_HOST_USER"]; user != "" {
		u.User = url.UserPassword(user, values["EMAIL_HOST_PASSWORD"])
	}
	switch {
	case isTrue(values["EMAIL_USE_SSL"]) || values["EMAIL_USE_SSL"] == "" && values["EMAIL_USE_TLS"] == "" && port == "465":
		u.Scheme = "smtps"
	case values["EMAIL_USE_TLS"] != "" && !isTrue(values["EMAIL_USE_TLS"]):
		u.RawQuery = "tls=none"
	}
	return u.String()
}

// isTrue parses a boolean as django-environ does.
func isTrue(text string) bool {
	return slices.Contains([]string{"true", "on", "ok", "y", "yes", "1"}, strings.ToLower(strings.TrimSpace(text)))
}
