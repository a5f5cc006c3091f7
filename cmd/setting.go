package cmd

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/backup"
	"github.com/mathmuseums/mathmuseums/app/bucket"
	"github.com/mathmuseums/mathmuseums/app/mail"
	"github.com/mathmuseums/mathmuseums/app/replica"
	"github.com/mathmuseums/mathmuseums/app/web"
	"golang.org/x/crypto/acme/autocert"
	"golang.org/x/net/publicsuffix" // which hosts are one site is a list that browsers keep, and this is Go's copy of it
)

// setting is one thing an operator can set.
type setting struct {
	name     string // of the variable
	flag     string // of the flag, "" if there is none
	about    string // for the help text; %s stands for the default
	fallback func() string
	read     func(*Config, string) error // checks the text and keeps it
	mask     func(string) string         // hides secrets; nil: there are none
}

const (
	prefix              = "MATHMUSEUMS_"
	superuserPassword   = prefix + "SUPERUSER_PASSWORD" // for createsuperuser, no setting
	dataDirFlag         = "data-dir"
	addrFlag            = "addr"
	basePathFlag        = "base-path"
	tlsFlag             = "tls"
	backupToFlag        = "to"
	backupKeepFlag      = "keep"
	replicaFlag         = "replica"
	consoleMail         = "console:" // codes appear where the server runs
	defaultAddr         = ":8000"
	autoAddr            = ":443" // the default with certificates by ACME, whose authorities come to this port
	defaultKeep         = 5
	defaultDataDirWords = "a folder of your own, see mathmuseums config"
)

var dataDirSetting = setting{prefix + "DATA_DIR", dataDirFlag, "folder that holds everything: the database museum.db, the key, the file .env",
	defaultDataDir, readDataDir, nil}

