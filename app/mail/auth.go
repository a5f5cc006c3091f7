package mail

import (
	"encoding/base64"
	"errors"

	"github.com/emersion/go-sasl"
)

var errNoAuth = errors.New("no common way to sign in")

// chooseAuth picks a way to sign in that the server offers, PLAIN before the older LOGIN; nil where there is none.
func (d *dialogue) chooseAuth() (mechanism string, client sasl.Client) {
	switch {
	case d.client.SupportsAuth(sasl.Plain):
		return sasl.Plain, sasl.NewPlainClient("", d.server.user, d.server.password)
	case d.client.SupportsAuth(sasl.Login):
		return sasl.Login, &loginClient{answers: []string{d.server.user, d.server.password}}
	}
	return "", nil
}

// loginClient answers the server's first question with the user name and the second with the password, whatever
// their wording. The library's own insists on "Password:", which not every server writes like that, and sends
// the name before it is asked, which not every server takes.
type loginClient struct {
	answers []string
}

func (c *loginClient) Start() (mechanism string, initial []byte, err error) {
	return sasl.Login, nil, nil
}

func (c *loginClient) Next([]byte) ([]byte, error) {
	if len(c.answers) == 0 {
		return nil, sasl.ErrUnexpectedServerChallenge
	}
	answer := c.answers[0]
	c.answers = c.answers[1:]
	return []byte(answer), nil
}

// secrets are the forms in which the password crosses the wire, each followed by what to write in its place.
func secrets(user, password string) []string {
	const stars = "***"
	encode := base64.StdEncoding.EncodeToString
	return []string{
		encode([]byte("\x00" + user + "\x00" + password)), stars,
		encode([]byte(password)), stars,
		password, stars,
	}
}
