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
	"golang.org/x/net/publicsuffix" // the list by which browsers decide which hosts are one site
)

// setting is one operator setting.
type setting struct {
	name     string // of the environment variable
	flag     string // "" if there is none
	about    string // for the help text
	fallback func() string
	read     func(*Config, string) error // validates the text and stores the value
	mask     func(string) string         // hides secrets in the text; nil if it has none
}

const (
	prefix              = "MATHMUSEUMS_"
	superuserPassword   = prefix + "SUPERUSER_PASSWORD" // for createsuperuser; not a setting
	dataDirFlag         = "data-dir"
	addrFlag            = "addr"
	basePathFlag        = "base-path"
	tlsFlag             = "tls"
	backupToFlag        = "to"
	backupKeepFlag      = "keep"
	replicaFlag         = "replica"
	consoleMail         = "console:" // codes are printed where the server runs
	defaultAddr         = ":8000"
	autoAddr            = ":443" // the default with ACME certificates, whose authorities connect to this port
	defaultKeep         = 5
	defaultDataDirWords = "a folder in your home, see mathmuseums config"
)

var dataDirSetting = setting{prefix + "DATA_DIR", dataDirFlag,
	"folder that holds everything: the database museum.db, the key, the file .env",
	defaultDataDir, readDataDir, nil}

// settings lists all settings, the data folder first.
var settings = []setting{
	dataDirSetting,
	{prefix + "ADDR", addrFlag, "address to listen on: a port for all networks, 127.0.0.1:8000 for this computer " +
		"only, or\n" +
		"unix:/run/museum.sock for a proxy on it, which must set X-Forwarded-For",
		text(defaultAddr), readAddr, nil},
	{prefix + "PUBLIC_URL", "", "the museum's address for visitors, such as https://museum.example.com/",
		text(""), readPublicURL, nil},
	{prefix + "BASE_PATH", basePathFlag,
		"path under which a proxy serves the museum, such as /museum, whether the proxy strips it or not;\n" +
			"needed only if it is not the path in MATHMUSEUMS_PUBLIC_URL", text(""), readBasePath, nil},
	{prefix + "TLS", tlsFlag, "https by the museum itself: off; auto (a certificate from Let's Encrypt for the " +
		"host of MATHMUSEUMS_PUBLIC_URL);\n" +
		"or lan (its own certificate authority, which devices install: mathmuseums " +
		"authority)", text(string(encryptionOff)), readTLS, nil},
	{prefix + "ACME_URL", "", "directory URL of the ACME authority for MATHMUSEUMS_TLS=auto",
		text(autocert.DefaultACMEDirectory), readACMEURL, nil},
	{prefix + "MAIL_URL", "", "how codes are sent: smtp://user:password@host:587, smtps://user:password@host:465,\n" +
		"sendmail:///usr/sbin/sendmail, or console: (they are printed where the server " +
		"runs)", text(consoleMail), readMailURL, mail.Redact},
	{prefix + "MAIL_FROM", "", "sender of the mails; optional if the user in MATHMUSEUMS_MAIL_URL is an address",
		text(""), readMailFrom, nil},
	{prefix + "TRUSTED_PROXIES", "", "networks whose X-Forwarded-For is trusted, such as 127.0.0.1, 10.0.0.0/8",
		text(""), readTrustedProxies, nil},
	{prefix + "CORS_ORIGINS", "", "other origins whose pages may use the API, such as https://app.example.com; " +
		"they must belong to the museum's\n" +
		"own site (the same example.com, and https too), because browsers send the session cookie within one site only",
		text(""), readCORSOrigins, nil},
	{prefix + "ACCESS_LOG", "", "log each request: off, short (with the visitor's network), or full (with the " +
		"whole address)",
		text("off"), readAccessLog, nil},
	{prefix + "METRICS_TOKEN", "", "token for /metrics, of 16 characters or more; without it there are no metrics",
		text(""), readMetricsToken, func(string) string { return "***" }},
	{prefix + "CODES_PER_HOUR", "", "codes sent to one mailbox per hour; anything after a + in the address is ignored",
		number(app.DefaultSignInLimits.CodesPerHour), readCount(1,
			func(c *Config) *int { return &c.Limits.CodesPerHour }), nil},
	{prefix + "WRONG_CODES_PER_DAY", "",
		"wrong codes for one mail address per day, from all devices together that have never signed in with it;\n" +
			"each other device may try as many",
		number(app.DefaultSignInLimits.WrongCodesPerDay), readCount(1,
			func(c *Config) *int { return &c.Limits.WrongCodesPerDay }), nil},
	{prefix + "WRONG_CODES_IN_A_ROW", "",
		"consecutive wrong codes for one mail address, across days, after which mailed codes no longer work on a\n" +
			"new device; a superuser must then issue a code by hand: mathmuseums code",
		number(app.DefaultSignInLimits.WrongCodesInARow), readCount(1,
			func(c *Config) *int { return &c.Limits.WrongCodesInARow }), nil},
	{prefix + "MAILS_PER_HOUR_AND_NETWORK", "",
		"mails requested from one network address per hour; a whole school often has just one",
		number(app.DefaultSignInLimits.NetworkMailsPerHour), readCount(1,
			func(c *Config) *int { return &c.Limits.NetworkMailsPerHour }), nil},
	{prefix + "MAILS_PER_HOUR", "", "mails of the whole museum per hour",
		number(app.DefaultSignInLimits.MailsPerHour), readCount(1,
			func(c *Config) *int { return &c.Limits.MailsPerHour }), nil},
	{prefix + "SIGNIN_REQUESTS_PER_MINUTE", "",
		"sign-in requests from one network address per minute; a whole school often has just one",
		number(app.DefaultSignInLimits.RequestsPerMinute), readCount(1,
			func(c *Config) *int { return &c.Limits.RequestsPerMinute }), nil},
	{prefix + "USER_QUOTA", "", "MiB for the photos and history of one user; older versions are deleted before " +
		"anything is refused",
		number(app.DefaultQuota >> 20), readCount(1, func(c *Config) *int { return &c.UserQuota }), nil},
	{prefix + "BACKUP_TO", backupToFlag,
		"folder for backups, preferably on another disk; a relative path is relative to the data folder;\n" +
			"or a bucket: s3://bucket/backups?endpoint=https://host&region=name",
		text("backups"), readBackupTo, nil},
	{prefix + "BACKUP_KEEP", backupKeepFlag, "number of newest backups to keep",
		number(defaultKeep), readCount(1, func(c *Config) *int { return &c.BackupKeep.Newest }), nil},
	{prefix + "BACKUP_KEEP_DAILY", "keep-daily", "also keep the last backup of each of this number of days",
		number(0), readCount(0, func(c *Config) *int { return &c.BackupKeep.Daily }), nil},
	{prefix + "BACKUP_KEEP_WEEKLY", "keep-weekly", "also keep the last backup of each of this number of weeks",
		number(0), readCount(0, func(c *Config) *int { return &c.BackupKeep.Weekly }), nil},
	{prefix + "BACKUP_KEEP_MONTHLY", "keep-monthly", "also keep the last backup of each of this number of months",
		number(0), readCount(0, func(c *Config) *int { return &c.BackupKeep.Monthly }), nil},
	{prefix + "REPLICA", replicaFlag,
		"address that the museum is continuously copied to: s3://bucket/museum?endpoint=https://host&region=name,\n" +
			"sftp://user@host/path?key=file&hostkey=key, or file:///folder; see mathmuseums replicate " +
			"--help", text(""), readReplica, replica.RedactURL},
	{prefix + "S3_KEY_ID", "", "access key for buckets (default: AWS_ACCESS_KEY_ID and the other AWS settings)",
		text(""), readKeyID, nil},
	{prefix + "S3_SECRET", "", "the secret of that key", text(""), readKeySecret, func(string) string { return "***" }},
}

