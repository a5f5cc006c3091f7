package web

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"net/http"
	"slices"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/mail"
	"github.com/mathmuseums/mathmuseums/app/store"
)

// browserCookie identifies the browser that asks for codes, so that its tries are counted separately.
const (
	browserCookie   = "signin"
	browserLifetime = 365 * 24 * time.Hour
)

// maxPassword is the longest password that is checked, in bytes.
const maxPassword = 1000

// maxKnown is how many addresses a shared browser is remembered for: the last ones to sign in.
const maxKnown = 40

// browserNote is the content of the browser's cookie, which is signed and encrypted.
type browserNote struct {
	ID    string   // random
	Email string   // address of the last sign-in, in cookies of older versions
	Known [][]byte // keyed hashes of the addresses that have signed in, latest first
}

// requestCode mails a sign-in code. The answer is the same whether or not the address has an account.
func (s *Server) requestCode(w http.ResponseWriter, r *http.Request, _ *app.User) error {
	object, err := readObject(r)
	if err != nil {
		return err
	}
	if object["email"].IsFalsy() {
		return signInError{app.Errorf(app.KindInvalid, "Email is required")}
	}
	address, err := readAddress(object["email"])
	if err != nil {
		return signInError{err}
	}
	note := s.browserNote(r)
	browser := s.browser(note, address)
	if err := s.Store.CountSignInRequest(r.Context(), s.clientAddress(r), browser, s.Limits); err != nil {
		return signInError{err}
	}
	if err := s.sendCode(r, store.CodeRequest{Purpose: app.CodeToSignIn, Address: address, Browser: browser, Network: s.clientAddress(r), Limits: s.Limits}); err != nil {
		return signInError{err}
	}
	if err := s.setBrowserNote(w, r, note); err != nil {
		return err
	}
	return writeValue(w, http.StatusOK, map[string]string{"message": "OTP sent to email", "delivery": s.delivery()})
}

// delivery says how a code reaches the person who asked for it: by "mail", or from a "teacher".
func (s *Server) delivery() string {
	if s.NoMailServer {
		return "teacher"
	}
	return "mail"
}

// sendCode creates a code and mails it. If the mail cannot be sent the code is withdrawn.
func (s *Server) sendCode(r *http.Request, request store.CodeRequest) error {
	ctx := r.Context()
	code, err := s.Store.CreateCode(ctx, request)
	if app.KindOf(err) == app.KindForbidden {
		s.Log.InfoContext(ctx, "no code for an account that is switched off", "email", request.Address.Email)
		return nil // the answer must not reveal it
	}
	if err != nil {
		return err
	}
	museum := ""
	if s.PublicURL != nil {
		museum = s.PublicURL.String()
	}
	mailbox := request.Address.Mailbox
	user, err := s.Store.FindUser(ctx, request.Address)
	switch {
	case err == nil:
		mailbox = user.Mailbox // as its owner wrote it, whoever asks now
	case app.KindOf(err) != app.KindNotFound:
		return err
	}
	message := mail.NewCodeMessage(request.Purpose, mailbox, code, app.CodeLifetime, museum)
	message.Private = user.IsSuperuser || user.IsStaff
	err = s.Mail.Send(ctx, message)
	if err == nil {
		return nil
	}
	// Withdraw the code even if the browser has gone, which cancels ctx.
	if undo := s.Store.WithdrawCode(context.WithoutCancel(ctx), request, code); undo != nil {
		err = errors.Join(err, undo)
	}
	if step, ok := errors.AsType[*mail.StepError](err); ok && step.Refused() {
		return &app.Error{Kind: app.KindInvalid, Cause: err, Message: "The mail server does not take mail for this address. Please check that it is spelled right."}
	}
	return &app.Error{Kind: app.KindUnavailable, Cause: err, RetryAfter: time.Minute,
		Message: "The mail with the code could not be sent just now. Your work is safe on this device. Please try again in a minute, or ask your teacher for a code."}
}

