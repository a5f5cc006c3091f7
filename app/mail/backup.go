package mail

import "fmt"

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