// settings are all there are, the data folder first.
var settings = []setting{
	dataDirSetting,
	{prefix + "ADDR", addrFlag, "where the server listens: a port for all networks, 127.0.0.1:8000 for this computer alone,\n" +
		"unix:/run/museum.sock for a proxy on it, which must set X-Forwarded-For",
		text(defaultAddr), readAddr, nil},
	{prefix + "PUBLIC_URL", "", "address by which the world reaches the museum, such as https://museum.example.com/",
		text(""), readPublicURL, nil},
	{prefix + "BASE_PATH", basePathFlag, "path under which a proxy shows the museum, such as /museum, whether the proxy takes it off or not;\n" +
		"needed only where it is not the path in MATHMUSEUMS_PUBLIC_URL", text(""), readBasePath, nil},
	{prefix + "TLS", tlsFlag, "https by the museum itself: off; auto (a certificate by Let's Encrypt, for the host of MATHMUSEUMS_PUBLIC_URL);\n" +
		"or lan (an authority of its own, which devices install: mathmuseums authority)", text(string(encryptionOff)), readTLS, nil},
	{prefix + "ACME_URL", "", "directory of the authority for MATHMUSEUMS_TLS=auto", text(autocert.DefaultACMEDirectory), readACMEURL, nil},
	{prefix + "MAIL_URL", "", "how codes are sent: smtp://user:password@host:587, smtps://user:password@host:465,\n" +
		"sendmail:///usr/sbin/sendmail, or console: (they appear where the server runs)", text(consoleMail), readMailURL, mail.Redact},
	{prefix + "MAIL_FROM", "", "sender of the mails; may be left out where the user in MATHMUSEUMS_MAIL_URL is an address",
		text(""), readMailFrom, nil},
	{prefix + "TRUSTED_PROXIES", "", "networks whose X-Forwarded-For is believed, such as 127.0.0.1, 10.0.0.0/8",
		text(""), readTrustedProxies, nil},
	{prefix + "CORS_ORIGINS", "", "other origins whose pages may use the API, such as https://app.example.com; they must be of the museum's own site (the same\n" +
		"example.com, and https as well), since browsers send the session's cookie to no other",
		text(""), readCORSOrigins, nil},
	{prefix + "ACCESS_LOG", "", "what is logged of each request: off, short (with the network it came from), or full (with the whole address)",
		text("off"), readAccessLog, nil},
	{prefix + "METRICS_TOKEN", "", "word that opens /metrics, of 16 characters or more; without it there are no metrics",
		text(""), readMetricsToken, func(string) string { return "***" }},
	{prefix + "CODES_PER_HOUR", "", "codes that one mailbox is sent in an hour, whatever stands after a + in its address",
		number(app.DefaultSignInLimits.CodesPerHour), readCount(1, func(c *Config) *int { return &c.Limits.CodesPerHour }), nil},
	{prefix + "WRONG_CODES_PER_DAY", "", "wrong codes for one mail address in a day, from all devices that have never signed in with it;\n" +
		"each of the others may try as many",
		number(app.DefaultSignInLimits.WrongCodesPerDay), readCount(1, func(c *Config) *int { return &c.Limits.WrongCodesPerDay }), nil},
	{prefix + "WRONG_CODES_IN_A_ROW", "", "wrong codes for one mail address, over days, after which mailed codes no longer work on a new device;\n" +
		"somebody who runs the museum then gives a code by hand: mathmuseums code",
		number(app.DefaultSignInLimits.WrongCodesInARow), readCount(1, func(c *Config) *int { return &c.Limits.WrongCodesInARow }), nil},
	{prefix + "MAILS_PER_HOUR_AND_NETWORK", "", "mails asked for from one network address in an hour; a school often has but one",
		number(app.DefaultSignInLimits.NetworkMailsPerHour), readCount(1, func(c *Config) *int { return &c.Limits.NetworkMailsPerHour }), nil},
	{prefix + "MAILS_PER_HOUR", "", "mails of the whole museum in an hour",
		number(app.DefaultSignInLimits.MailsPerHour), readCount(1, func(c *Config) *int { return &c.Limits.MailsPerHour }), nil},
	{prefix + "SIGNIN_REQUESTS_PER_MINUTE", "", "sign-in requests from one network address in a minute; a school often has but one",
		number(app.DefaultSignInLimits.RequestsPerMinute), readCount(1, func(c *Config) *int { return &c.Limits.RequestsPerMinute }), nil},
	{prefix + "USER_QUOTA", "", "MiB that the photos and the history of one user may take up; older versions go before anything is refused",
		number(app.DefaultQuota >> 20), readCount(1, func(c *Config) *int { return &c.UserQuota }), nil},
	{prefix + "BACKUP_TO", backupToFlag, "folder for backups, best on another disk; where it is not absolute it lies in the data folder;\n" +
		"or a bucket: s3://bucket/backups?endpoint=https://host&region=name",
		text("backups"), readBackupTo, nil},
	{prefix + "BACKUP_KEEP", backupKeepFlag, "how many of the newest backups are kept",
		number(defaultKeep), readCount(1, func(c *Config) *int { return &c.BackupKeep.Newest }), nil},
	{prefix + "BACKUP_KEEP_DAILY", "keep-daily", "for how many days the last backup of a day is kept besides",
		number(0), readCount(0, func(c *Config) *int { return &c.BackupKeep.Daily }), nil},
	{prefix + "BACKUP_KEEP_WEEKLY", "keep-weekly", "for how many weeks the last backup of a week is kept besides",
		number(0), readCount(0, func(c *Config) *int { return &c.BackupKeep.Weekly }), nil},
	{prefix + "BACKUP_KEEP_MONTHLY", "keep-monthly", "for how many months the last backup of a month is kept besides",
		number(0), readCount(0, func(c *Config) *int { return &c.BackupKeep.Monthly }), nil},
	{prefix + "REPLICA", replicaFlag, "address to which the museum is copied as it is written: s3://bucket/museum?endpoint=https://host&region=name,\n" +
		"sftp://user@host/path?key=file&hostkey=key, or file:///folder; see mathmuseums replicate --help", text(""), readReplica, replica.RedactURL},
	{prefix + "S3_KEY_ID", "", "key for buckets; without, those that AWS_ACCESS_KEY_ID and so on name", text(""), readKeyID, nil},
	{prefix + "S3_SECRET", "", "the secret that belongs to it", text(""), readKeySecret, func(string) string { return "***" }},
}

func text(s string) func() string { return func() string { return s } }

func number(n int) func() string { return text(strconv.Itoa(n)) }

// settingsHelp is the list for the help text.
func settingsHelp() string {
	var b strings.Builder
	for _, s := range settings {
		fmt.Fprintf(&b, "  %s\n      %s\n", s.name, strings.ReplaceAll(s.about, "\n", "\n      "))
		if fallback := s.fallback(); fallback != "" {
			fmt.Fprintf(&b, "      default: %s\n", fallback)
		}
	}
	return strings.TrimRight(b.String(), "\n")
}