// readAddress reads a mail address from the body.
func readAddress(value app.Value) (app.Address, error) {
	text, ok := value.Text()
	if !ok {
		return app.Address{}, app.Errorf(app.KindInvalid, "The e-mail address must be a text.")
	}
	return app.ParseAddress(text)
}

// verifyCode signs in a browser that sends the right code.
func (s *Server) verifyCode(w http.ResponseWriter, r *http.Request, _ *app.User) error {
	object, err := readObject(r)
	if err != nil {
		return err
	}
	if object["email"].IsFalsy() || object["otp_code"].IsFalsy() {
		return signInError{app.Errorf(app.KindInvalid, "Email and OTP code are required")}
	}
	note := s.browserNote(r)
	address, err := readAddress(object["email"])
	code := readCode(object["otp_code"])
	if err != nil || !app.IsCode(code) { // malformed input does not count as an attempt
		if err := s.Store.CountSignInRequest(r.Context(), s.clientAddress(r), s.browser(note, address), s.Limits); err != nil {
			return signInError{err}
		}
		return signInError{app.Errorf(app.KindInvalid, "Invalid or expired OTP code")}
	}
	in, err := s.Store.SignIn(r.Context(), store.SignIn{
		Address: address, Code: code, Browser: s.browser(note, address), Limits: s.Limits, Session: s.newSession(r),
	})
	return s.finishSignIn(w, r, address, note, in, err)
}

// signInWithPassword signs a superuser in without mail.
func (s *Server) signInWithPassword(w http.ResponseWriter, r *http.Request, _ *app.User) error {
	object, err := readObject(r)
	if err != nil {
		return err
	}
	note := s.browserNote(r)
	address, err := readAddress(object["email"])
	if err := s.Store.CountSignInRequest(r.Context(), s.clientAddress(r), s.browser(note, address), s.Limits); err != nil {
		return signInError{err}
	}
	if err != nil {
		return signInError{err}
	}
	password, ok := object["password"].Text()
	if !ok || len(password) > maxPassword {
		return signInError{app.Errorf(app.KindInvalid, "Please enter the password.")}
	}
	in, err := s.Store.SignInWithPassword(r.Context(), store.PasswordSignIn{
		Address: address, Password: password, Browser: s.browser(note, address), Limits: s.Limits, Session: s.newSession(r),
	})
	return s.finishSignIn(w, r, address, note, in, err)
}

// newSession describes the browser that signs in.
func (s *Server) newSession(r *http.Request) store.NewSession {
	return store.NewSession{UserAgent: app.NewUserAgent(r.UserAgent()), Address: s.clientAddress(r)}
}

// actor returns who acts in a request, for the audit log.
func (s *Server) actor(r *http.Request, user *app.User) app.Actor {
	return app.Actor{UserID: user.ID, Address: s.clientAddress(r)}
}

// finishSignIn sets the cookies of a browser that has signed in, or answers why it has not.
func (s *Server) finishSignIn(w http.ResponseWriter, r *http.Request, address app.Address, note browserNote, in store.SignedIn, err error) error {
	if err != nil {
		return signInError{err}
	}
	note.remember(s.knownHash(address))
	if err := errors.Join(s.setSession(w, r, in.Token), s.setBrowserNote(w, r, note)); err != nil {
		return err
	}
	http.SetCookie(w, s.newCookie(r, csrfCookie, s.csrfToken(in.Token), csrfLifetime, false))
	return writeValue(w, http.StatusOK, map[string]any{"message": "Authentication successful", "is_new_user": in.IsNew,
		"email": in.User.Mailbox})
}

// maxCodeText is the size in bytes of the longest text that may hold a code, however it is written.
const maxCodeText = 100

