package web_test

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app/apptest"
	"github.com/mathmuseums/mathmuseums/app/web"
)

// askToDelete requests the code to delete an account and returns it.
func askToDelete(t *testing.T, v *apptest.Visitor, email string) string {
	t.Helper()
	if answer := v.Send("POST", "/api/account/delete-code/", nil); answer.Status != 200 {
		t.Fatalf("ask for a code: %d %s", answer.Status, answer.Body)
	}
	return v.Museum.Outbox.To(email)[0].Code
}

func deleteAccount(v *apptest.Visitor, code string) apptest.Answer {
	return v.Send("POST", "/api/account/delete/", map[string]string{"otp_code": code})
}

func TestACodeIsGoodForOnePurpose(t *testing.T) {
	museum := apptest.NewMuseum(t)
	ann := museum.NewMember(t, "ann@example.com")
	toDelete := askToDelete(t, ann, "ann@example.com")
	mail := museum.Outbox.To("ann@example.com")[0]
	if !strings.Contains(mail.Subject, "delete") || !strings.Contains(mail.Text, "delete your account") || !strings.Contains(mail.HTML, "delete your account") {
		t.Errorf("the mail is called %q and says %q", mail.Subject, mail.Text)
	}
	if answer := enter(museum.NewVisitor(t), "ann@example.com", toDelete); answer.Status != 400 {
		t.Errorf("signing in with the code to delete: %d", answer.Status)
	}
	v := museum.NewVisitor(t)
	ask(v, "ann@example.com")
	toSignIn := museum.Outbox.To("ann@example.com")[0].Code
	if toSignIn == toDelete {
		t.Skip("one in a million: both codes are the same")
	}
	if answer := deleteAccount(ann, toSignIn); answer.Status != 400 || !strings.Contains(string(answer.Body), "Nothing was deleted") {
		t.Errorf("deleting with the code to sign in: %d %s", answer.Status, answer.Body)
	}
	if answer := enter(v, "ann@example.com", toSignIn); answer.Status != 200 {
		t.Errorf("the code to sign in is void: %d", answer.Status)
	}
	if answer := deleteAccount(museum.NewMember(t, "eve@example.com"), toDelete); answer.Status != 400 {
		t.Errorf("deleting oneself with another's code: %d", answer.Status)
	}
	if answer := deleteAccount(ann, toDelete); answer.Status != 204 {
		t.Errorf("the code to delete is void: %d %s", answer.Status, answer.Body)
	}
}

func TestLimitsOfDeleting(t *testing.T) {
	limits := apptest.WideLimits
	limits.CodesPerHour, limits.WrongCodesPerDay = 3, 7
	museum := apptest.NewMuseum(t, func(o *web.Options) { o.Limits = limits })
	ann := museum.NewMember(t, "ann@example.com")
	for _, wrong := range []any{map[string]string{}, map[string]string{"otp_code": "12345"}, []int{1}, map[string]any{"otp_code": []int{1}}} {
		if answer := ann.Send("POST", "/api/account/delete/", wrong); answer.Status != 400 || answer.Object(t)["detail"] == nil {
			t.Errorf("%v: %d %s", wrong, answer.Status, answer.Body)
		}
	}
	code := askToDelete(t, ann, "ann@example.com")
	for range 5 {
		deleteAccount(ann, wrongCode(code))
	}
	if answer := deleteAccount(ann, code); answer.Status != 400 {
		t.Errorf("the sixth try, though right: %d", answer.Status)
	}
	code = askToDelete(t, ann, "ann@example.com")
	museum.Clock.Advance(16 * time.Minute)
	if answer := deleteAccount(ann, code); answer.Status != 400 {
		t.Errorf("a code that has run out: %d", answer.Status)
	}
	code = askToDelete(t, ann, "ann@example.com")
	if answer := deleteAccount(ann, code); answer.Status != 429 || answer.Header.Get("Retry-After") == "" {
		t.Errorf("after seven wrong ones in a day: %d %s", answer.Status, answer.Body)
	}
	if answer := ann.Send("POST", "/api/account/delete-code/", nil); answer.Status != 429 {
		t.Errorf("the fourth code of an hour: %d", answer.Status)
	}
	if answer := ann.Send("GET", "/auth/profile/", nil); answer.Status != 200 {
		t.Errorf("the account is gone: %d", answer.Status)
	}
}

// live makes a user leave data in every table.
func live(t *testing.T, museum *apptest.Museum, email, secret string, shared []byte) *apptest.Visitor {
	t.Helper()
	v := museum.NewMember(t, email)
	for range 3 {
		enter(museum.NewVisitor(t), email, "000000")
		museum.NewVisitor(t).Send("POST", "/auth/password/", map[string]string{"email": email, "password": secret})
		v.Send("POST", "/auth/password/", map[string]string{"email": email, "password": secret})
		ask(museum.NewVisitor(t), email)
		enter(v, email, "000000")
	}
	ask(v, email) // from a known browser
	own := apptest.PNG(t, 200, 200, uint64(len(email)))
	for _, content := range [][]byte{shared, own} {
		post(v, content)
	}
	putPart(v, apptest.PNG(t, 600, 600, uint64(len(email))), 0)
	tile := show(t, v, "linear", hashOf(own))
	v.Send("PATCH", tile, map[string]any{"description": secret, "desmos_state": map[string]string{"photo": "data:" + strings.Repeat(secret, 200)}})
	v.Send("DELETE", tile, nil)
	v.Send("POST", "/api/sync/", map[string]any{"cursor": 0, "changes": []any{map[string]any{
		"change_id": "change-of-cubic", "concept_type": "cubic", "base_version": 0, "fields": map[string]any{"description": secret}}}})
	v.Send("GET", "/api/preferences/current/", nil)
	download(t, v)
	return v
}

