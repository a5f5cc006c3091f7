package cmd

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptrace"
	"net/netip"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/authority"
	"github.com/mathmuseums/mathmuseums/app/mail"
	"github.com/mathmuseums/mathmuseums/app/store"
)

const (
	visitTimeout     = 10 * time.Second    // of a request to the public address
	certificateSoon  = 14 * 24 * time.Hour // whatever renews certificates has done so by then
	authoritySoon    = 30 * 24 * time.Hour
	clockTolerance   = 2 * time.Minute
	longestPublished = 64 << 10 // bytes that are read of an answer
)

// checkMail tries the mail server, and sends a mail only if asked.
func (d *doctor) checkMail(ctx context.Context) {
	const check = "mail"
	if d.config.noMailServer() {
		d.advise(check, "there is no mail server: codes appear where the museum runs", "set MATHMUSEUMS_MAIL_URL, if students are to get them by mail")
		return
	}
	if mail.CheckURL(d.config.MailURL) != nil {
		return // told among the settings
	}
	found, err := d.tryMail(ctx)
	if err != nil {
		do := "put MATHMUSEUMS_MAIL_URL right; mathmuseums testmail shows each step"
		if stuck, ok := errors.AsType[*mail.StepError](err); ok {
			do = fmt.Sprintf("it fails at the step %q; %s", stuck.Step, do)
		}
		d.fault(check, err.Error(), do)
		return
	}
	d.ok(check, found)
}

// tryMail sends a mail if it is to, else it goes as far as it can without.
func (d *doctor) tryMail(ctx context.Context) (found string, err error) {
	server, opts := mail.Redact(d.config.MailURL), mail.Options{From: d.config.MailFrom}
	if d.mailTo == "" {
		return server + " is there and takes us", mail.Check(ctx, d.config.MailURL, opts)
	}
	sender, err := mail.Open(d.config.MailURL, opts)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%s has taken a test mail to %s; look whether it arrived", server, d.mailTo), sender.Send(ctx, mail.NewTestMessage(d.mailTo))
}

// checkClock looks for a clock that was wrong, or that nobody sets.
func (d *doctor) checkClock() {
	const check = "clock"
	now := time.Now()
	for _, path := range []string{d.config.databasePath(), d.config.databasePath() + "-wal"} {
		if info, err := os.Stat(path); err == nil && info.ModTime().After(now.Add(clockTolerance)) {
			d.fault(check, fmt.Sprintf("it is %s by the clock, and the database was written to at %s", formatTime(now), formatTime(info.ModTime())),
				"set the clock; codes and sessions end by it")
			return
		}
	}
	if set, known := clockIsSynchronized(); known && !set {
		d.advise(check, formatTime(now)+", and the system does not hold it against others", "let it, as by: timedatectl set-ntp true")
		return
	}
	d.ok(check, formatTime(now))
}

// checkAuthority looks when the devices of a class need a new authority.
func (d *doctor) checkAuthority() {
	const check = "authority"
	if d.config.TLS != encryptionLAN {
		return
	}
	own, err := authority.Load(d.config.DataDir)
	switch {
	case errors.Is(err, authority.ErrNone):
		d.advise(check, "there is none yet", "start the museum, which makes one")
	case err != nil:
		d.fault(check, err.Error(), "as it says")
	case time.Until(own.Ends()) < authoritySoon:
		d.advise(check, "it ends on "+own.Ends().Format(time.DateOnly), "take "+authority.File+" away and start the museum anew; each device then installs the new one")
	default:
		d.ok(check, "devices trust it until "+own.Ends().Format(time.DateOnly))
	}
}

// checkPublic visits the museum at its public address, as the browsers do.
func (d *doctor) checkPublic(ctx context.Context) {
	const check = "public address"
	public := d.config.PublicURL
	if public == nil {
		d.advise(check, "none is set, so mails cannot lead to the museum", "set MATHMUSEUMS_PUBLIC_URL, unless the museum is for one room")
		return
	}
	client := d.visitor()
	if address := d.config.probe(ctx, client, public); address != "" {
		d.fault("web server", "everybody can read the data folder at "+address,
			"close the museum, move the folder to where the web server hands out no files, and name its new place in "+prefix+"DATA_DIR. "+
				"Then make a new key: take "+store.SecretFile+" away, and everybody signs in anew")
	}
	answer, body, err := visit(ctx, client, http.MethodGet, public.JoinPath("healthz"), nil)
	if err != nil {
		d.fault(check, fmt.Sprintf("%s cannot be reached: %v", public, err),
			"see that the museum is open, that the name leads to this network, and that its router or proxy leads here. "+
				"Some routers do not let a machine visit itself from within: then try with a phone")
		return
	}
	var health struct{ Status, Database string }
	switch {
	case json.Unmarshal(body, &health) != nil || health.Status == "":
		d.fault(check, fmt.Sprintf("at %s something else answers (%s)", public, answer.Status), "see where the name and the proxy lead, and that the path is right")
		return
	case health.Status != "ok":
		d.fault(check, fmt.Sprintf("the museum at %s says that its database is %s", public, health.Database), "see its log, and the checks above")
		return
	}
	if public.Scheme != "https" {
		d.advise(check, public.String()+" answers, but without https browsers do not keep the museum for use without a network",
			"let a proxy speak https, or the museum itself: mathmuseums serve --help")
		return
	}
	if answer.TLS != nil && time.Until(answer.TLS.PeerCertificates[0].NotAfter) < certificateSoon {
		d.fault("certificate", "it ends at "+formatTime(answer.TLS.PeerCertificates[0].NotAfter), "see why it is not renewed")
	}
	d.ok(check, public.String()+" answers")
	d.checkProxy(ctx, client, answer)
}

