package mail

import (
	"fmt"
	"html/template"
	"strings"
	"sync"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/assets"
)

// codeTemplate is parsed on first use: under CGI most requests send no mail and should not pay for it.
var codeTemplate = sync.OnceValue(func() *template.Template {
	return template.Must(template.ParseFS(assets.FS, "html/mail/code.html"))
})

// words are the texts of the mail with a code for one purpose.
type words struct{ label, subject, intro, warning string }

var codeWords = map[app.CodePurpose]words{
	app.CodeToSignIn: {
		label:   "Sign-in code",
		subject: "Your Math Museums verification code",
		intro:   "Your verification code is:",
		warning: "If you did not ask for a code, you can ignore this mail. Do not share the code with anyone.",
	},
	app.CodeToDeleteAccount: {
		label:   "Code to delete the account",
		subject: "Your code to delete your Math Museums account",
		intro:   "Your code to delete your account, with all tiles, notes and photos in it, is:",
		warning: "If you do not want to delete your account, ignore this mail: nothing is deleted without the " +
			"code. Do not share the code with anyone.",
	},
}

// NewCodeMessage returns the mail with a code that is valid for lifetime, in whole minutes. museumURL is the museum's
// configured public address, or "" to leave it out. Never take it from a request, whose Host header anyone can forge:
// the mail would then link to a stranger's page.
func NewCodeMessage(purpose app.CodePurpose, to, code string, lifetime time.Duration, museumURL string) Message {
	words := codeWords[purpose]
	expiry := fmt.Sprintf("This code will expire in %s.", minutes(lifetime))
	text := fmt.Sprintf("%s %s\n\n%s", words.intro, code, expiry)
	if purpose != app.CodeToSignIn { // whose text is fixed by the earlier app
		text += "\n\n" + words.warning
	}
	return Message{
		To:       to,
		Subject:  words.subject,
		Text:     text,
		HTML:     codeHTML(words, code, expiry, museumURL),
		Code:     code,
		Lifetime: lifetime,
		Label:    words.label,
		Issuable: purpose == app.CodeToSignIn,
	}
}

// NewTestMessage returns the mail that shows an operator that mail works.
func NewTestMessage(to string) Message {
	return Message{
		To:      to,
		Subject: "Math Museums: a test mail",
		Text: "Your Math Museum sent this mail to test whether it can send mail. It can.\n\n" +
			"If this mail was in your spam folder, the mails with sign-in codes will go there too.",
	}
}

func codeHTML(words words, code, expiry, museumURL string) string {
	var b strings.Builder
	data := struct{ Subject, Intro, Code, Expiry, MuseumURL, Warning string }{
		words.subject, words.intro, code, expiry, museumURL, words.warning}
	// The template is part of the program, so an error here is a bug.
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

// NewBackupFailedMessage returns the mail that tells a superuser that a backup failed. museum identifies the museum,
// and why is the reason.
func NewBackupFailedMessage(to, museum, why string) Message {
	return Message{
		To:      to,
		Subject: "Math Museums: the backup failed",
		Text: fmt.Sprintf("The backup of the museum %s failed:\n\n%s\n\n"+
			"The museum itself was not changed, and older backups still exist. Please fix the problem, then run:\n\n"+
			"mathmuseums backup\n", museum, why),
	}
}