func text(s string) func() string { return func() string { return s } }

func number(n int) func() string { return text(strconv.Itoa(n)) }

// settingsHelp returns the list of settings for the help text.
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

// defaultDataDir returns the default data folder, or "" if the system knows no home folder. It does not depend on the
// working directory, so that starting the program elsewhere does not create a second, empty museum.
func defaultDataDir() string {
	const name = "mathmuseums"
	home, _ := os.UserHomeDir()
	base := ""
	switch {
	case runtime.GOOS == "windows":
		base = os.Getenv("LocalAppData") // not the roaming folder: a database must not be synchronized
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
		return errors.New("there is no home folder for the museum; choose a folder with --data-dir")
	}
	dir, err := filepath.Abs(text)
	c.DataDir = dir
	return err
}

func readAddr(c *Config, text string) error {
	c.Addr = text
	if path, ok := strings.CutPrefix(text, unixScheme); ok {
		if path == "" || len(path) > longestSocket {
			return fmt.Errorf("%q is not a socket; write unix: and a path of at most %d bytes, such as "+
				"unix:/run/museum.sock", text, longestSocket)
		}
		return nil
	}
	_, port, err := net.SplitHostPort(text)
	if n, convErr := strconv.Atoi(port); err != nil || convErr != nil || n < 0 || n > 65535 {
		return fmt.Errorf("%q is not an address to listen on; write :8000 for all networks or 127.0.0.1:8000 for "+
			"this computer only", text)
	}
	return nil
}

func readPublicURL(c *Config, text string) error {
	if text == "" {
		return nil
	}
	u, err := url.Parse(text)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Hostname() == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return fmt.Errorf("%q is not the address of a website; write it like https://museum.example.com/", text)
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
	return fmt.Errorf("%q is not valid; write off, auto or lan", text)
}

