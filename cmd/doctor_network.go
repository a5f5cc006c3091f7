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
	visitTimeout     = 10 * time.Second    // for each request to the public address
	certificateSoon  = 14 * 24 * time.Hour // automatic renewal happens earlier
	authoritySoon    = 30 * 24 * time.Hour
	clockTolerance   = 2 * time.Minute
	longestPublished = 64 << 10 // bytes read of each response
)

// checkMail tests the mail server; it sends a mail only if requested.
func (d *doctor) checkMail(ctx context.Context) {
	const check = "mail"
	if d.config.noMailServer() {
		d.advise(check, "there is no mail server: sign-in codes are printed where the museum runs",
			"set MATHMUSEUMS_MAIL_URL to send them by mail")
		return
	}
	if mail.CheckURL(d.config.MailURL) != nil {
		return // already reported with the settings
	}
	found, err := d.tryMail(ctx)
	if err != nil {
		do := "correct MATHMUSEUMS_MAIL_URL; mathmuseums testmail shows each step"
		if stuck, ok := errors.AsType[*mail.StepError](err); ok {
			do = fmt.Sprintf("it failed at the step %q; %s", stuck.Step, do)
		}
		d.fault(check, err.Error(), do)
		return
	}
	d.ok(check, found)
}

// tryMail sends a test mail if there is a recipient; otherwise it tests the server without sending.
func (d *doctor) tryMail(ctx context.Context) (found string, err error) {
	server, opts := mail.Redact(d.config.MailURL), mail.Options{From: d.config.MailFrom}
	if d.mailTo == "" {
		return server + " accepts our sign-in", mail.Check(ctx, d.config.MailURL, opts)
	}
	sender, err := mail.Open(d.config.MailURL, opts)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%s accepted a test mail to %s; check that it arrived", server, d.mailTo), sender.Send(ctx,
		mail.NewTestMessage(d.mailTo))
}

// checkClock reports a clock that is or was wrong, or is not synchronized.
func (d *doctor) checkClock() {
	const check = "clock"
	now := time.Now()
	for _, path := range []string{d.config.databasePath(), d.config.databasePath() + "-wal"} {
		if info, err := os.Stat(path); err == nil && info.ModTime().After(now.Add(clockTolerance)) {
			d.fault(check, fmt.Sprintf("the clock says %s, but the database was last written at %s",
				formatTime(now), formatTime(info.ModTime())),
				"set the clock: codes and sessions expire by it")
			return
		}
	}
	if set, known := clockIsSynchronized(); known && !set {
		d.advise(check, formatTime(now)+", but the system does not synchronize it",
			"turn synchronization on, for example with: timedatectl set-ntp true")
		return
	}
	d.ok(check, formatTime(now))
}

// checkAuthority reports when the certificate authority of --tls lan expires.
func (d *doctor) checkAuthority() {
	const check = "authority"
	if d.config.TLS != encryptionLAN {
		return
	}
	own, err := authority.Load(d.config.DataDir)
	switch {
	case errors.Is(err, authority.ErrNone):
		d.advise(check, "there is none yet", "start the museum to create one")
	case err != nil:
		d.fault(check, err.Error(), "as the message says")
	case time.Until(own.Ends()) < authoritySoon:
		d.advise(check, "it expires on "+own.Ends().Format(time.DateOnly),
			"delete "+authority.File+" and restart the museum; each device must then install the new one")
	default:
		d.ok(check, "devices trust it until "+own.Ends().Format(time.DateOnly))
	}
}