// defaultDataDir is the same wherever the program is started, so that nobody finds an empty museum for having been in
// another folder. It is "" where the system knows no home.
func defaultDataDir() string {
	const name = "mathmuseums"
	home, _ := os.UserHomeDir()
	base := ""
	switch {
	case runtime.GOOS == "windows":
		base = os.Getenv("LocalAppData") // not the roaming one: a database must not be copied about
	case home == "":
	case runtime.GOOS == "darwin":
		base = filepath.Join(home, "Library", "Application Support")
	default:
		base = filepath.Join(home, ".local", "share")
	}
	if xdg := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(xdg) {
		base = xdg
	}
	if base == "" {
		return ""
	}
	return filepath.Join(base, name)
}

func readDataDir(c *Config, text string) error {
	if text == "" {
		return errors.New("there is no home folder to keep the museum in; say where with --data-dir")
	}
	dir, err := filepath.Abs(text)
	c.DataDir = dir
	return err
}

func readAddr(c *Config, text string) error {
	c.Addr = text
	if path, ok := strings.CutPrefix(text, unixScheme); ok {
		if path == "" || len(path) > longestSocket {
			return fmt.Errorf("%q is no socket to listen at; write unix: and a path of at most %d bytes, such as unix:/run/museum.sock", text, longestSocket)
		}
		return nil
	}
	_, port, err := net.SplitHostPort(text)
	if n, convErr := strconv.Atoi(port); err != nil || convErr != nil || n < 0 || n > 65535 {
		return fmt.Errorf("%q is no address to listen at; write :8000 for all networks or 127.0.0.1:8000 for this computer alone", text)
	}
	return nil
}

func readPublicURL(c *Config, text string) error {
	if text == "" {
		return nil
	}
	u, err := url.Parse(text)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Hostname() == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return fmt.Errorf("%q is no address of a website; write it like https://museum.example.com/", text)
	}
	c.PublicURL = u
	return nil
}

func readBasePath(c *Config, text string) error {
	c.BasePath = strings.TrimRight(text, "/")
	return web.CheckBasePath(text)
}

func readTLS(c *Config, text string) error {
	c.TLS = encryption(text)
	switch c.TLS {
	case encryptionOff, encryptionAuto, encryptionLAN:
		return nil
	}
	return fmt.Errorf("%q is no way to https; write off, auto or lan", text)
}

func readACMEURL(c *Config, text string) error {
	c.ACMEURL = text
	if u, err := url.Parse(text); err != nil || u.Scheme != "https" || u.Hostname() == "" {
		return fmt.Errorf("%q is no directory of an authority; write it like %s", text, autocert.DefaultACMEDirectory)
	}
	return nil
}

func readMailURL(c *Config, text string) error {
	c.MailURL = text
	return mail.CheckURL(text)
}

// noMailServer reports whether codes appear where the museum runs.
func (c *Config) noMailServer() bool { return strings.EqualFold(c.MailURL, consoleMail) }

func readMailFrom(c *Config, text string) error {
	c.MailFrom = text
	if text == "" {
		return nil
	}
	return mail.CheckFrom(text)
}

func readTrustedProxies(c *Config, text string) error {
	for _, item := range splitList(text) {
		network, err := netip.ParsePrefix(item)
		if address, addressErr := netip.ParseAddr(item); addressErr == nil {
			network, err = netip.PrefixFrom(address, address.BitLen()), nil
		}
		if err != nil {
			return fmt.Errorf("%q is no network; write addresses or networks such as 127.0.0.1, 10.0.0.0/8", item)
		}
		c.TrustedProxies = append(c.TrustedProxies, network.Masked())
	}
	return nil
}

func readCORSOrigins(c *Config, text string) error {
	for _, item := range splitList(text) {
		// The standard library has the last word on what an origin is; it is asked again with the list in use.
		if err := http.NewCrossOriginProtection().AddTrustedOrigin(item); err != nil {
			return fmt.Errorf("%q is no origin; write it like https://app.example.com, without anything after the name or port", item)
		}
		c.CORSOrigins = append(c.CORSOrigins, item)
	}
	return nil
}

func readAccessLog(c *Config, text string) error {
	kinds := map[string]web.AccessLog{"off": web.AccessLogOff, "short": web.AccessLogShort, "full": web.AccessLogFull}
	kind, ok := kinds[text]
	c.AccessLog = kind
	if !ok {
		return fmt.Errorf("%q is no kind of access log; write off, short or full", text)
	}
	return nil
}

// readMetricsToken never repeats the token.
func readMetricsToken(c *Config, text string) error {
	c.MetricsToken = text
	if text != "" && (len(text) < 16 || strings.ContainsAny(text, " \t")) {
		return errors.New("it must have 16 characters or more and no spaces; \"openssl rand -hex 16\" makes one")
	}
	return nil
}