// readCode reads a code from the body, where it may also be a number.
func readCode(value app.Value) string {
	if value.TypeName() == "int" {
		return string(value)
	}
	code, _ := value.Text()
	if len(code) > maxCodeText {
		return ""
	}
	return app.ReadCode(code)
}

// logout ends the session of this browser only.
func (s *Server) logout(w http.ResponseWriter, r *http.Request, user *app.User) error {
	err := s.Store.DeleteSession(r.Context(), s.actor(r, user), user.SessionID)
	if err != nil && app.KindOf(err) != app.KindNotFound { // another request may have ended it just now
		return err
	}
	s.events.endSession(user.ID, user.SessionID)
	s.clearCookie(w, r, sessionCookie)
	clearCache(w)
	return writeValue(w, http.StatusOK, map[string]string{"message": "Logged out successfully"})
}

// clearCache makes the browser drop what it has cached of the museum. Browsers do so over https, and for localhost.
func clearCache(w http.ResponseWriter) { w.Header().Set("Clear-Site-Data", `"cache"`) }

// getProfile returns the signed-in user.
func (s *Server) getProfile(w http.ResponseWriter, _ *http.Request, user *app.User) error {
	return writeValue(w, http.StatusOK, map[string]any{
		"email":            user.Mailbox,
		"is_authenticated": true,
		"display_name":     user.DisplayName,
		"is_superuser":     user.IsSuperuser,
	})
}

// browserNote reads the browser's cookie, or returns a new note.
func (s *Server) browserNote(r *http.Request) browserNote {
	var note browserNote
	if cookie, err := r.Cookie(browserCookie); err == nil && s.cookies.Decode(browserCookie, cookie.Value, &note) == nil {
		return note
	}
	return browserNote{ID: rand.Text()}
}

func (s *Server) setBrowserNote(w http.ResponseWriter, r *http.Request, note browserNote) error {
	value, err := s.cookies.Encode(browserCookie, note)
	if err != nil {
		return err
	}
	http.SetCookie(w, s.newCookie(r, browserCookie, value, browserLifetime, true))
	return nil
}

// browser returns the browser as the store counts it for an address.
func (s *Server) browser(note browserNote, address app.Address) store.Browser {
	hash := s.knownHash(address)
	known := slices.ContainsFunc(note.Known, func(k []byte) bool { return hmac.Equal(k, hash) })
	return store.Browser{ID: note.ID, Known: known || (note.Email != "" && note.Email == address.Email)}
}

// remember records that the browser has signed in as an address.
func (n *browserNote) remember(hash []byte) {
	n.Known = slices.DeleteFunc(n.Known, func(k []byte) bool { return hmac.Equal(k, hash) })
	n.Known = slices.Insert(n.Known, 0, hash)
	n.Known = n.Known[:min(len(n.Known), maxKnown)]
}

// knownHash is what the browser's cookie holds of an address: enough to tell the accounts of a shared browser apart,
// and short enough to keep the cookie small.
func (s *Server) knownHash(address app.Address) []byte {
	mac := hmac.New(sha256.New, s.Store.Secret().Key("known browser", 32))
	mac.Write([]byte(address.Email))
	return mac.Sum(nil)[:12]
}

// deleteSessions signs a user out everywhere.
func (s *Server) deleteSessions(w http.ResponseWriter, r *http.Request, user *app.User) error {
	address, err := app.ParseAddress(pathValue(r, "email"))
	if err != nil {
		return app.Errorf(app.KindNotFound, "Not found.")
	}
	whose, err := s.Store.FindUser(r.Context(), address)
	if err != nil {
		return err
	}
	ended, err := s.Store.DeleteSessions(r.Context(), s.actor(r, user), whose.ID)
	if err != nil {
		return err
	}
	s.events.endUser(whose.ID)
	s.Log.InfoContext(r.Context(), "sessions ended", "of", whose.Email, "by", user.Email, "count", ended)
	return writeValue(w, http.StatusOK, map[string]int64{"ended": ended})
}
