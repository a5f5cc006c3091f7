package cmd_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// wantSetting checks a line of the config command.
func wantSetting(t *testing.T, r result, name, value, source string) {
	t.Helper()
	line := regexp.MustCompile(`(?m)^MATHMUSEUMS_` + name + ` +(.*?)   +(\S.*)$`).FindStringSubmatch(r.stdout)
	if line == nil || line[1] != value || line[2] != source {
		t.Errorf("%s: got %q, want %q from %s", name, line, value, source)
	}
}

func TestConfigSources(t *testing.T) {
	h := newHome(t, "MATHMUSEUMS_DATA_DIR=museum", "MATHMUSEUMS_CODES_PER_HOUR=7", "MATHMUSEUMS_PUBLIC_URL=")
	h.writeEnv(t, "MATHMUSEUMS_CODES_PER_HOUR=6\nMATHMUSEUMS_WRONG_CODES_PER_DAY=30\nMATHMUSEUMS_PUBLIC_URL=https://museum.example.com/\n")
	got := h.run(t, "config")
	got.want(t, 0, "MATHMUSEUMS_ADDR", "")
	wantSetting(t, got, "DATA_DIR", filepath.Join(h.dir, "museum"), "environment")
	wantSetting(t, got, "CODES_PER_HOUR", "7", "environment")
	wantSetting(t, got, "WRONG_CODES_PER_DAY", "30", ".env file")
	wantSetting(t, got, "PUBLIC_URL", "https://museum.example.com/", ".env file")
	wantSetting(t, got, "SIGNIN_REQUESTS_PER_MINUTE", "120", "default")
	wantSetting(t, got, "TRUSTED_PROXIES", "-", "default")

	other := filepath.Join(h.dir, "other folder")
	wantSetting(t, h.run(t, "config", "--data-dir", other), "DATA_DIR", other, "flag")
	wantSetting(t, h.run(t, "config", "--data-dir", other), "WRONG_CODES_PER_DAY", "20", "default")
	if _, err := os.Stat(other); err == nil {
		t.Errorf("looking at the configuration made the data folder")
	}
}

func TestConfigDefaultFolderIsTheSameEverywhere(t *testing.T) {
	h := newHome(t)
	first := h.run(t, "config").stdout
	cmd := h.command("config")
	cmd.Dir = t.TempDir()
	second, err := cmd.Output()
	if err != nil || string(second) != first || !strings.Contains(first, h.dir) {
		t.Errorf("in another folder: %v, %s\nwas: %s", err, second, first)
	}
	homeless := &home{dir: h.dir, environ: []string{"PATH=" + os.Getenv("PATH")}}
	homeless.run(t, "config").want(t, 1, "MATHMUSEUMS_DATA_DIR", "there is no home folder for the museum; choose a folder with --data-dir")
}

func TestConfigMasksSecrets(t *testing.T) {
	const secret = "corr3ct$HOME"
	h := newHome(t, "MATHMUSEUMS_DATA_DIR=museum", "MATHMUSEUMS_SUPERUSER_PASSWORD="+secret)
	h.writeEnv(t, "MATHMUSEUMS_MAIL_URL='smtp://ann%40example.com:"+secret+"@mail.example.com'\n")
	got := h.run(t, "config")
	wantSetting(t, got, "MAIL_URL", "smtp://ann%40example.com:***@mail.example.com", ".env file")
	if strings.Contains(got.stdout+got.stderr, "corr3ct") {
		t.Errorf("a secret is shown:\n%s%s", got.stdout, got.stderr)
	}
	h.writeEnv(t, "MATHMUSEUMS_MAIL_URL=smtp://ann:"+secret+"/1@mail.example.com\n")
	got = h.run(t, "config")
	got.want(t, 1, "***", "MATHMUSEUMS_MAIL_URL (.env file): it is not valid: in the user name and the password write")
	if strings.Contains(got.stdout+got.stderr, "corr3ct") {
		t.Errorf("a secret is shown:\n%s%s", got.stdout, got.stderr)
	}
}

func TestConfigTellsAllMistakesAtOnce(t *testing.T) {
	h := newHome(t, "MATHMUSEUMS_DATA_DIR=museum", "MATHMUSEUMS_ADDR=localhost", "MATHMUSEUMS_PUBLIC_URL=museum.example.com",
		"MATHMUSEUMS_TRUSTED_PROXIES=127.0.0.1, 10.0.0.0/33", "MATHMUSEUMS_CODES_PER_HOUR=many")
	h.writeEnv(t, "MATHMUSEUMS_MAIL_URL=smtp://mail.example.com\nMATHMUSEUMS_CORS_ORIGINS=https://a.example https://b.example/path\n"+
		"MATHMUSEUMS_WRONG_CODES_PER_DAY=0\n")
	for command, code := range map[string]int{"config": 1, "serve": 78, "migrate": 1} {
		got := h.run(t, command)
		got.want(t, code, got.stdout, "the configuration has 7 mistakes:\n")
		for _, want := range []string{
			`MATHMUSEUMS_ADDR (environment): "localhost" is not an address to listen on`,
			`MATHMUSEUMS_PUBLIC_URL (environment): "museum.example.com" is not the address of a website`,
			`MATHMUSEUMS_TRUSTED_PROXIES (environment): "10.0.0.0/33" is not a network`,
			`MATHMUSEUMS_CODES_PER_HOUR (environment): "many" is not a whole number from 1 to`,
			`MATHMUSEUMS_CORS_ORIGINS (.env file): "https://b.example/path" is not an origin`,
			`MATHMUSEUMS_WRONG_CODES_PER_DAY (.env file): "0" is not a whole number from 1 to`,
			`MATHMUSEUMS_MAIL_FROM: the sender of the mails is not set`,
		} {
			if !strings.Contains(got.stderr, "\n  "+want) {
				t.Errorf("%s: the errors lack %q:\n%s", command, want, got.stderr)
			}
		}
	}
}

