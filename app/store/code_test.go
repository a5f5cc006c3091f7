package store_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/apptest"
	"github.com/mathmuseums/mathmuseums/app/store"
)

var ann = app.Address{Email: "ann@example.com", Mailbox: "ann@example.com"}

// desk is a sign-in desk: a store whose clock can be advanced.
type desk struct {
	*store.Store
	t      *testing.T
	clock  *apptest.Clock
	limits app.SignInLimits
}

func newDesk(t *testing.T, limits app.SignInLimits) *desk {
	clock := &apptest.Clock{}
	return &desk{apptest.OpenStore(t, t.TempDir(), clock.Now), t, clock, limits}
}

// request is Ann's request for a sign-in code.
func (d *desk) request(browser store.Browser) store.CodeRequest {
	return store.CodeRequest{Purpose: app.CodeToSignIn, Address: ann, Browser: browser, Limits: d.limits}
}

func (d *desk) code(browser store.Browser) string {
	d.t.Helper()
	code, err := d.CreateCode(d.t.Context(), d.request(browser))
	if err != nil {
		d.t.Fatalf("make a code: %v", err)
	}
	return code
}

// try tries a code and checks the kind of the outcome.
func (d *desk) try(code string, browser store.Browser, want app.Kind, why string) {
	d.t.Helper()
	in, err := d.SignIn(d.t.Context(), store.SignIn{Address: ann, Code: code, Browser: browser, Limits: d.limits})
	if got := app.KindOf(err); got != want || (err == nil) != (in.Token != nil) {
		d.t.Errorf("%s: %v, %v", why, in.User.Email, err)
	}
}

const success = app.KindNone

func TestCodeIsGoodOnceAndForFifteenMinutes(t *testing.T) {
	d := newDesk(t, apptest.WideLimits)
	first := d.code(store.Browser{})
	second := d.code(store.Browser{})
	d.try(first, store.Browser{}, app.KindInvalid, "a newer code makes the older void")
	d.try(second, store.Browser{}, success, "the newer one is good")
	d.try(second, store.Browser{}, app.KindInvalid, "but once")

	late := d.code(store.Browser{})
	d.clock.Advance(app.CodeLifetime - time.Second)
	d.try(wrongCode(late), store.Browser{}, app.KindInvalid, "a wrong code")
	d.clock.Advance(2 * time.Second)
	d.try(late, store.Browser{}, app.KindInvalid, "a code that has run out")
}

func TestFiftyAtOnceSignInOnce(t *testing.T) {
	d := newDesk(t, apptest.WideLimits)
	code := d.code(store.Browser{})
	var group sync.WaitGroup
	var signedIn atomic.Int32
	for range 50 {
		group.Go(func() {
			_, err := d.SignIn(t.Context(), store.SignIn{Address: ann, Code: code, Limits: d.limits})
			if err == nil {
				signedIn.Add(1)
			} else if app.KindOf(err) != app.KindInvalid {
				t.Errorf("a code used twice: %v", err)
			}
		})
	}
	group.Wait()
	if got := signedIn.Load(); got != 1 {
		t.Errorf("one code signed in %d times", got)
	}
}

func TestFiveWrongTriesVoidACode(t *testing.T) {
	d := newDesk(t, apptest.WideLimits)
	own := store.Browser{ID: "own"}
	code := d.code(own)
	for range app.CodeTries {
		d.try(wrongCode(code), own, app.KindInvalid, "a wrong code")
	}
	d.try(code, own, app.KindInvalid, "the sixth try, though right")
}

