package store_test

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/apptest"
	"github.com/mathmuseums/mathmuseums/app/store"
)

var ann = app.Address{Email: "ann@example.com", Mailbox: "ann@example.com"}

// desk is a sign-in desk: a store whose clock can be put forward.
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

// request is Ann's asking for a code to sign in.
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

// try tries a code and wants the outcome to be of a kind; no kind stands for success.
func (d *desk) try(code string, browser store.Browser, want app.Kind, why string) {
	d.t.Helper()
	in, err := d.SignIn(d.t.Context(), store.SignIn{Address: ann, Code: code, Browser: browser, Limits: d.limits})
	if got := app.KindOf(err); got != want || (err == nil) != (in.Token != nil) {
		d.t.Errorf("%s: %v, %v", why, in.User.Email, err)
	}
}

const success = app.KindInternal // of no error

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

func TestOthersCannotLockOneOut(t *testing.T) {
	d := newDesk(t, app.SignInLimits{CodesPerHour: 5, WrongCodesPerDay: 20, RequestsPerMinute: 1000})
	own, classmate := store.Browser{ID: "own"}, store.Browser{ID: "classmate"}
	code := d.code(own)
	for range 20 {
		d.try(wrongCode(code), classmate, app.KindInvalid, "a classmate guesses")
	}
	d.try(wrongCode(code), classmate, app.KindTooMany, "a classmate guesses on")
	d.try(code, store.Browser{}, app.KindTooMany, "what is used up elsewhere is used up for all elsewhere")
	d.try(code, own, success, "the browser that asked is let in all the same")

	known := store.Browser{ID: "own", Known: true}
	for range 4 {
		d.code(classmate)
	}
	if _, err := d.CreateCode(t.Context(), d.request(classmate)); app.KindOf(err) != app.KindTooMany {
		t.Errorf("the sixth code in an hour: %v", err)
	}
	d.try(d.code(known), known, success, "a browser that has been in before still gets codes")
}

func TestWrongTriesOfADayHoldWhateverTheCodeAndAfterARestart(t *testing.T) {
	limits := app.SignInLimits{CodesPerHour: 100, WrongCodesPerDay: 7, RequestsPerMinute: 1000}
	folder, clock := t.TempDir(), &apptest.Clock{}
	own := store.Browser{ID: "own"}
	for range 7 {
		d := &desk{apptest.OpenStore(t, folder, clock.Now), t, clock, limits} // each time anew
		d.try(wrongCode(d.code(own)), own, app.KindInvalid, "a wrong code")
		d.Close()
	}
	d := &desk{apptest.OpenStore(t, folder, clock.Now), t, clock, limits}
	d.try(d.code(own), own, app.KindTooMany, "a right code after the day's wrong ones")
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
	d.code(store.Browser{}) // what could not be sent is not counted
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
