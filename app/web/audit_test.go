package web_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/apptest"
	"github.com/mathmuseums/mathmuseums/app/web"
)

// remembered returns the audit events in order: actor, action, subject, address.
func remembered(t *testing.T, museum *apptest.Museum) (events []string) {
	t.Helper()
	museum.Query(t, `select coalesce(a.email, '-') || ' | ' || action || ' | ' || coalesce(s.email, nullif(subject, ''), '-') || ' | ' || address
		from audit_events left join users a on a.id = actor_id left join users s on s.id = subject_id order by audit_events.id`,
		func(scan func(...any) error) error {
			var event string
			err := scan(&event)
			events = append(events, event)
			return err
		})
	return events
}

func TestWhatIsRemembered(t *testing.T) {
	limits := app.SignInLimits{CodesPerHour: 100, WrongCodesPerDay: 2, RequestsPerMinute: 40}
	museum := apptest.NewMuseum(t, func(o *web.Options) { o.Limits = limits })
	root := museum.NewSuperuser(t, "root@example.com")
	ann := museum.NewMember(t, "ann@example.com")
	for range 4 { // the second is the last one allowed
		enter(museum.NewVisitor(t), "eve@example.com", "000000")
		museum.NewVisitor(t).Send("POST", "/auth/password/", map[string]string{"email": "root@example.com", "password": "wrong"})
	}
	download(t, ann)
	ann.Send("POST", "/auth/logout/", nil)
	root.Send("DELETE", "/api/users/ann@example.com/sessions/", nil)
	for range 40 {
		enter(museum.NewVisitor(t), "", "000000") // malformed input does not count as a try
		ask(museum.NewVisitor(t), "carl@example.com")
	}
	want := []string{
		"root@example.com | sign in | root@example.com | 127.0.0.1",
		"ann@example.com | sign in | ann@example.com | 127.0.0.1",
		"- | sign-in limit | eve@example.com | 127.0.0.1",
		"- | sign-in limit | root@example.com | 127.0.0.1",
		"ann@example.com | download museum | ann@example.com | 127.0.0.1",
		"ann@example.com | end session | ann@example.com | 127.0.0.1",
		"root@example.com | end sessions | ann@example.com | 127.0.0.1",
		"- | sign-in limit | - | 127.0.0.1",
	}
	if got := remembered(t, museum); !slices.Equal(got, want) {
		t.Errorf("remembered is\n%s\nwant\n%s", fmt.Sprint(got), fmt.Sprint(want))
	}
	museum.Clock.Advance(app.AuditLifetime + time.Hour)
	museum.NewMember(t, "ann@example.com") // creating a code sweeps old events
	if got := remembered(t, museum); !slices.Equal(got, want[1:2]) {
		t.Errorf("after 400 days remembered is %v", got)
	}
}
