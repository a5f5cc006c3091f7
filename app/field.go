package app

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Fields reads the fields of one document by the rules and with the error messages of the earlier app, and collects
// the errors. A field that is missing or invalid reads as nil.
type Fields struct {
	Object Object
	Errors FieldErrors
}

// ReadFields returns a reader for a document. It fails if the document is not an object.
func ReadFields(document Value) (*Fields, error) {
	if document.IsNull() {
		return nil, FieldErrors{NonField: {"No data provided"}}
	}
	object, ok := document.Object()
	if !ok {
		return nil, FieldErrors{NonField: {fmt.Sprintf("Invalid data. Expected a dictionary, but got %s.",
			document.TypeName())}}
	}
	return &Fields{Object: object, Errors: FieldErrors{}}, nil
}

// Err returns the collected errors, or nil if there are none.
func (f *Fields) Err() error {
	if len(f.Errors) == 0 {
		return nil
	}
	return f.Errors
}

// Require adds an error if a field is missing.
func (f *Fields) Require(name string) {
	if _, ok := f.Object[name]; !ok {
		f.Errors[name] = []string{"This field is required."}
	}
}

// read returns a field's value if it is present and not null.
func (f *Fields) read(name string) (Value, bool) {
	value, given := f.Object[name]
	if given && value.IsNull() {
		f.Errors[name] = []string{"This field may not be null."}
		return nil, false
	}
	return value, given
}

func (f *Fields) refuse(name, format string, args ...any) {
	f.Errors[name] = []string{fmt.Sprintf(format, args...)}
}

// ConceptType reads one of FamilyTypes.
func (f *Fields) ConceptType(name string) *string {
	value, ok := f.read(name)
	if !ok {
		return nil
	}
	text, isText := value.Text()
	if !isText || !IsFamilyType(text) {
		f.refuse(name, "\"%s\" is not a valid choice.", pythonString(value, false))
		return nil
	}
	return &text
}

// Text reads a string and trims it at both ends. Numbers are converted to text.
func (f *Fields) Text(name string, maxLength int, blank bool) *string {
	value, ok := f.read(name)
	if !ok {
		return nil
	}
	text := ""
	switch value.TypeName() {
	case "str":
		if hasLoneSurrogate(value) {
			f.refuse(name, "Half a character is in it: please type it again.")
			return nil
		}
		text, _ = value.Text()
	case "int", "float":
		text = pythonString(value, false)
	default:
		f.refuse(name, "Not a valid string.")
		return nil
	}
	text = strings.TrimFunc(text, IsSpace)
	switch {
	case strings.ContainsRune(text, 0):
		f.refuse(name, "Null characters are not allowed.")
	case text == "" && !blank:
		f.refuse(name, "This field may not be blank.")
	case utf8.RuneCountInString(text) > maxLength:
		f.refuse(name, "Ensure this field has no more than %d characters.", maxLength)
	default:
		return &text
	}
	return nil
}

// Exact reads a string without trimming it.
func (f *Fields) Exact(name string) *string {
	value, ok := f.read(name)
	if !ok {
		return nil
	}
	text, isText := value.Text()
	switch {
	case !isText:
		f.refuse(name, "Not a valid string.")
	case hasLoneSurrogate(value):
		f.refuse(name, "Half a character is in it: please type it again.")
	case strings.ContainsRune(text, 0):
		f.refuse(name, "Null characters are not allowed.")
	default:
		return &text
	}
	return nil
}

// IsSpace reports whether a rune is trimmed from the ends of texts: white space and the ASCII separators.
func IsSpace(r rune) bool { return unicode.IsSpace(r) || r >= 0x1c && r <= 0x1f }

// integerForm matches a whole number as text, with an optional fraction of zeros.
var integerForm = regexp.MustCompile(`^([+-]?)0*(\d+)(?:\.0*)?$`)

// Integer reads a 32-bit whole number.
func (f *Fields) Integer(name string) *int32 {
	value, ok := f.read(name)
	if !ok {
		return nil
	}
	text := ""
	switch value.TypeName() {
	case "str":
		if text, _ = value.Text(); utf8.RuneCountInString(text) > 1000 {
			f.refuse(name, "String value too large.")
			return nil
		}
	case "int", "float":
		text = pythonString(value, false)
	}
	m := integerForm.FindStringSubmatch(strings.TrimFunc(text, IsSpace))
	if m == nil {
		f.refuse(name, "A valid integer is required.")
		return nil
	}
	n, err := strconv.ParseInt(m[1]+m[2], 10, 64) // clamped to 64 bits on overflow
	switch {
	case n > math.MaxInt32 || err != nil && m[1] != "-":
		f.refuse(name, "Ensure this value is less than or equal to %d.", math.MaxInt32)
	case n < math.MinInt32 || err != nil:
		f.refuse(name, "Ensure this value is greater than or equal to %d.", math.MinInt32)
	default:
		short := int32(n)
		return &short
	}
	return nil
}

var (
	trueForm  = regexp.MustCompile(`^(t|T|y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON|1)$`)
	falseForm = regexp.MustCompile(`^(f|F|n|N|no|No|NO|false|False|FALSE|off|Off|OFF|0)$`)
)

// Boolean reads a boolean in the spellings that forms and scripts use.
func (f *Fields) Boolean(name string) *bool {
	value, ok := f.read(name)
	if !ok {
		return nil
	}
	text, isText := value.Text()
	if n, err := strconv.ParseFloat(string(value), 64); err == nil && !isText && (n == 0 || n == 1) {
		text = strconv.Itoa(int(n))
	} else if value.TypeName() == "bool" {
		text = string(value)
	}
	yes := trueForm.MatchString(text)
	if !yes && !falseForm.MatchString(text) {
		f.refuse(name, "Must be a valid boolean.")
		return nil
	}
	return &yes
}

// Timestamp reads a time; see ParseTimestamp.
func (f *Fields) Timestamp(name string) *time.Time {
	value, ok := f.read(name)
	if !ok {
		return nil
	}
	text, _ := value.Text()
	moment, ok := ParseTimestamp(text)
	if !ok {
		f.refuse(name, "Datetime has wrong format. Use one of these formats instead: "+
			"YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].")
		return nil
	}
	return &moment
}

// JSON reads any value but null and returns its compact text. With isText, the value is a string that contains the
// JSON, as in a form.
func (f *Fields) JSON(name string, isText bool) *string {
	value, ok := f.read(name)
	if !ok {
		return nil
	}
	if isText {
		inner, _ := value.Text()
		parsed, err := ParseJSON([]byte(inner))
		if err != nil {
			f.refuse(name, "Value must be valid JSON.")
			return nil
		}
		value = parsed
	}
	switch {
	case hasLoneSurrogate(value):
		f.refuse(name, "Value must be valid JSON: half a character is in it.")
	case hasNul(value):
		f.refuse(name, "Null characters are not allowed.")
	case hasInfinity(value):
		f.refuse(name, "Value must be valid JSON.")
	default:
		text := value.compact()
		return &text
	}
	return nil
}
