package web_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/apptest"
	"github.com/mathmuseums/mathmuseums/app/mail"
	"github.com/mathmuseums/mathmuseums/app/store"
	"github.com/mathmuseums/mathmuseums/app/web"
)

func ask(v *apptest.Visitor, email string) apptest.Answer {
	return v.Send("POST", "/auth/request-otp/", map[string]string{"email": email})
}

func enter(v *apptest.Visitor, email, code string) apptest.Answer {
	return v.Send("POST", "/auth/verify-otp/", map[string]string{"email": email, "otp_code": code})
}

func wrongCode(code string) string {
	if code == "000000" {
		return "111111"
	}
	return "000000"
}

func TestKnownAndUnknownAddressesAreAnsweredAlike(t *testing.T) {
	museum := apptest.NewMuseum(t)
	museum.NewMember(t, "known@example.com")
	museum.NewMember(t, "off@example.com")
	museum.Exec(t, `update users set is_active = 0 where email = 'off@example.com'`)

	var answers []string
	for _, email := range []string{"known@example.com", "unknown@example.com", "off@example.com"} {
		v := museum.NewVisitor(t)
		asked, entered := ask(v, email), enter(v, email, "000000")
		var names []string
		for _, answer := range []apptest.Answer{asked, entered} {
			for name := range answer.Header {
				if name != "Date" {
					names = append(names, name)
				}
			}
		}
		answers = append(answers, fmt.Sprint(asked.Status, string(asked.Body), entered.Status, string(entered.Body), len(names)))
	}
	if answers[0] != answers[1] || answers[0] != answers[2] {
		t.Errorf("the answers differ: %q", answers)
	}
	if got := len(museum.Outbox.To("off@example.com")); got != 1 {
		t.Errorf("the account that is switched off got %d mails, want only the one from before", got)
	}
}

func TestOneCodeByFiftyAtOnce(t *testing.T) {
	museum := apptest.NewMuseum(t)
	ask(museum.NewVisitor(t), "ann@example.com")
	code := museum.Outbox.To("ann@example.com")[0].Code
	var group sync.WaitGroup
	statuses := make(chan int, 50)
	for range 50 {
		group.Go(func() { statuses <- enter(museum.NewVisitor(t), "ann@example.com", code).Status })
	}
	group.Wait()
	close(statuses)
	count := map[int]int{}
	for status := range statuses {
		count[status]++
	}
	if count[200] != 1 || count[400] != 49 {
		t.Errorf("the statuses are %v, want one 200 and 49 of 400", count)
	}
}

func TestLimitsOfSigningIn(t *testing.T) {
	limits := apptest.WideLimits
	limits.CodesPerHour, limits.WrongCodesPerDay = 5, 20
	folder, clock := t.TempDir(), &apptest.Clock{}
	museum := apptest.OpenMuseum(t, folder, clock, func(o *web.Options) { o.Limits = limits })
	ann := museum.NewVisitor(t)
	ask(ann, "ann@example.com")
	code := museum.Outbox.To("ann@example.com")[0].Code
	for range 5 {
		if answer := enter(ann, "ann@example.com", wrongCode(code)); answer.Status != 400 {
			t.Fatalf("a wrong code: %d %s", answer.Status, answer.Body)
		}
	}
	if answer := enter(ann, "ann@example.com", code); answer.Status != 400 {
		t.Errorf("the sixth try, though right: %d", answer.Status)
	}
	for range 4 {
		ask(ann, "ann@example.com")
	}
	answer := ask(ann, "ann@example.com")
	if answer.Status != 429 || answer.Header.Get("Retry-After") == "" || answer.Object(t)["error"] == nil {
		t.Errorf("the sixth code of an hour: %d %v %s", answer.Status, answer.Header, answer.Body)
	}

	museum.Close()
	museum.Store.Close()
	museum = apptest.OpenMuseum(t, folder, clock, func(o *web.Options) { o.Limits = limits })
	if answer := ask(museum.NewVisitor(t), "ann@example.com"); answer.Status != 429 {
		t.Errorf("after a restart: %d", answer.Status)
	}
	clock.Advance(time.Hour + time.Second)
	if answer := ask(museum.NewVisitor(t), "ann@example.com"); answer.Status != 200 {
		t.Errorf("an hour later: %d", answer.Status)
	}
}

