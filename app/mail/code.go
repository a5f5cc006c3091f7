package mail

import (
	"fmt"
	"html/template"
	"strings"
	"sync"
	"time"

	"github.com/mathmuseums/mathmuseums/assets"
)

// codeTemplate is parsed when first needed: under CGI most requests send no mail and should not pay for it.
var codeTemplate = sync.OnceValue(func() *template.Template {
	return template.Must(template.ParseFS(assets.FS, "html/mail/code.html"))
})

// NewCodeMessage is the mail that brings a sign-in code which holds for lifetime, in whole minutes. museumURL is
// the museum's configured public address, or "" to leave it out; never take it from a request, whose Host header
// anybody can set: the mail would then send its reader to a stranger's page.
func NewCodeMessage(to, code string, lifetime time.Duration, museumURL string) Message {
	expiry := fmt.Sprintf("This code will expire in %s.", minutes(lifetime))
	return Message{
		To:       to,
		Subject:  "Your Math Museums verification code",
		Text:     fmt.Sprintf("Your verification code is: %s\n\n%s", code, expiry),
		HTML:     codeHTML(code, expiry, museumURL),
		Code:     code,
		Lifetime: lifetime,
	}
}

// NewTestMessage is the mail by which an operator sees that mail works.
func NewTestMessage(to string) Message {
	return Message{
		To:      to,
		Subject: "Math Museums: a test mail",
		Text: "This mail was sent to see whether your Math Museum can send mail. It can.\n\n" +
			"If it lies in the spam folder, the mails with the sign-in codes will too.",
	}
}

func codeHTML(code, expiry, museumURL string) string {
	var b strings.Builder
	data := struct{ Code, Expiry, MuseumURL string }{code, expiry, museumURL}
	// The template is part of the program and a test runs it, so an error here is a fault of the program.
	if err := codeTemplate().Execute(&b, data); err != nil {
		panic(fmt.Sprintf("mail template: %v", err))
	}
	return b.String()
}

func minutes(d time.Duration) string {
	if n := int(d.Minutes()); n != 1 {
		return fmt.Sprintf("%d minutes", n)
	}
	return "1 minute"
}
