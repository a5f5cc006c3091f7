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

// What the earlier Django app read from its .env file and from the environment. None of it is read here; the names are known so
// that an operator who moves over is told what takes their place.
var (
	// djangoMail are the variables that say how mail is sent. The first three are hardly used by anything but Django.
	djangoMail = []string{"EMAIL_HOST", "EMAIL_HOST_USER", "EMAIL_HOST_PASSWORD", "DEFAULT_FROM_EMAIL", "EMAIL_PORT", "EMAIL_USE_TLS", "EMAIL_USE_SSL"}
	// djangoObsolete are the variables whose subject is gone: the database and the key are files in the data folder.
	djangoObsolete = []string{"DATABASE_NAME", "DATABASE_USER", "DATABASE_PASSWORD", "DATABASE_HOST", "DATABASE_PORT", "DATABASE_URL",
		"SECRET_KEY", "DEBUG", "ALLOWED_HOSTS", "EMAIL_BACKEND", "DJANGO_SETTINGS_MODULE", "DJANGO_SECRET_KEY", "DJANGO_DEBUG", "DJANGO_ALLOWED_HOSTS"}
)

// djangoSuperuser* are the variables of Django's own "createsuperuser --noinput".
const (
	djangoSuperuserEmail    = "DJANGO_SUPERUSER_EMAIL"
	djangoSuperuserPassword = "DJANGO_SUPERUSER_PASSWORD"
)

func isDjango(name string) bool {
	return slices.Contains(djangoMail, name) || slices.Contains(djangoObsolete, name) || name == djangoSuperuserEmail || name == djangoSuperuserPassword
}

// djangoCommands are commands of manage.py, by the command that does the same here.
var djangoCommands = map[string][]string{
	"serve":           {"runserver", "testserver"},
	"export":          {"dumpdata"},
	"import":          {"loaddata"},
	"migrate":         {"makemigrations", "showmigrations", "sqlmigrate"},
	"createsuperuser": {"changepassword"},
	"testmail":        {"sendtestemail"},
	"doctor":          {"check"},
}

// djangoNeedless are commands of manage.py that nothing here corresponds to, with the reason.
var djangoNeedless = map[string]string{
	"collectstatic":   "the pages are inside the program",
	"clearsessions":   "sessions that have run out are deleted by themselves",
	"compilemessages": "the pages are inside the program",
	"dbshell":         "the database is the file museum.db in the data folder, which any program for SQLite opens while the museum is closed",
	"shell":           "there is no Python in it; mathmuseums --help lists what it can do",
}

// present returns those names that have a value.
func namesSet(names []string, values map[string]string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool { return values[name] == "" })
}

// djangoEnvironment returns what Django's variables are set to in the environment. Names that other programs use too, such as
// EMAIL_PORT or SECRET_KEY, count only beside one that is Django's.
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

// warnDjangoSettings says once that a place has settings of the earlier app. Where mail is set up here, those of mail do no harm.
func (c *Config) warnDjangoSettings(place string, values map[string]string) {
	mail, obsolete := namesSet(djangoMail, values), namesSet(djangoObsolete, values)
	switch {
	case len(mail) > 0 && c.MailURL == consoleMail:
		c.Warnings = append(c.Warnings, fmt.Sprintf("%s has settings of the earlier Django app, which are not read: %s. What to write in their place: %s",
			place, strings.Join(append(mail, obsolete...), ", "), c.command("config --django")))
	case len(mail)+len(obsolete) > 0 && place != environmentPlace:
		c.Warnings = append(c.Warnings, fmt.Sprintf("%s has settings of the earlier Django app, which are not needed any more: %s",
			place, strings.Join(append(mail, obsolete...), ", ")))
	}
}

// printDjango writes the settings that stand for those of the earlier app, passwords included, as lines for the .env file.
func printDjango(out io.Writer, values map[string]string) {
	mail, obsolete := namesSet(djangoMail, values), namesSet(djangoObsolete, values)
	if len(mail)+len(obsolete) == 0 {
		fmt.Fprintln(out, "# There are no settings of the earlier Django app in the .env file, nor in the environment.")
		return
	}
	if mailURL := djangoMailURL(values); mailURL != "" {
		fmt.Fprintf(out, "# In place of %s:\n%sMAIL_URL=%s\n", strings.Join(mail, ", "), prefix, mailURL)
		if from := values["DEFAULT_FROM_EMAIL"]; from != "" {
			fmt.Fprintf(out, "%sMAIL_FROM=%q\n", prefix, from)
		}
		fmt.Fprintf(out, "# Then try it: mathmuseums testmail ADDRESS\n")
	} else if len(mail) > 0 {
		fmt.Fprintf(out, "# %s: without EMAIL_HOST there is no mail server; codes appear where the museum runs.\n", strings.Join(mail, ", "))
	}
	if len(obsolete) > 0 {
		fmt.Fprintf(out, "# Not needed any more: %s.\n", strings.Join(obsolete, ", "))
	}
}

// djangoMailURL puts Django's settings of a mail server into one address; "" where there is no server. Without a word about
// encryption the port decides: 465 is encrypted from the start, all others by STARTTLS, as the earlier app had it.
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

// isTrue reads a truth value as django-environ does.
func isTrue(text string) bool {
	return slices.Contains([]string{"true", "on", "ok", "y", "yes", "1"}, strings.ToLower(strings.TrimSpace(text)))
}