// checkPublic tests the museum at its public address, as a browser would.
func (d *doctor) checkPublic(ctx context.Context) {
	const check = "public address"
	public := d.config.PublicURL
	if public == nil {
		d.advise(check, "none is set, so mails cannot link to the museum",
			"set MATHMUSEUMS_PUBLIC_URL, unless the museum is for one room only")
		return
	}
	client := d.visitor()
	if address := d.config.probe(ctx, client, public); address != "" {
		d.fault("web server", "anyone can read the data folder at "+address,
			"stop the museum, move the folder out of the web server's reach, and set "+prefix+
				"DATA_DIR to its new path. "+
				"Then replace the key: delete "+store.SecretFile+"; everybody has to sign in again")
	}
	answer, body, err := visit(ctx, client, http.MethodGet, public.JoinPath("healthz"), nil)
	if err != nil {
		d.fault(check, fmt.Sprintf("%s cannot be reached: %v", public, err),
			"make sure that the museum is running, that the name resolves to this network, and that its router "+
				"or proxy forwards here. "+
				"Some routers do not let a machine reach itself from inside the network: then try with a phone")
		return
	}
	var health struct{ Status, Database string }
	switch {
	case json.Unmarshal(body, &health) != nil || health.Status == "":
		d.fault(check, fmt.Sprintf("%s is answered by something else (%s)", public, answer.Status),
			"check where the name and the proxy lead, and the path")
		return
	case health.Status != "ok":
		d.fault(check, fmt.Sprintf("the museum at %s reports that its database is %s", public, health.Database),
			"see its log and the checks above")
		return
	}
	if public.Scheme != "https" {
		d.advise(check, public.String()+" answers, but without https browsers cannot use the museum offline",
			"set up https in a proxy or in the museum itself: mathmuseums serve --help")
		return
	}
	if answer.TLS != nil && time.Until(answer.TLS.PeerCertificates[0].NotAfter) < certificateSoon {
		d.fault("certificate", "it expires at "+formatTime(answer.TLS.PeerCertificates[0].NotAfter),
			"find out why it is not renewed")
	}
	d.ok(check, public.String()+" answers")
	d.checkProxy(ctx, client, answer)
}

// checkProxy tests what the proxy in front passes on: the scheme, by a header that the museum sends only over https,
// and the host name, by a request that the museum refuses under any other name.
func (d *doctor) checkProxy(ctx context.Context, client *http.Client, health *http.Response) {
	const check = "proxy"
	if d.config.TLS != encryptionLAN && health.Header.Get("Strict-Transport-Security") == "" {
		d.fault(check, "the museum mistakes https visitors for http visitors, so its cookies are not limited to https",
			"let the proxy send X-Forwarded-Proto and X-Forwarded-For, and list its address in "+
				"MATHMUSEUMS_TRUSTED_PROXIES")
		return
	}
	public := d.config.PublicURL
	pretended := fmt.Sprintf("192.0.2.%d",
		1+rand.IntN(254)) // reserved for documentation (RFC 5737), so no visitor has it
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
		d.fault(check, fmt.Sprintf("a sign-in cannot be sent: %v", err), "see the proxy's log")
	case answer.StatusCode == http.StatusForbidden:
		d.fault(check, "sign-ins are refused as cross-site: the proxy does not pass on the requested host name",
			"let it pass on Host, in nginx with: proxy_set_header Host $host;")
	case answer.StatusCode != http.StatusBadRequest:
		d.fault(check, fmt.Sprintf("a sign-in is answered with %s: %.200s", answer.Status, body),
			"make sure that the proxy lets POST requests through")
	case !d.isProxy(from) && d.hasCounted(ctx, pretended):
		d.fault(check, "visitors can forge their network address: the museum trusts the X-Forwarded-For that "+
			"they send, so its sign-in limits "+
			"can be evaded",
			"let the proxy set the header, or append the visitor's address to it, in nginx with: "+
				"proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;")
	default:
		d.ok(check, "name and scheme reach the museum")
	}
}

// isProxy reports whether an address of this computer belongs to a trusted proxy, whose X-Forwarded-For is rightly
// believed.
func (d *doctor) isProxy(address netip.Addr) bool {
	return slices.ContainsFunc(d.config.TrustedProxies, func(p netip.Prefix) bool { return p.Contains(address) })
}

// hasCounted reports whether the museum has just counted a sign-in request from a network.
func (d *doctor) hasCounted(ctx context.Context, network string) bool {
	museum, err := openDatabase(ctx, d.program, d.config, make(app.Secret, app.SecretSize))
	if err != nil {
		return false // already reported with the database
	}
	defer museum.Close()
	has, err := museum.HasSignInRequest(ctx, network)
	return err == nil && has
}

// visitor returns a client that, like a browser, follows no redirects by itself here, and that also trusts our own
// certificate authority if there is one.
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

// visit sends a request. A POST is a sign-in without a code, which the museum counts as a request and refuses.
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
		return nil, nil, wrapped.Err // without the URL, which the caller knows
	}
	if err != nil {
		return nil, nil, err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(io.LimitReader(answer.Body, longestPublished))
	return answer, text, err
}