func TestBasePathGoesWithThePublicAddress(t *testing.T) {
	for _, test := range []struct{ public, base, problem string }{
		{"https://example.com/museum/", "", ""},
		{"https://example.com/museum/", "/museum", ""},
		{"https://example.com/museum", "/museum/", ""},
		{"", "/museum", ""},
		{"https://example.com/", "/museum", "MATHMUSEUMS_PUBLIC_URL is https://example.com/, but the base path is /museum"},
		{"https://example.com/api/", "", "MATHMUSEUMS_PUBLIC_URL: the museum has a page at /api/ itself"},
		{"", "museum", `MATHMUSEUMS_BASE_PATH (environment): "museum" cannot be the path of a museum; write it like /museum`},
	} {
		h := newHome(t, "MATHMUSEUMS_DATA_DIR=museum", "MATHMUSEUMS_PUBLIC_URL="+test.public, "MATHMUSEUMS_BASE_PATH="+test.base)
		code := 0
		if test.problem != "" {
			code = 1
		}
		h.run(t, "config").want(t, code, "MATHMUSEUMS_BASE_PATH", test.problem)
	}
}

func TestMetricsTokenIsHidden(t *testing.T) {
	h := newHome(t, "MATHMUSEUMS_DATA_DIR=museum", "MATHMUSEUMS_METRICS_TOKEN=0123456789abcdef", "MATHMUSEUMS_ACCESS_LOG=short")
	got := h.run(t, "config")
	wantSetting(t, got, "METRICS_TOKEN", "***", "environment")
	wantSetting(t, got, "ACCESS_LOG", "short", "environment")
	h.environ = append(h.environ, "MATHMUSEUMS_METRICS_TOKEN=too-short", "MATHMUSEUMS_ACCESS_LOG=on")
	got = h.run(t, "config")
	got.want(t, 1, "***", "MATHMUSEUMS_METRICS_TOKEN (environment): it must have 16 characters or more")
	got.want(t, 1, "***", `MATHMUSEUMS_ACCESS_LOG (environment): "on" is not valid; write off, short or full`)
	if strings.Contains(got.stdout+got.stderr, "too-short") {
		t.Errorf("the token is shown:\n%s%s", got.stdout, got.stderr)
	}
}

func TestConfigWarnsOfNamesNearlyRight(t *testing.T) {
	h := newHome(t, "MATHMUSEUMS_DATA_DIR=museum", "MATHMUSEUMS_MAILURL=console:")
	h.writeEnv(t, "MATHMUSEUMS_PUBLIC_ADDRESS=x\nMAIL_FROM=a@example.com\nMATHMUSEUMS_DATA_DIR=/elsewhere\n")
	got := h.run(t, "config")
	for _, want := range []string{
		"warning: the environment sets MATHMUSEUMS_MAILURL, which is not a setting; did you mean MATHMUSEUMS_MAIL_URL?",
		"warning: the .env file sets MATHMUSEUMS_PUBLIC_ADDRESS, which is not a setting; did you mean MATHMUSEUMS_",
		"warning: the .env file sets MAIL_FROM, which is not a setting; did you mean MATHMUSEUMS_MAIL_FROM?",
		"warning: the .env file sets MATHMUSEUMS_DATA_DIR, which is not read from there",
	} {
		got.want(t, 0, "MATHMUSEUMS_ADDR", want)
	}
}

func TestEnvFile(t *testing.T) {
	for _, test := range []struct{ name, content, want, problem string }{
		{"quotes and dollars", "MATHMUSEUMS_MAIL_FROM=\"Ann's $HOME <a@example.com>\"", "Ann's $HOME <a@example.com>", ""},
		{"export, spaces, comment", "  # hello\n\n export MATHMUSEUMS_MAIL_FROM = a@example.com  # the sender\n", "a@example.com", ""},
		{"from Windows", "\ufeff# hello\r\nMATHMUSEUMS_MAIL_FROM=a@example.com\r\n", "a@example.com", ""},
		{"empty value", "MATHMUSEUMS_MAIL_FROM=\n", "-", ""},
		{"the last one counts", "MATHMUSEUMS_MAIL_FROM=a@example.com\nMATHMUSEUMS_MAIL_FROM=b@example.com", "b@example.com", ""},
		{"no equals sign", "hello\n", "-", ".env: line 1 does not have the form NAME=value"},
		{"open quotes", "\nMATHMUSEUMS_MAIL_FROM='secret", "-", ".env: line 2 (MATHMUSEUMS_MAIL_FROM): the closing quote is missing or not at the end"},
		{"UTF-16", "\xff\xfeM\x00A\x00", "-", ".env: the file is not valid text; save it as UTF-8"},
	} {
		t.Run(test.name, func(t *testing.T) {
			h := newHome(t)
			h.writeEnv(t, test.content)
			got := h.run(t, "config", "--data-dir", "museum")
			code := 0
			if test.problem != "" {
				code = 1
			}
			got.want(t, code, "MATHMUSEUMS_ADDR", test.problem)
			source := ".env file"
			if test.want == "-" {
				source = "default"
			}
			wantSetting(t, got, "MAIL_FROM", test.want, source)
			if strings.Contains(got.stderr, "secret") {
				t.Errorf("the value is repeated: %s", got.stderr)
			}
		})
	}
}