func TestLimitOfANetworkAddress(t *testing.T) {
	limits := apptest.WideLimits
	limits.RequestsPerMinute = 3
	museum := apptest.NewMuseum(t, func(o *web.Options) { o.Limits = limits })
	v := museum.NewVisitor(t)
	for i := range 3 {
		if answer := ask(v, fmt.Sprintf("a%d@example.com", i)); answer.Status != 200 {
			t.Fatalf("request %d: %d", i, answer.Status)
		}
	}
	if answer := enter(v, "a1@example.com", wrongCode(museum.Outbox.To("a1@example.com")[0].Code)); answer.Status != 400 {
		t.Errorf("a try of the code that this browser has asked for: %d", answer.Status)
	}
	for _, answer := range []apptest.Answer{ask(v, "b@example.com"), enter(museum.NewVisitor(t), "a1@example.com", "000000"),
		v.Send("POST", "/auth/request-otp/", map[string]string{"email": "c@example.com"}, "X-Forwarded-For", "203.0.113.9")} {
		if answer.Status != 429 {
			t.Errorf("beyond the limit: %d", answer.Status)
		}
	}
	museum.Clock.Advance(time.Minute + time.Second)
	if answer := ask(v, "b@example.com"); answer.Status != 200 {
		t.Errorf("a minute later: %d", answer.Status)
	}
}

func TestAMailThatCannotBeSent(t *testing.T) {
	museum := apptest.NewMuseum(t)
	v := museum.NewVisitor(t)
	ask(v, "ann@example.com")
	code := museum.Outbox.To("ann@example.com")[0].Code
	museum.Outbox.Fail = &mail.StepError{Step: mail.StepConnect, Problem: "the mail server mail.internal is not there", Err: errors.New("refused")}
	answer := ask(v, "ann@example.com")
	if answer.Status != http.StatusServiceUnavailable || strings.Contains(string(answer.Body), "mail.internal") {
		t.Errorf("%d %s", answer.Status, answer.Body)
	}
	if answer := enter(v, "ann@example.com", code); answer.Status != 400 {
		t.Errorf("the code from before: %d", answer.Status)
	}
}

// leaving is a mail server that makes the browser give up.
type leaving struct{ leave context.CancelFunc }

func (l leaving) Send(ctx context.Context, _ mail.Message) error {
	l.leave()
	<-ctx.Done()
	return ctx.Err()
}

func TestACodeIsVoidWhereTheBrowserLeavesBeforeItIsSent(t *testing.T) {
	ctx, leave := context.WithCancel(t.Context())
	limits := apptest.WideLimits
	limits.CodesPerHour = 1
	museum := apptest.NewMuseum(t, func(o *web.Options) { o.Mail, o.Limits = leaving{leave}, limits })
	request, err := http.NewRequestWithContext(ctx, "POST", museum.URL+"/auth/request-otp/", strings.NewReader(`{"email":"ann@example.com"}`))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	if _, err := http.DefaultClient.Do(request); !errors.Is(err, context.Canceled) {
		t.Fatalf("the browser did not leave: %v", err)
	}
	museum.Close() // waits for the request
	ann := app.Address{Email: "ann@example.com", Mailbox: "ann@example.com"}
	if _, err := museum.Store.CreateCode(t.Context(), store.CodeRequest{Purpose: app.CodeToSignIn, Address: ann, Limits: limits}); err != nil {
		t.Errorf("the code that was not sent is counted: %v", err)
	}
}

func TestCookies(t *testing.T) {
	_, proxies := proxy(t)
	museum := apptest.NewMuseum(t, proxies)
	v := museum.NewVisitor(t)
	ask(v, "ann@example.com")
	code := museum.Outbox.To("ann@example.com")[0].Code
	answer := v.Send("POST", "/auth/verify-otp/", map[string]string{"email": "ann@example.com", "otp_code": code}, "X-Forwarded-Proto", "https")
	for _, cookie := range (&http.Response{Header: answer.Header}).Cookies() {
		if !cookie.Secure || cookie.SameSite != http.SameSiteLaxMode || cookie.HttpOnly != (cookie.Name != "csrftoken") {
			t.Errorf("cookie %s: %+v", cookie.Name, cookie)
		}
	}
	if got := answer.Header.Get("Strict-Transport-Security"); got == "" {
		t.Error("no HSTS under https")
	}
	if answer.Object(t)["is_new_user"] != true {
		t.Errorf("the answer is %s", answer.Body)
	}
}

func TestPasswordsOfSuperusers(t *testing.T) {
	limits := apptest.WideLimits
	limits.WrongCodesPerDay = 3
	museum := apptest.NewMuseum(t, func(o *web.Options) { o.Limits = limits })
	root := app.Address{Email: "root@example.com", Mailbox: "root@example.com"}
	if _, _, err := museum.Store.SaveSuperuser(t.Context(), root, store.HashPassword("correct horse battery")); err != nil {
		t.Fatal(err)
	}
	museum.NewMember(t, "ann@example.com")
	try := func(email, password string, want int) apptest.Answer {
		t.Helper()
		answer := museum.NewVisitor(t).Send("POST", "/auth/password/", map[string]string{"email": email, "password": password})
		if answer.Status != want {
			t.Errorf("%s with %q: %d %s, want %d", email, password, answer.Status, answer.Body, want)
		}
		return answer
	}
	for range 5 {
		try("root@example.com", "correct horse battery", 200) // right ones do not count
	}
	wrong := try("root@example.com", "wrong", 400)
	for _, email := range []string{"ann@example.com", "nobody@example.com"} {
		if answer := try(email, "", 400); string(answer.Body) != string(wrong.Body) {
			t.Errorf("the answer for %s differs: %s", email, answer.Body)
		}
	}
	try("root@example.com", "wrong", 400)
	try("root@example.com", "wrong", 400)
	try("root@example.com", "correct horse battery", 429)
}