// TestStrangersCannotLockOneOut lets a stranger try anything: the right code still works in the browser that asked
// for it, in a browser that has signed in as the address before, and everywhere if it was issued by hand.
func TestStrangersCannotLockOneOut(t *testing.T) {
	limits := app.DefaultSignInLimits
	d := newDesk(t, limits)
	own, phone := store.Browser{ID: "own"}, store.Browser{ID: "phone", Known: true}
	code := d.code(own)
	d.code(phone) // void once the phone asks again
	refused := 0
	for n := range 200 {
		stranger := store.Browser{ID: fmt.Sprint("stranger ", n)}
		_, err := d.CreateCode(t.Context(), d.request(stranger))
		if app.KindOf(err) == app.KindTooMany {
			refused++
		}
		d.clock.Advance(time.Second)
		for range 3 {
			_, err = d.SignIn(t.Context(), store.SignIn{Address: ann, Code: wrongCode(code), Browser: stranger, Limits: limits, Session: store.NewSession{Address: "203.0.113.1"}})
			if app.KindOf(err) != app.KindInvalid && app.KindOf(err) != app.KindTooMany {
				t.Fatal(err)
			}
		}
	}
	if refused < 190 {
		t.Errorf("only %d of the stranger's requests were refused", refused)
	}
	d.try(code, own, success, "the browser that asked")
	d.clock.Advance(time.Minute)
	onPhone := d.code(phone)
	d.try(onPhone, phone, success, "a browser that has signed in before")

	byHand, err := d.IssueCode(t.Context(), ann)
	if err != nil {
		t.Fatal(err)
	}
	for n := range 500 { // requests for mails do not void it either
		stranger := store.Browser{ID: fmt.Sprint("late stranger ", n)}
		_, _ = d.CreateCode(t.Context(), d.request(stranger))
		_, err = d.SignIn(t.Context(), store.SignIn{Address: ann, Code: wrongCode(byHand), Browser: stranger, Limits: limits, Session: store.NewSession{Address: "203.0.113.1"}})
		if err == nil {
			t.Fatal("a wrong code is taken")
		}
	}
	fresh := store.Browser{ID: "a new laptop"}
	for range app.CodeTries - 1 {
		d.try(wrongCode(byHand), fresh, app.KindInvalid, "a slip of the finger")
	}
	d.try(byHand, fresh, success, "a code issued by hand")
}

// TestCodeIssuedByHandCannotBeGuessed bounds the tries of a code issued by hand: five per browser, and some in total.
func TestCodeIssuedByHandCannotBeGuessed(t *testing.T) {
	d := newDesk(t, app.DefaultSignInLimits)
	issue := func() string {
		t.Helper()
		code, err := d.IssueCode(t.Context(), ann)
		if err != nil {
			t.Fatal(err)
		}
		return code
	}
	code := issue()
	one := store.Browser{ID: "one"}
	for range app.CodeTries {
		d.try(wrongCode(code), one, app.KindInvalid, "a wrong code")
	}
	d.try(code, one, app.KindInvalid, "the sixth try of a browser")
	d.try(code, store.Browser{ID: "another"}, success, "another browser")

	code = issue()
	for n := range app.IssuedCodeTries {
		_, _ = d.SignIn(t.Context(), store.SignIn{Address: ann, Code: wrongCode(code), Browser: store.Browser{ID: fmt.Sprint(n)}, Limits: d.limits})
	}
	d.try(code, store.Browser{ID: "last"}, app.KindTooMany, "after a thousand guesses")
}

// guess requests codes and tries wrong ones for a while, each time from a new browser, and returns how many tries
// were compared.
func (d *desk) guess(times int) (taken int) {
	d.t.Helper()
	for n := range times {
		browser := store.Browser{ID: fmt.Sprint(d.Now(), n)}
		code, _ := d.CreateCode(d.t.Context(), d.request(browser))
		for range app.CodeTries + 1 {
			for _, b := range []store.Browser{browser, {ID: browser.ID + "b"}, {}} {
				_, err := d.SignIn(d.t.Context(), store.SignIn{Address: ann, Code: wrongCode(code), Browser: b, Limits: d.limits, Session: store.NewSession{Address: fmt.Sprint(n)}})
				if app.KindOf(err) == app.KindInvalid {
					taken++
				} else if app.KindOf(err) != app.KindTooMany {
					d.t.Fatal(err)
				}
			}
		}
	}
	return taken
}

// TestADayOfGuessingIsBounded guesses with fresh cookies for a day, and for weeks.
func TestADayOfGuessingIsBounded(t *testing.T) {
	d := newDesk(t, app.DefaultSignInLimits)
	signIn(t, d.Store, ann)
	taken := 0
	for range 23 {
		taken += d.guess(8)
		d.clock.Advance(time.Hour)
	}
	if want := d.limits.WrongCodesPerDay; taken != want {
		t.Errorf("a day of guessing took %d tries, want %d", taken, want)
	}
	for range 30 {
		d.clock.Advance(25 * time.Hour)
		taken += d.guess(8)
	}
	if want := d.limits.WrongCodesInARow; taken != want {
		t.Errorf("a month of guessing took %d tries, want %d", taken, want)
	}
	d.clock.Advance(25 * time.Hour)
	if _, err := d.CreateCode(t.Context(), d.request(store.Browser{ID: "new"})); app.KindOf(err) != app.KindTooMany {
		t.Errorf("a mailed code for a new device after a hundred wrong ones: %v", err)
	}
	known := store.Browser{ID: "known", Known: true}
	d.try(wrongCode(d.code(known)), known, app.KindInvalid, "a known browser gets codes all the same")
	byHand, err := d.IssueCode(t.Context(), ann)
	if err != nil {
		t.Fatal(err)
	}
	d.try(byHand, store.Browser{ID: "new"}, success, "a code issued by hand")
	d.code(store.Browser{ID: "newer"}) // the count in a row ends
}

