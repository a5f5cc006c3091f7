package cmd_test

import (
	"path/filepath"
	"strings"
	"testing"
)

// djangoEnv is a settings file of the earlier app, with a password that needs escaping in a URL.
const djangoEnv = `DATABASE_NAME=mathmuseums
DATABASE_USER=mathmuseums_user
DATABASE_PASSWORD=db-secret
DATABASE_HOST=localhost
DATABASE_PORT=5432
SECRET_KEY=django-secret
EMAIL_HOST=smtp.example.com
EMAIL_PORT=587
EMAIL_HOST_USER=museum@example.com
EMAIL_HOST_PASSWORD='p@ss/w:rd#1'
DEFAULT_FROM_EMAIL="Math Museums <museum@example.com>"
`

func TestSettingsOfTheDjangoAppAreConverted(t *testing.T) {
	h := newHome(t, "MATHMUSEUMS_DATA_DIR=museum")
	h.writeEnv(t, djangoEnv)
	got := h.run(t, "config")
	got.want(t, 0, "MATHMUSEUMS_ADDR", "the .env file has settings of the earlier Django app, which are not read: EMAIL_HOST, EMAIL_HOST_USER, "+
		"EMAIL_HOST_PASSWORD, DEFAULT_FROM_EMAIL, EMAIL_PORT, DATABASE_NAME,")
	if warnings := strings.Count(got.stderr, "warning:"); warnings != 1 || strings.Contains(got.stderr, "secret") || strings.Contains(got.stderr, "p@ss") {
		t.Errorf("%d warnings:\n%s", warnings, got.stderr)
	}

	converted := h.run(t, "config", "--django")
	converted.want(t, 0, "MATHMUSEUMS_MAIL_URL=smtp://museum%40example.com:p%40ss%2Fw%3Ard%231@smtp.example.com:587\n"+
		"MATHMUSEUMS_MAIL_FROM=\"Math Museums <museum@example.com>\"\n", "")
	converted.want(t, 0, "# No longer needed: DATABASE_NAME, DATABASE_USER, DATABASE_PASSWORD, DATABASE_HOST, DATABASE_PORT, SECRET_KEY.", "")

	h.writeEnv(t, converted.stdout)
	pasted := h.run(t, "config")
	wantSetting(t, pasted, "MAIL_URL", "smtp://museum%40example.com:***@smtp.example.com:587", ".env file")
	wantSetting(t, pasted, "MAIL_FROM", "Math Museums <museum@example.com>", ".env file")
	if pasted.stderr != "" {
		t.Errorf("what was pasted is warned of: %s", pasted.stderr)
	}
	h.writeEnv(t, converted.stdout+"SECRET_KEY=x\n")
	h.run(t, "config").want(t, 0, "MATHMUSEUMS_ADDR", "which are no longer needed: SECRET_KEY\n")
}

func TestMailOfTheDjangoAppIsConverted(t *testing.T) {
	for _, test := range []struct{ env, want string }{
		{"EMAIL_HOST=mail.example.com", "smtp://mail.example.com:25"},
		{"EMAIL_HOST=mail.example.com\nEMAIL_PORT=465\nEMAIL_HOST_USER=a\nEMAIL_HOST_PASSWORD=b", "smtps://a:b@mail.example.com:465"},
		{"EMAIL_HOST=mail.example.com\nEMAIL_PORT=2465\nEMAIL_USE_SSL=True", "smtps://mail.example.com:2465"},
		{"EMAIL_HOST=localhost\nEMAIL_PORT=1025\nEMAIL_USE_TLS=False", "smtp://localhost:1025?tls=none"},
	} {
		h := newHome(t, "MATHMUSEUMS_DATA_DIR=museum")
		h.writeEnv(t, test.env)
		h.run(t, "config", "--django").want(t, 0, "MATHMUSEUMS_MAIL_URL="+test.want+"\n", "")
	}
}