// TestSharedBrowserIsKnownForEachAccount signs two people in at one browser. A stranger then locks new browsers out
// of the first one's address, and unknown browsers out of the network.
func TestSharedBrowserIsKnownForEachAccount(t *testing.T) {
	limits := apptest.WideLimits
	limits.WrongCodesPerDay, limits.RequestsPerMinute = 3, 30
	museum := apptest.NewMuseum(t, func(o *web.Options) { o.Limits = limits })
	shared := museum.NewMember(t, "ann@example.com")
	ask(shared, "bob@example.com")
	enter(shared, "bob@example.com", museum.Outbox.To("bob@example.com")[0].Code)
	for range 50 {
		enter(museum.NewVisitor(t), "ann@example.com", "000000")
	}
	if answer := ask(museum.NewVisitor(t), "ann@example.com"); answer.Status != 429 {
		t.Fatalf("the address is open to new browsers: %d", answer.Status)
	}
	if answer := ask(shared, "ann@example.com"); answer.Status != 200 {
		t.Fatalf("asking in a browser that is known for both: %d %s", answer.Status, answer.Body)
	}
	if answer := enter(shared, "ann@example.com", museum.Outbox.To("ann@example.com")[0].Code); answer.Status != 200 {
		t.Errorf("signing in there: %d %s", answer.Status, answer.Body)
	}
}

func TestStrangersCannotLockOutASuperuser(t *testing.T) {
	limits := apptest.WideLimits
	limits.WrongCodesPerDay, limits.WrongCodesInARow = 3, 7
	museum := apptest.NewMuseum(t, func(o *web.Options) { o.Limits = limits })
	root := museum.NewSuperuser(t, "root@example.com")
	address := app.Address{Email: "root@example.com", Mailbox: "root@example.com"}
	if _, _, err := museum.Store.SaveSuperuser(t.Context(), address, store.HashPassword("correct horse battery")); err != nil {
		t.Fatal(err)
	}
	try := func(v *apptest.Visitor, password string) int {
		return v.Send("POST", "/auth/password/", map[string]string{"email": "root@example.com", "password": password}).Status
	}
	taken := 0
	for range 5 {
		for range 5 {
			if try(museum.NewVisitor(t), "wrong") == 400 {
				taken++
			}
		}
		museum.Clock.Advance(25 * time.Hour)
	}
	if taken != 7 {
		t.Errorf("%d wrong passwords were looked at, want 7 in a row", taken)
	}
	if got := try(museum.NewVisitor(t), "correct horse battery"); got != 429 {
		t.Errorf("the right password in a new browser after them: %d", got)
	}
	if got := try(root, "correct horse battery"); got != 200 {
		t.Errorf("the right password in a known browser: %d", got)
	}
	if got := try(museum.NewVisitor(t), "correct horse battery"); got != 200 {
		t.Errorf("in a new browser, after its owner has signed in: %d", got)
	}
}

// TestMailGoesToTheStoredMailbox requests codes under spellings of an address that some system takes for equal.
func TestMailGoesToTheStoredMailbox(t *testing.T) {
	museum := apptest.NewMuseum(t)
	museum.NewMember(t, "Kai@xn--bcher-kva.example")
	for typed, want := range map[string]int{
		"kai@b\u00fccher.example": 200, "KAI@B\u00dcCHER.EXAMPLE": 200, "kAI@XN--BCHER-KVA.example": 200,
		"\u212aai@b\u00fccher.example": 400, "ka\u0130@b\u00fccher.example": 400, "ka\u0131@b\u00fccher.example": 400, "\uff4bai@b\u00fccher.example": 400,
	} {
		before := len(museum.Outbox.To("Kai@xn--bcher-kva.example"))
		all := museum.Outbox.Count()
		v := museum.NewVisitor(t)
		if answer := ask(v, typed); answer.Status != want {
			t.Errorf("%q: %d %s", typed, answer.Status, answer.Body)
		}
		mails := museum.Outbox.To("Kai@xn--bcher-kva.example")
		if sent := museum.Outbox.Count() - all; sent != len(mails)-before || sent != map[int]int{200: 1, 400: 0}[want] {
			t.Errorf("%q: %d mails, %d of them to the stored mailbox", typed, sent, len(mails)-before)
		}
		if want != 200 {
			continue
		}
		answer := enter(v, typed, mails[0].Code).Object(t)
		if answer["email"] != "Kai@xn--bcher-kva.example" || answer["is_new_user"] != false {
			t.Errorf("%q signs in as %v", typed, answer)
		}
	}
}
