package web

import (
	"net/http"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/store"
)

// requestDeletionCode mails the code with which the user can delete the account. A sign-in code does not work for
// that, nor this one for signing in.
func (s *Server) requestDeletionCode(w http.ResponseWriter, r *http.Request, user *app.User) error {
	if err := s.Store.CountSignInRequest(r.Context(), s.clientAddress(r), s.browser(s.browserNote(r), app.Address{Email: user.Email}), s.Limits); err != nil {
		return err
	}
	request := store.CodeRequest{Purpose: app.CodeToDeleteAccount, Address: app.Address{Email: user.Email, Mailbox: user.Mailbox},
		Network: s.clientAddress(r), Limits: s.Limits}
	if err := s.sendCode(r, request); err != nil {
		return err
	}
	message := "A code was sent to " + user.Mailbox + ". Nothing is deleted without it."
	if s.NoMailServer {
		message = "Your teacher has the code for " + user.Mailbox + ". Nothing is deleted without it."
	}
	return writeValue(w, http.StatusOK, map[string]string{"message": message, "delivery": s.delivery()})
}

// deleteAccount deletes the user with everything that belongs to them, and clears the cookies that identify them.
func (s *Server) deleteAccount(w http.ResponseWriter, r *http.Request, user *app.User) error {
	body, err := readBody(r)
	if err != nil {
		return err
	}
	object, _ := body.Object()
	code := readCode(object["otp_code"])
	if !app.IsCode(code) {
		return app.Errorf(app.KindInvalid, "Please enter the six digits of the code in your mail. Nothing was deleted.")
	}
	if err := s.Store.CountSignInRequest(r.Context(), s.clientAddress(r), s.browser(s.browserNote(r), app.Address{Email: user.Email}), s.Limits); err != nil {
		return err
	}
	err = s.Store.DeleteAccount(r.Context(), store.Deletion{User: user, Code: code, Address: s.clientAddress(r), Limits: s.Limits})
	if err != nil {
		return err
	}
	s.events.endUser(user.ID)
	s.clearCookie(w, r, sessionCookie)
	s.clearCookie(w, r, browserCookie)
	clearCache(w)
	w.WriteHeader(http.StatusNoContent)
	return nil
}