func TestEnvironmentOfTheDjangoAppIsTold(t *testing.T) {
	h := newHome(t, "MATHMUSEUMS_DATA_DIR=museum", "EMAIL_HOST=smtp.example.com", "EMAIL_PORT=587")
	h.run(t, "config").want(t, 0, "MATHMUSEUMS_ADDR", "the environment has settings of the earlier Django app, which are not read: EMAIL_HOST, EMAIL_PORT")
	h.run(t, "config", "--django").want(t, 0, "MATHMUSEUMS_MAIL_URL=smtp://smtp.example.com:587\n", "")
	other := newHome(t, "MATHMUSEUMS_DATA_DIR=museum", "DEBUG=1", "SECRET_KEY=another program's")
	if got := other.run(t, "config"); got.stderr != "" {
		t.Errorf("another program's variables are warned of: %s", got.stderr)
	}
	h.writeEnv(t, "MATHMUSEUMS_MAIL_URL=console:\nEMAIL_HOST_PASSWRD=x\n")
	if got := h.run(t, "config"); !strings.Contains(got.stderr, "EMAIL_HOST_PASSWRD, which is not a setting\n") {
		t.Errorf("a far guess: %s", got.stderr)
	}
}

func TestCommandsOfManagePyAreTold(t *testing.T) {
	h := newHome(t, "MATHMUSEUMS_DATA_DIR=museum", "DJANGO_SUPERUSER_EMAIL=head@example.com", "DJANGO_SUPERUSER_PASSWORD=correct horse battery")
	for _, test := range []struct {
		args string
		want string
	}{
		{"runserver 0.0.0.0:8000 --noreload", `unknown command "runserver"; did you mean serve?`},
		{"dumpdata --natural-foreign", `did you mean export?`},
		{"loaddata dump.json", `did you mean import?`},
		{"changepassword head@example.com", `did you mean createsuperuser?`},
		{"collectstatic --noinput", `unknown command "collectstatic"; it is not needed: the pages are inside the program`},
		{"createsuperuser --noinput", "--noinput needs --email; DJANGO_SUPERUSER_EMAIL is not read"},
	} {
		h.run(t, strings.Fields(test.args)...).want(t, 2, "", test.want)
	}
	h.run(t, "createsuperuser", "--noinput", "--email", "head@example.com").want(t, 1, "",
		"nobody was added: DJANGO_SUPERUSER_PASSWORD is not read. Set MATHMUSEUMS_SUPERUSER_PASSWORD")
}

func TestBackupsOfTheDjangoAppAreTold(t *testing.T) {
	h := newHome(t, "MATHMUSEUMS_DATA_DIR=museum")
	dump := filepath.Join(h.dir, "backup_20250506.sql")
	writeFile(t, dump, "--\n-- PostgreSQL database dump\n--\n")
	for _, command := range []string{"restore", "import"} {
		h.run(t, command, dump).want(t, 1, "", "it is a dump of a PostgreSQL database (pg_dump), such as the earlier app's backup_*.sql")
	}
	h.wantNoFolder(t, "museum")
}

func TestOriginsOfAnotherSiteAreTold(t *testing.T) {
	h := newHome(t, "MATHMUSEUMS_DATA_DIR=museum", "MATHMUSEUMS_PUBLIC_URL=https://museum.example.co.uk/",
		"MATHMUSEUMS_CORS_ORIGINS=https://app.example.co.uk https://other.co.uk http://app.example.co.uk")
	got := h.run(t, "config")
	got.want(t, 0, "MATHMUSEUMS_ADDR", "MATHMUSEUMS_CORS_ORIGINS has https://other.co.uk, which is a different site than https://museum.example.co.uk/")
	got.want(t, 0, "MATHMUSEUMS_ADDR", "MATHMUSEUMS_CORS_ORIGINS has http://app.example.co.uk, which is a different site")
	if strings.Contains(got.stderr, "https://app.example.co.uk,") {
		t.Errorf("the museum's own site is warned of: %s", got.stderr)
	}
}