// tables returns the rows of all tables, each as a text.
func tables(t *testing.T, museum *apptest.Museum) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	museum.Query(t, `select name from sqlite_master where type = 'table'`, func(scan func(...any) error) error {
		var name string
		err := scan(&name)
		all[name] = nil
		return err
	})
	for name := range all {
		columns := []string{}
		museum.Query(t, `select name from pragma_table_info('`+name+`')`, func(scan func(...any) error) error {
			var column string
			err := scan(&column)
			columns = append(columns, `'`+column+`=' || coalesce(`+column+`, '')`)
			return err
		})
		museum.Query(t, `select `+strings.Join(columns, ` || ' ' || `)+` || ' ' from `+name, func(scan func(...any) error) error {
			var row []byte
			err := scan(&row)
			all[name] = append(all[name], string(row))
			return err
		})
	}
	return all
}

func TestDeletingAnAccountLeavesNothingOfIt(t *testing.T) {
	museum := apptest.NewMuseum(t)
	museum.Web.SetHeartbeat(time.Hour)
	shared := apptest.PNG(t, 300, 300, 1)
	const secret = "a-secret-that-nobody-else-writes"
	bob := live(t, museum, "bob@example.com", "bob's own words", shared)
	ann := live(t, museum, "ann.b@example.com", secret, shared)
	ids := fmt.Sprintf("user_id=%d ", userID(t, museum, "ann.b@example.com"))
	stream := listen(t, ann, museum.URL)
	before := tables(t, museum)
	for name, rows := range before {
		if len(rows) == 0 {
			t.Errorf("nobody has left a trace in %s, so nothing is learnt of it", name)
		}
	}
	code := askToDelete(t, ann, "ann.b@example.com")
	answer := deleteAccount(ann, code)
	if answer.Status != 204 {
		t.Fatalf("%d %s", answer.Status, answer.Body)
	}
	stream.want("event: end", "data: signed-out", "the end")
	var cleared []string
	for _, cookie := range answer.Header.Values("Set-Cookie") {
		if strings.Contains(cookie, "Max-Age=0") {
			cleared = append(cleared, cookie[:strings.Index(cookie, "=")])
		}
	}
	if slices.Sort(cleared); !slices.Equal(cleared, []string{"sessionid", "signin"}) {
		t.Errorf("the cookies that are taken back: %v", cleared)
	}

	after := tables(t, museum)
	for name, rows := range after {
		for _, row := range rows {
			if strings.Contains(row, ids) || strings.Contains(row, "ann.b@") || strings.Contains(row, secret) {
				t.Errorf("left in %s: %.300q", name, row)
			}
			if name == "audit_events" && strings.Contains(row, "actor_id="+ids[8:]) && !strings.HasSuffix(row, "subject= address= ") {
				t.Errorf("an event says more than a number: %q", row)
			}
		}
	}
	if got := strings.Join(after["audit_events"], "\n"); strings.Count(got, "action=delete account subject_id="+ids[8:]) != 1 {
		t.Errorf("the audit does not tell that an account was deleted:\n%s", got)
	}
	if len(after["images"]) != 2 { // bob's, and the shared one
		t.Errorf("%d photos are left, want 2", len(after["images"]))
	}
	if answer := bob.Send("GET", "/api/images/"+hashOf(shared), nil); string(answer.Body) != string(shared) {
		t.Errorf("the photo that bob has too: %d", answer.Status)
	}
	if got := readMuseum(t, download(t, bob)); len(got.Tiles) != 2 || len(got.Photos) != 2 {
		t.Errorf("bob has %d tiles and %d photos", len(got.Tiles), len(got.Photos))
	}
	if answer := ann.Send("GET", "/auth/profile/", nil); answer.Status != 403 {
		t.Errorf("the profile afterwards: %d", answer.Status)
	}

	museum.Exec(t, `pragma wal_checkpoint(truncate)`)
	file, err := os.ReadFile(museum.Store.Path())
	if err != nil {
		t.Fatal(err)
	}
	for _, trace := range []string{secret, "ann.b@example.com"} {
		if bytes.Contains(file, []byte(trace)) {
			t.Errorf("the file still holds %q", trace)
		}
	}
	v := museum.NewVisitor(t)
	ask(v, "ann.b@example.com")
	if answer := enter(v, "ann.b@example.com", museum.Outbox.To("ann.b@example.com")[0].Code); answer.Object(t)["is_new_user"] != true {
		t.Errorf("who comes back is not new: %s", answer.Body)
	}
	if answer := v.Send("GET", "/api/tiles/", nil); string(answer.Body) != "[]" {
		t.Errorf("who comes back has %s", answer.Body)
	}
}