// TestTriesEndWhereLimitsAreLowered creates a code, and then lowers the limits.
func TestTriesEndWhereLimitsAreLowered(t *testing.T) {
	d := newDesk(t, app.DefaultSignInLimits)
	own := store.Browser{ID: "own"}
	code := d.code(own)
	d.limits.WrongCodesPerDay, d.limits.WrongCodesInARow = 1, 1
	for range app.CodeTries {
		d.try(wrongCode(code), own, app.KindInvalid, "a wrong code")
	}
	d.try(code, own, app.KindTooMany, "the sixth try, though right")
}

// TestMailsAreBounded requests mails under many spellings of one mailbox, from one network and from many.
func TestMailsAreBounded(t *testing.T) {
	limits := apptest.WideLimits
	limits.CodesPerHour, limits.NetworkMailsPerHour, limits.MailsPerHour = 5, 30, 50
	d := newDesk(t, limits)
	ask := func(email, network string, known bool) error {
		address, err := app.ParseAddress(email)
		if err != nil {
			t.Fatal(err)
		}
		_, err = d.CreateCode(t.Context(), store.CodeRequest{Purpose: app.CodeToSignIn, Address: address, Network: network, Limits: limits,
			Browser: store.Browser{ID: email, Known: known}})
		return err
	}
	sent := func(email, network string) (n int) {
		for i := range 100 {
			if err := ask(fmt.Sprintf(email, i), network, false); err == nil {
				n++
			} else if app.KindOf(err) != app.KindTooMany {
				t.Fatal(err)
			}
		}
		return n
	}
	for _, c := range []struct {
		email, network string
		want           int
	}{{"ann+%d@example.com", "a", 5}, {"a%d@example.com", "a", 25}, {"b%d@example.com", "b", 20}, {"c%d@example.com", "c", 0}} {
		if got := sent(c.email, c.network); got != c.want {
			t.Errorf("%s from network %s: %d mails, want %d", c.email, c.network, got, c.want)
		}
	}
	if err := ask("dora@example.com", "a", true); err != nil {
		t.Errorf("a known browser in the same network: %v", err)
	}
	d.clock.Advance(time.Hour + time.Second)
	if err := ask("dora@example.com", "a", false); err != nil {
		t.Errorf("an hour later: %v", err)
	}
}

// TestClockThatWasWrong has a clock that was a year ahead, and one that is set back.
func TestClockThatWasWrong(t *testing.T) {
	const year = 365 * 24 * time.Hour
	limits := app.DefaultSignInLimits
	d := newDesk(t, limits)
	d.clock.Advance(year)
	own := store.Browser{ID: "own", Known: true}
	for range limits.WrongCodesPerDay {
		d.try("000000", own, app.KindInvalid, "a wrong code")
	}
	d.try("000000", own, app.KindTooMany, "one wrong code more")
	for range limits.CodesPerHour {
		d.code(own)
	}
	d.clock.Advance(-year)
	d.try(d.code(own), own, success, "when the clock is right again")

	code := d.code(own)
	in, err := d.SignIn(t.Context(), store.SignIn{Address: ann, Code: code, Browser: own, Limits: limits})
	if err != nil {
		t.Fatal(err)
	}
	if user, _, err := d.FindSession(t.Context(), in.Token); err != nil {
		t.Fatal(err)
	} else {
		d.clock.Advance(-time.Minute) // a small correction
		if has, err := d.HasSession(t.Context(), user.SessionID); err != nil || !has {
			t.Errorf("the session after a correction of a minute: %v, %v", has, err)
		}
		d.clock.Advance(time.Minute)
	}
	code = d.code(own)
	d.clock.Advance(-year)
	d.try(code, own, app.KindInvalid, "a code of next year")
	if _, _, err := d.FindSession(t.Context(), in.Token); app.KindOf(err) != app.KindAnonymous {
		t.Errorf("a session of next year: %v", err)
	}
}

