package backup

import (
	"fmt"
	"slices"
	"time"
)

// Keep says how many backups are kept: the newest ones, and the newest of each of the last days, weeks and months
// that have one. Days begin at midnight UTC, weeks on Monday.
type Keep struct{ Newest, Daily, Weekly, Monthly int }

// choose returns those of a museum's backups that are kept. names is sorted, oldest first.
func (k Keep) choose(names []string) (kept []string) {
	rules := []struct {
		most int
		span func(time.Time) string // returns the name of the day, week or month
	}{
		{k.Newest, func(taken time.Time) string { return taken.String() }},
		{k.Daily, func(taken time.Time) string { return taken.Format(time.DateOnly) }},
		{k.Weekly, func(taken time.Time) string {
			year, week := taken.ISOWeek()
			return fmt.Sprintf("%d-W%02d", year, week)
		}},
		{k.Monthly, func(taken time.Time) string { return taken.Format("2006-01") }},
	}
	for _, rule := range rules {
		seen := map[string]bool{}
		for _, name := range slices.Backward(names) {
			taken, _, _ := parseName(name)
			span := rule.span(taken)
			if seen[span] || len(seen) == rule.most {
				continue
			}
			seen[span] = true
			if !slices.Contains(kept, name) {
				kept = append(kept, name)
			}
		}
	}
	slices.Sort(kept)
	return kept
}
