package transfer

import (
	"strconv"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
)

// maxCount is the largest number that every program reads as it is.
const maxCount = 1<<53 - 1

// What follows reads fields that must be there, and gives zero values for what is wrong: fields.Err tells.

func readCount(fields *app.Fields, name string) int64 {
	value, given := fields.Object[name]
	n, err := strconv.ParseInt(string(value), 10, 64)
	if err != nil || n < 0 || n > maxCount || !given {
		fields.Errors[name] = []string{"A whole number from 0 on is required."}
	}
	return n
}

// need gives what was read, and complains where there was nothing to read.
func need[T any](fields *app.Fields, name string, read *T) (value T) {
	if read == nil {
		if fields.Errors[name] == nil {
			fields.Require(name)
		}
		return value
	}
	return *read
}

func readExact(fields *app.Fields, name string) string { return need(fields, name, fields.Exact(name)) }

func readBool(fields *app.Fields, name string) bool {
	return need(fields, name, fields.Boolean(name))
}

func readInt(fields *app.Fields, name string) int32 {
	return need(fields, name, fields.Integer(name))
}

func readTime(fields *app.Fields, name string) time.Time {
	return need(fields, name, fields.Timestamp(name))
}

// readMaybeTime is the zero time for null.
func readMaybeTime(fields *app.Fields, name string) time.Time {
	if fields.Object[name].IsNull() {
		return time.Time{}
	}
	return readTime(fields, name)
}

// readAddress reads a mail address.
func readAddress(fields *app.Fields, name string) app.Address {
	text := readExact(fields, name)
	address, err := app.ParseAddress(text)
	if err != nil && fields.Errors[name] == nil {
		fields.Errors[name] = []string{strconv.Quote(text) + " is no e-mail address."}
	}
	return address
}