func TestWrongTriesOfADayHoldWhateverTheCodeAndAfterARestart(t *testing.T) {
	limits := app.SignInLimits{CodesPerHour: 100, WrongCodesPerDay: 7, RequestsPerMinute: 1000}
	folder, clock := t.TempDir(), &apptest.Clock{}
	own := store.Browser{ID: "own"}
	for range 7 {
		d := &desk{apptest.OpenStore(t, folder, clock.Now), t, clock, limits} // as after a restart
		d.try(wrongCode(d.code(own)), own, app.KindInvalid, "a wrong code")
		d.Close()
	}
	d := &desk{apptest.OpenStore(t, folder, clock.Now), t, clock, limits}
	if _, err := d.CreateCode(t.Context(), d.request(own)); app.KindOf(err) != app.KindTooMany {
		t.Errorf("a code after the day's wrong ones: %v", err)
	}
	clock.Advance(24 * time.Hour)
	d.try(d.code(own), own, success, "the next day")
}

func TestCodesOfAnHour(t *testing.T) {
	d := newDesk(t, app.SignInLimits{CodesPerHour: 2, WrongCodesPerDay: 20, RequestsPerMinute: 1000})
	d.code(store.Browser{})
	last := d.code(store.Browser{})
	_, err := d.CreateCode(t.Context(), d.request(store.Browser{}))
	if app.KindOf(err) != app.KindTooMany {
		t.Fatalf("a third code: %v", err)
	}
	if err := d.WithdrawCode(t.Context(), d.request(store.Browser{}), last); err != nil {
		t.Fatal(err)
	}
	d.try(last, store.Browser{}, app.KindInvalid, "a code that could not be sent")
	d.code(store.Browser{}) // a code that could not be sent is not counted
	d.clock.Advance(time.Hour + time.Second)
	d.code(store.Browser{})
}

func TestWithdrawingLeavesANewerCode(t *testing.T) {
	d := newDesk(t, apptest.WideLimits)
	old := d.code(store.Browser{})
	newer := d.code(store.Browser{})
	if err := d.WithdrawCode(t.Context(), d.request(store.Browser{}), old); err != nil {
		t.Fatal(err)
	}
	d.try(newer, store.Browser{}, success, "the newer code")
}

func TestSwitchedOffAccountGetsNoCode(t *testing.T) {
	museum := apptest.NewMuseum(t)
	signIn(t, museum.Store, ann)
	open, err := museum.Store.CreateCode(t.Context(), store.CodeRequest{Purpose: app.CodeToSignIn, Address: ann, Limits: apptest.WideLimits})
	if err != nil {
		t.Fatal(err)
	}
	museum.Exec(t, `update users set is_active = 0`)
	if _, err := museum.Store.CreateCode(t.Context(), store.CodeRequest{Purpose: app.CodeToSignIn, Address: ann, Limits: apptest.WideLimits}); app.KindOf(err) != app.KindForbidden {
		t.Errorf("a code for a switched-off account: %v", err)
	}
	if _, err := museum.Store.SignIn(t.Context(), store.SignIn{Address: ann, Code: open, Limits: apptest.WideLimits}); app.KindOf(err) != app.KindInvalid {
		t.Errorf("signing in to it with a code from before: %v", err)
	}
}

func TestSessions(t *testing.T) {
	d := newDesk(t, apptest.WideLimits)
	in, err := d.SignIn(t.Context(), store.SignIn{Address: ann, Code: d.code(store.Browser{}), Limits: d.limits})
	if err != nil || !in.IsNew {
		t.Fatalf("first sign-in: new %v, %v", in.IsNew, err)
	}
	find := func(want app.Kind, wantRenewed bool, why string) {
		t.Helper()
		user, renewed, err := d.FindSession(t.Context(), in.Token)
		if app.KindOf(err) != want || renewed != wantRenewed || err == nil && user.Email != ann.Email {
			t.Errorf("%s: %s, renewed %v, %v", why, user.Email, renewed, err)
		}
	}
	find(success, false, "at once")
	d.clock.Advance(13 * 24 * time.Hour)
	find(success, true, "after thirteen days")
	find(success, false, "again at once")
	d.clock.Advance(13 * 24 * time.Hour)
	find(success, true, "use makes it last")
	d.clock.Advance(15 * 24 * time.Hour)
	find(app.KindAnonymous, false, "two weeks unused")

	if in, err = d.SignIn(t.Context(), store.SignIn{Address: ann, Code: d.code(store.Browser{}), Limits: d.limits}); err != nil || in.IsNew {
		t.Fatalf("second sign-in: new %v, %v", in.IsNew, err)
	}
	find(success, false, "a new one")
	if ended, err := d.DeleteSessions(t.Context(), app.Actor{UserID: in.User.ID}, in.User.ID); err != nil || ended != 1 {
		t.Fatalf("%d sessions ended, %v", ended, err)
	}
	find(app.KindAnonymous, false, "ended by a superuser")
}
