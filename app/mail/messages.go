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

// codeTemplate is parsed when first needed: under CGI most requests send no mail and should not pay for it.
var codeTemplate = sync.OnceValue(func() *template.Template {
	return template.Must(template.ParseFS(assets.FS, "html/mail/code.html"))
})

// words are what the mail with a code for one purpose says.
type words struct{ label, subject, intro, warning string }

var codeWords = map[app.CodePurpose]words{
	app.CodeToSignIn: {
		label:   "Sign-in code",
		subject: "Your Math Museums verification code",
		intro:   "Your verification code is:",
		warning: "You did not ask for a code? Then you can leave this mail alone. Tell the code to nobody.",
	},
	app.CodeToDeleteAccount: {
		label:   "Code to delete the account",
		subject: "Your code to delete your Math Museums account",
		intro:   "Your code to delete your account, with all tiles, notes and photos in it, is:",
		warning: "You do not want to delete your account? Then leave this mail alone: nothing is deleted without the code. Tell the code to nobody.",
	},
}

// NewCodeMessage is the mail that brings a code which holds for lifetime, in whole minutes. museumURL is the museum's
// configured public address, or "" to leave it out; never take it from a request, whose Host header anybody can set: the
// mail would then send its reader to a stranger's page.
func NewCodeMessage(purpose app.CodePurpose, to, code string, lifetime time.Duration, museumURL string) Message {
	words := codeWords[purpose]
	expiry := fmt.Sprintf("This code will expire in %s.", minutes(lifetime))
	text := fmt.Sprintf("%s %s\n\n%s", words.intro, code, expiry)
	if purpose != app.CodeToSignIn { // whose words older clients' users know
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

// NewTestMessage is the mail by which an operator sees that mail works.
func NewTestMessage(to string) Message {
	return Message{
		To:      to,
		Subject: "Math Museums: a test mail",
		Text: "This mail was sent to see whether your Math Museum can send mail. It can.\n\n" +
			"If it lies in the spam folder, the mails with the sign-in codes will too.",
	}
}

func codeHTML(words words, code, expiry, museumURL string) string {
	var b strings.Builder
	data := struct{ Subject, Intro, Code, Expiry, MuseumURL, Warning string }{
		words.subject, words.intro, code, expiry, museumURL, words.warning}
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

// NewBackupFailedMessage is the mail that tells somebody who runs a museum that there is no backup of it. museum says which
// one it is, why what went wrong.
func NewBackupFailedMessage(to, museum, why string) Message {
	return Message{
		To:      to,
		Subject: "Math Museums: the backup failed",
		Text: fmt.Sprintf("The backup of the museum %s failed:\n\n%s\n\n"+
			"The museum itself was not touched, and the older backups are still there. Please mend what is wrong, and try:\n\n"+
			"mathmuseums backup\n", museum, why),
	}
}
