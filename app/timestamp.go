package app

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// The forms of a moment that the API reads: those of the earlier app. The zone may be left out and is UTC then, and so
// may the seconds; digits after the sixth of a fraction are cut off.
var (
	clockForm  = `(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,](\d{1,6})\d{0,6})?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?`
	basicClock = `(\d{2})(\d{2})(?:(\d{2})(?:[.,](\d{1,6})\d{0,6})?)?(Z|[+-]\d{2}(?::?\d{2})?)?`

	plainMoment = regexp.MustCompile(`^(\d{4})-(\d{1,2})-(\d{1,2})[T ]` + clockForm + `$`)
	plainDate   = regexp.MustCompile(`^(\d{4})-(\d{2})-(\d{2})$`)
	basicMoment = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})(?:[T ]` + basicClock + `)?$`)
	weekMoment  = regexp.MustCompile(`^(\d{4})-?W(\d{2})(?:-?([1-7]))?(?:[T ]` + clockForm + `)?$`)
)

// MaxTimestamp is the longest text that ParseTimestamp looks at, in bytes.
const MaxTimestamp = 64

// ParseTimestamp reads a moment between the years 1 and 9999 as clients write it (ISO 8601), to the microsecond. The
// result is in UTC; ok is false for what is no moment.
func ParseTimestamp(text string) (moment time.Time, ok bool) {
	if len(text) > MaxTimestamp {
		return time.Time{}, false
	}
	if m := plainMoment.FindStringSubmatch(text); m != nil {
		return newMoment(number(m[1]), number(m[2]), number(m[3]), m[4:])
	}
	if m := plainDate.FindStringSubmatch(text); m != nil {
		return newMoment(number(m[1]), number(m[2]), number(m[3]), make([]string, 5))
	}
	if m := basicMoment.FindStringSubmatch(text); m != nil {
		return newMoment(number(m[1]), number(m[2]), number(m[3]), m[4:])
	}
	if m := weekMoment.FindStringSubmatch(text); m != nil {
		year, month, day, ok := weekDate(number(m[1]), number(m[2]), number("0"+m[3]))
		if !ok {
			return time.Time{}, false
		}
		return newMoment(year, month, day, m[4:])
	}
	return time.Time{}, false
}

// number reads digits that a pattern has let through; nothing is 0.
func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}

// newMoment checks the calendar; clock is hour, minute, second, fraction and zone, each of which may be empty.
func newMoment(year, month, day int, clock []string) (time.Time, bool) {
	hour, minute, second := number(clock[0]), number(clock[1]), number(clock[2])
	micro := number((clock[3] + "000000")[:6])
	if year < 1 || hour > 23 || minute > 59 || second > 59 {
		return time.Time{}, false
	}
	local := time.Date(year, time.Month(month), day, hour, minute, second, micro*1000, time.UTC)
	if local.Year() != year || int(local.Month()) != month || local.Day() != day {
		return time.Time{}, false // no such day: time.Date would take the next month's
	}
	offset, ok := zoneOffset(clock[4])
	moment := local.Add(-offset)
	return moment, ok && moment.Year() >= 1 && moment.Year() <= 9999
}

// zoneOffset reads Z, +hh, +hhmm and +hh:mm; nothing is UTC.
func zoneOffset(zone string) (time.Duration, bool) {
	if zone == "" || zone == "Z" {
		return 0, true
	}
	digits := strings.ReplaceAll(zone[1:], ":", "") + "00"
	hours, minutes := number(digits[:2]), number(digits[2:4])
	offset := time.Duration(hours)*time.Hour + time.Duration(minutes)*time.Minute
	if zone[0] == '-' {
		offset = -offset
	}
	return offset, hours <= 23 && minutes <= 59
}

// weekDate gives the day of an ISO week; weekday 0 stands for none given, which is Monday.
func weekDate(year, week, weekday int) (y, m, d int, ok bool) {
	fourth := time.Date(year, time.January, 4, 0, 0, 0, 0, time.UTC) // is always in week 1
	monday := fourth.AddDate(0, 0, -(int(fourth.Weekday())+6)%7)
	date := monday.AddDate(0, 0, (week-1)*7+max(weekday, 1)-1)
	isoYear, isoWeek := date.ISOWeek()
	return date.Year(), int(date.Month()), date.Day(), isoYear == year && isoWeek == week
}

// FormatTimestamp writes a moment as the API does: UTC, six digits of a second, or none at all when they are zero.
func FormatTimestamp(moment time.Time) string {
	return string(AppendTimestamp(nil, moment))
}

// AppendTimestamp is FormatTimestamp for those who build an answer.
func AppendTimestamp(to []byte, moment time.Time) []byte {
	moment = moment.UTC()
	if moment.Nanosecond()/1000 == 0 {
		return moment.AppendFormat(to, "2006-01-02T15:04:05Z")
	}
	return moment.AppendFormat(to, "2006-01-02T15:04:05.000000Z")
}

// AppendMoment writes a key, with its colon and what goes before, and a moment as JSON.
func AppendMoment(to []byte, key string, moment time.Time) []byte {
	return append(AppendTimestamp(append(append(to, key...), '"'), moment), '"')
}