func readACMEURL(c *Config, text string) error {
	c.ACMEURL = text
	if u, err := url.Parse(text); err != nil || u.Scheme != "https" || u.Hostname() == "" {
		return fmt.Errorf("%q is not the directory URL of an authority; write it like %s", text,
			autocert.DefaultACMEDirectory)
	}
	return nil
}

func readMailURL(c *Config, text string) error {
	c.MailURL = text
	return mail.CheckURL(text)
}

// noMailServer reports whether sign-in codes are printed where the museum runs.
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
			return fmt.Errorf("%q is not a network; write addresses or networks such as 127.0.0.1, 10.0.0.0/8", item)
		}
		c.TrustedProxies = append(c.TrustedProxies, network.Masked())
	}
	return nil
}

func readCORSOrigins(c *Config, text string) error {
	for _, item := range splitList(text) {
		// The standard library decides what a valid origin is, here and when the list is used.
		if err := http.NewCrossOriginProtection().AddTrustedOrigin(item); err != nil {
			return fmt.Errorf("%q is not an origin; write it like https://app.example.com, with nothing after "+
				"the name or port", item)
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
		return fmt.Errorf("%q is not valid; write off, short or full", text)
	}
	return nil
}

// readMetricsToken stores the token. Its error does not repeat it.
func readMetricsToken(c *Config, text string) error {
	c.MetricsToken = text
	if text != "" && (len(text) < 16 || strings.ContainsAny(text, " \t")) {
		return errors.New("it must have 16 characters or more and no spaces; generate one with \"openssl rand " +
			"-hex 16\"")
	}
	return nil
}

// readCount returns a function that reads a whole number of at least least.
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

// checkCombinations validates settings that depend on each other.
func (c *Config) checkCombinations(problems *configError) {
	c.reconcileBasePath(problems)
	c.checkTLS(problems)
	if c.MailFrom == "" && mail.NeedsFrom(c.MailURL) {
		problems.add(prefix + "MAIL_FROM: the sender of the mails is not set; write it like museum@example.com")
	}
}

// reconcileBasePath takes the base path from the public URL if it is not set itself. The two must agree, since mails
// and pages must link to the same place.
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
		problems.add(fmt.Sprintf("%sPUBLIC_URL is %s, but the base path is %s; use the same path in both, or set "+
			"only the first",
			prefix, c.PublicURL, c.BasePath))
	}
}

// checkTLS validates what https by the museum itself requires, and applies its default port.
func (c *Config) checkTLS(problems *configError) {
	if c.TLS == encryptionOff {
		return
	}
	if strings.HasPrefix(c.Addr, unixScheme) {
		problems.add(fmt.Sprintf("%sTLS: with a unix socket the proxy provides https; write off, or listen on a "+
			"port", prefix))
	}
	if c.TLS != encryptionAuto {
		return
	}
	if c.PublicURL == nil || c.PublicURL.Scheme != "https" || !strings.Contains(c.PublicURL.Hostname(), ".") || isAddress(c.PublicURL.Hostname()) ||
		(c.PublicURL.Port() != "" && c.PublicURL.Port() != "443") {
		problems.add(prefix + "TLS: auto needs MATHMUSEUMS_PUBLIC_URL, such as https://museum.example.com/, with " +
			"a host name that is reachable on port 443")
	}
	for i, v := range c.values {
		if v.name == prefix+"ADDR" && v.source == sourceDefault {
			c.Addr, c.values[i].text = autoAddr, autoAddr
		}
	}
}

// warnForeignOrigins warns of allowed origins whose pages cannot sign in: the session cookie is SameSite=Lax, so
// browsers send it only within one site, that is, a scheme and a registrable domain.
func (c *Config) warnForeignOrigins() {
	if c.PublicURL == nil {
		return
	}
	for _, origin := range c.CORSOrigins {
		if u, err := url.Parse(origin); err == nil && (u.Scheme != c.PublicURL.Scheme || site(u.Hostname()) != site(c.PublicURL.Hostname())) {
			c.Warnings = append(c.Warnings, fmt.Sprintf("%sCORS_ORIGINS has %s, which is a different site than "+
				"%s: browsers do not send the session from there, so its pages cannot sign in",
				prefix, origin, c.PublicURL))
		}
	}
}

// site returns the registrable domain of a host, or the host itself if it has none, such as localhost.
func site(host string) string {
	if domain, err := publicsuffix.EffectiveTLDPlusOne(host); err == nil && !isAddress(host) {
		return domain
	}
	return host
}

// isAddress reports whether a host is an IP address rather than a name.
func isAddress(host string) bool {
	_, err := netip.ParseAddr(host)
	return err == nil
}

// splitList splits a list at commas and white space.
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
