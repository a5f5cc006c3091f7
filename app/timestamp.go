package app

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// The formats of times that the API accepts are those of the earlier app. The time zone is optional and defaults to
// UTC, seconds are optional, and digits after the sixth of a fraction are dropped.
var (
	clockForm  = `(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,](\d{1,6})\d{0,6})?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?`
	basicClock = `(\d{2})(\d{2})(?:(\d{2})(?:[.,](\d{1,6})\d{0,6})?)?(Z|[+-]\d{2}(?::?\d{2})?)?`

	plainMoment = regexp.MustCompile(`^(\d{4})-(\d{1,2})-(\d{1,2})[T ]` + clockForm + `$`)
	plainDate   = regexp.MustCompile(`^(\d{4})-(\d{2})-(\d{2})$`)
	basicMoment = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})(?:[T ]` + basicClock + `)?$`)
	weekMoment  = regexp.MustCompile(`^(\d{4})-?W(\d{2})(?:-?([1-7]))?(?:[T ]` + clockForm + `)?$`)
)

// MaxTimestamp is the maximum length of text that ParseTimestamp accepts, in bytes.
const MaxTimestamp = 64

// ParseTimestamp parses a time between the years 1 and 9999 (ISO 8601), to the microsecond. The result is in UTC; ok
// is false if the text is not a time.
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

// number converts digits that a pattern has matched; "" is 0.
func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}

// newMoment validates a date and time; clock is hour, minute, second, fraction and zone, each of which may be empty.
func newMoment(year, month, day int, clock []string) (time.Time, bool) {
	hour, minute, second := number(clock[0]), number(clock[1]), number(clock[2])
	micro := number((clock[3] + "000000")[:6])
	if year < 1 || hour > 23 || minute > 59 || second > 59 {
		return time.Time{}, false
	}
	local := time.Date(year, time.Month(month), day, hour, minute, second, micro*1000, time.UTC)
	if local.Year() != year || int(local.Month()) != month || local.Day() != day {
		return time.Time{}, false // no such day; time.Date has normalized it
	}
	offset, ok := zoneOffset(clock[4])
	moment := local.Add(-offset)
	return moment, ok && moment.Year() >= 1 && moment.Year() <= 9999
}

// zoneOffset parses Z, +hh, +hhmm and +hh:mm; "" is UTC.
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

// weekDate returns a day of an ISO week; weekday 0 means Monday.
func weekDate(year, week, weekday int) (y, m, d int, ok bool) {
	fourth := time.Date(year, time.January, 4, 0, 0, 0, 0, time.UTC) // is always in week 1
	monday := fourth.AddDate(0, 0, -(int(fourth.Weekday())+6)%7)
	date := monday.AddDate(0, 0, (week-1)*7+max(weekday, 1)-1)
	isoYear, isoWeek := date.ISOWeek()
	return date.Year(), int(date.Month()), date.Day(), isoYear == year && isoWeek == week
}

// FormatTimestamp formats a time as the API does: in UTC, with microseconds unless they are zero.
func FormatTimestamp(moment time.Time) string {
	return string(AppendTimestamp(nil, moment))
}

// AppendTimestamp is like FormatTimestamp, but appends to a slice.
func AppendTimestamp(to []byte, moment time.Time) []byte {
	moment = moment.UTC()
	if moment.Nanosecond()/1000 == 0 {
		return moment.AppendFormat(to, "2006-01-02T15:04:05Z")
	}
	return moment.AppendFormat(to, "2006-01-02T15:04:05.000000Z")
}

// AppendMoment appends a key, which includes its colon and any preceding separator, and a time as JSON.
func AppendMoment(to []byte, key string, moment time.Time) []byte {
	return append(AppendTimestamp(append(append(to, key...), '"'), moment), '"')
}
