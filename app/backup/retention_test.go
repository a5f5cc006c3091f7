package backup

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestWhichBackupsAreKept(t *testing.T) {
	hourly := moments("2026-11-28T09:15", 30, time.Hour)        // to 2026-11-27T04:15
	daily := moments("2026-11-28T03:15", 70, 24*time.Hour)      // a Saturday, to 2026-09-20
	twice := []string{"2026-11-27T23:59", "2026-11-28T00:00"}   // a minute and a day apart
	newYear := []string{"2026-12-31T03:15", "2027-01-01T03:15"} // one ISO week, two months
	for _, test := range []struct {
		name  string
		taken []string
		keep  Keep
		want  string
	}{
		{"none are there", nil, Keep{Newest: 5}, ""},
		{"fewer than are kept", twice, Keep{Newest: 5}, "2026-11-27T23:59 2026-11-28T00:00"},
		{"the newest", hourly, Keep{Newest: 3}, "2026-11-28T07:15 2026-11-28T08:15 2026-11-28T09:15"},
		{"the last of each day", hourly, Keep{Newest: 1, Daily: 2}, "2026-11-27T23:15 2026-11-28T09:15"},
		{"more days than there are", hourly, Keep{Newest: 1, Daily: 9}, "2026-11-27T23:15 2026-11-28T09:15"},
		{"one for two rules counts for both", daily, Keep{Newest: 2, Daily: 2}, "2026-11-27T03:15 2026-11-28T03:15"},
		{"weeks end on Sunday", daily, Keep{Newest: 1, Weekly: 3}, "2026-11-15T03:15 2026-11-22T03:15 2026-11-28T03:15"},
		{"months", daily, Keep{Newest: 1, Monthly: 3}, "2026-09-30T03:15 2026-10-31T03:15 2026-11-28T03:15"},
		{"all rules at once", daily, Keep{Newest: 2, Daily: 3, Weekly: 2, Monthly: 2},
			"2026-10-31T03:15 2026-11-22T03:15 2026-11-26T03:15 2026-11-27T03:15 2026-11-28T03:15"},
		{"midnight parts two days", twice, Keep{Newest: 1, Daily: 2}, "2026-11-27T23:59 2026-11-28T00:00"},
		{"a week across the year is one", newYear, Keep{Newest: 1, Weekly: 2}, "2027-01-01T03:15"},
		{"months across the year are two", newYear, Keep{Newest: 1, Monthly: 2}, "2026-12-31T03:15 2027-01-01T03:15"},
		{"days without a backup do not count", []string{"2026-01-05T03:15", "2026-06-05T03:15", "2026-11-05T03:15"}, Keep{Newest: 1, Daily: 2},
			"2026-06-05T03:15 2026-11-05T03:15"},
	} {
		var names []string
		for _, taken := range test.taken {
			names = append(names, fileName(parseMinute(t, taken), "1a2b3c4d"))
		}
		slices.Sort(names)
		var got []string
		for _, name := range test.keep.choose(names) {
			taken, _, _ := parseName(name)
			got = append(got, taken.Format(minuteForm))
		}
		if text := strings.Join(got, " "); text != test.want {
			t.Errorf("%s: %s\nwant %s", test.name, text, test.want)
		}
	}
}

const minuteForm = "2006-01-02T15:04"

func parseMinute(t *testing.T, text string) time.Time {
	t.Helper()
	moment, err := time.Parse(minuteForm, text)
	if err != nil {
		t.Fatal(err)
	}
	return moment
}

// moments returns count times, going back from the last.
func moments(last string, count int, step time.Duration) (taken []string) {
	moment, _ := time.Parse(minuteForm, last)
	for i := range count {
		taken = append(taken, moment.Add(-time.Duration(i)*step).Format(minuteForm))
	}
	return taken
}