// checkProxy looks at what the proxy in front says of a visitor: the scheme, by the header that a museum asked by https sends,
// and the name, by a request that a museum asked for another name refuses.
func (d *doctor) checkProxy(ctx context.Context, client *http.Client, health *http.Response) {
	const check = "proxy"
	if d.config.TLS != encryptionLAN && health.Header.Get("Strict-Transport-Security") == "" {
		d.fault(check, "the museum takes visitors by https for visitors by http, so its cookies are not kept to https",
			"let the proxy send X-Forwarded-Proto and X-Forwarded-For, and name its address in MATHMUSEUMS_TRUSTED_PROXIES")
		return
	}
	public := d.config.PublicURL
	pretended := fmt.Sprintf("192.0.2.%d", 1+rand.IntN(254)) // reserved for examples (RFC 5737): nobody comes from there
	var from netip.Addr
	traced := httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: func(info httptrace.GotConnInfo) {
		if local, err := netip.ParseAddrPort(info.Conn.LocalAddr().String()); err == nil {
			from = local.Addr().Unmap()
		}
	}})
	answer, body, err := visit(traced, client, http.MethodPost, public.JoinPath("auth", "verify-otp/"), http.Header{
		"Content-Type": {"application/json"}, "Origin": {public.Scheme + "://" + public.Host}, "X-Forwarded-For": {pretended}})
	switch {
	case err != nil:
		d.fault(check, fmt.Sprintf("a sign-in cannot be sent: %v", err), "see the log of the proxy")
	case answer.StatusCode == http.StatusForbidden:
		d.fault(check, "sign-ins are refused as coming from another site: the proxy does not pass on the name it was asked for",
			"let it pass on Host, as nginx does with: proxy_set_header Host $host;")
	case answer.StatusCode != http.StatusBadRequest:
		d.fault(check, fmt.Sprintf("a sign-in is answered with %s: %.200s", answer.Status, body), "see that the proxy lets POST through")
	case !d.isProxy(from) && d.hasCounted(ctx, pretended):
		d.fault(check, "visitors can pretend to come from any network: the museum believes the X-Forwarded-For that they send, so its sign-in limits do not hold",
			"let the proxy set the header itself, or add the visitor's address at its end, as nginx does with: "+
				"proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;")
	default:
		d.ok(check, "name and scheme reach the museum")
	}
}

// isProxy reports whether an address of this computer counts as a proxy's. What such a one says of others is to be believed.
func (d *doctor) isProxy(address netip.Addr) bool {
	return slices.ContainsFunc(d.config.TrustedProxies, func(p netip.Prefix) bool { return p.Contains(address) })
}

// hasCounted reports whether the museum has counted a sign-in request of a network just now.
func (d *doctor) hasCounted(ctx context.Context, network string) bool {
	museum, err := openDatabase(ctx, d.program, d.config, make(app.Secret, app.SecretSize))
	if err != nil {
		return false // told among the checks of the database
	}
	defer museum.Close()
	has, err := museum.HasSignInRequest(ctx, network)
	return err == nil && has
}

// visitor is a browser that trusts our own authority too, where there is one.
func (d *doctor) visitor() *http.Client {
	transport := &http.Transport{Proxy: http.ProxyFromEnvironment, ForceAttemptHTTP2: true}
	if own, err := authority.Load(d.config.DataDir); err == nil && d.config.TLS == encryptionLAN {
		roots := x509.NewCertPool()
		roots.AppendCertsFromPEM(own.PEM())
		transport.TLSClientConfig = &tls.Config{RootCAs: roots}
	}
	return &http.Client{Transport: transport, Timeout: visitTimeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// visit asks for an address. What it posts is a sign-in without a code, which the museum counts as a request and refuses.
func visit(ctx context.Context, client *http.Client, method string, at *url.URL, headers http.Header) (*http.Response, []byte, error) {
	var body io.Reader
	if method == http.MethodPost {
		body = strings.NewReader(`{"email": "doctor@example.com", "otp_code": "none"}`)
	}
	request, err := http.NewRequestWithContext(ctx, method, at.String(), body)
	if err != nil {
		return nil, nil, err
	}
	if headers != nil {
		request.Header = headers
	}
	answer, err := client.Do(request)
	if wrapped, ok := errors.AsType[*url.Error](err); ok {
		return nil, nil, wrapped.Err // without the address, which the caller knows
	}
	if err != nil {
		return nil, nil, err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(io.LimitReader(answer.Body, longestPublished))
	return answer, text, err
}