// readCount reads a whole number that is least or more.
func readCount(least int, place func(*Config) *int) func(*Config, string) error {
	const most = 1_000_000
	return func(c *Config, text string) error {
		n, err := strconv.Atoi(text)
		if err != nil || n < least || n > most {
			return fmt.Errorf("%q is not a whole number from %d to %d", text, least, most)
		}
		*place(c) = n
		return nil
	}
}

// checkCombinations looks at settings that depend on each other.
func (c *Config) checkCombinations(problems *configError) {
	c.reconcileBasePath(problems)
	c.checkTLS(problems)
	if c.MailFrom == "" && mail.NeedsFrom(c.MailURL) {
		problems.add(prefix + "MAIL_FROM: the sender of the mails is missing, such as museum@example.com")
	}
}

// reconcileBasePath takes the base path from the public address where it is not set by itself: mails and pages must lead to the
// same place.
func (c *Config) reconcileBasePath(problems *configError) {
	if c.PublicURL == nil {
		return
	}
	path := strings.TrimRight(c.PublicURL.Path, "/")
	switch {
	case c.BasePath == "":
		c.BasePath = path
		if err := web.CheckBasePath(path); err != nil {
			problems.add(prefix + "PUBLIC_URL: " + err.Error())
		}
	case c.BasePath != path:
		problems.add(fmt.Sprintf("%sPUBLIC_URL leads to %s, but the museum is to lie under %s/; write the same path in both, or only in the first",
			prefix, c.PublicURL, c.BasePath))
	}
}

// checkTLS looks at what https by the museum itself needs.
func (c *Config) checkTLS(problems *configError) {
	if c.TLS == encryptionOff {
		return
	}
	if strings.HasPrefix(c.Addr, unixScheme) {
		problems.add(fmt.Sprintf("%sTLS: at a unix socket a proxy speaks https; write off, or listen at a port", prefix))
	}
	if c.TLS != encryptionAuto {
		return
	}
	if c.PublicURL == nil || c.PublicURL.Scheme != "https" || !strings.Contains(c.PublicURL.Hostname(), ".") || isAddress(c.PublicURL.Hostname()) ||
		(c.PublicURL.Port() != "" && c.PublicURL.Port() != "443") {
		problems.add(prefix + "TLS: auto needs MATHMUSEUMS_PUBLIC_URL, such as https://museum.example.com/, with a name that the world can reach at port 443")
	}
	for i, v := range c.values {
		if v.name == prefix+"ADDR" && v.source == sourceDefault {
			c.Addr, c.values[i].text = autoAddr, autoAddr
		}
	}
}

// warnForeignOrigins names the origins whose pages would be let in but could not sign in: the session's cookie is SameSite=Lax, so
// browsers send it within one site only, which is a registrable domain and a scheme.
func (c *Config) warnForeignOrigins() {
	if c.PublicURL == nil {
		return
	}
	for _, origin := range c.CORSOrigins {
		if u, err := url.Parse(origin); err == nil && (u.Scheme != c.PublicURL.Scheme || site(u.Hostname()) != site(c.PublicURL.Hostname())) {
			c.Warnings = append(c.Warnings, fmt.Sprintf("%sCORS_ORIGINS has %s, which is another site than %s: browsers send no session from there, so its pages cannot sign in",
				prefix, origin, c.PublicURL))
		}
	}
}

// site is the registrable domain of a host, or the host itself where it has none, such as localhost.
func site(host string) string {
	if domain, err := publicsuffix.EffectiveTLDPlusOne(host); err == nil && !isAddress(host) {
		return domain
	}
	return host
}

// isAddress tells an address in numbers from a name.
func isAddress(host string) bool {
	_, err := netip.ParseAddr(host)
	return err == nil
}

// splitList parts a list at commas and spaces.
func splitList(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' || r == '\t' || r == '\n' })
}

func readBackupTo(c *Config, text string) error {
	c.BackupTo = text
	if backup.IsBucket(text) {
		_, err := backup.OpenBucket(text, bucket.Keys{}, backup.Folder{})
		return err
	}
	return nil
}

func readReplica(c *Config, text string) error {
	c.Replica = text
	return replica.CheckURL(text)
}

func readKeyID(c *Config, text string) error {
	c.BucketKeys.ID = text
	return nil
}

func readKeySecret(c *Config, text string) error {
	c.BucketKeys.Secret = text
	return nil
}
