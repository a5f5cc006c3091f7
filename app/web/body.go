package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"

	"github.com/mathmuseums/mathmuseums/app"
)

// document is the body of a request.
type document struct {
	app.Value
	isForm bool // all fields are texts
}

// emptyDocument stands for a missing body.
var emptyDocument = document{Value: app.Value("{}")}

// readBody reads a body of JSON or form fields, whose size is limited already.
func readBody(r *http.Request) (document, error) {
	body, err := readBytes(r, func(limit int64) error {
		return app.Errorf(app.KindTooLarge, "This is too large to be kept: more than %s. Nothing was changed. A smaller photo helps.", byteSize(limit))
	})
	if err != nil {
		return document{}, err
	}
	if len(body) == 0 {
		return emptyDocument, nil
	}
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil {
		kind = ""
	}
	switch kind {
	case "application/json":
		value, err := app.ParseJSON(body)
		if err != nil {
			return document{}, errParse("JSON", err)
		}
		return document{Value: value}, nil
	case "application/x-www-form-urlencoded":
		form, err := url.ParseQuery(string(body))
		if err != nil {
			return document{}, errParse("Form", err)
		}
		return formDocument(form), nil
	case "multipart/form-data":
		return readMultipart(body, params["boundary"])
	}
	return document{}, httpError{http.StatusUnsupportedMediaType,
		fmt.Sprintf("Unsupported media type \"%s\" in request.", r.Header.Get("Content-Type"))}
}

// readBytes reads a raw body, whose size is limited already. tooLarge returns the error for a larger one.
func readBytes(r *http.Request, tooLarge func(limit int64) error) ([]byte, error) {
	body, err := io.ReadAll(r.Body) // ReadAll's slice is not much larger than the body
	if over, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return nil, tooLarge(over.Limit)
	}
	if crowded, ok := errors.AsType[*app.Error](err); ok {
		return nil, crowded // see limitedBody
	}
	if err != nil {
		return nil, &app.Error{Kind: app.KindInvalid, Message: "The request broke off.", Cause: err}
	}
	return body, nil
}

// byteSize returns a rounded number of bytes for messages.
func byteSize(n int64) string {
	if n < 1<<20 {
		return fmt.Sprintf("%d KiB", n>>10)
	}
	return fmt.Sprintf("%d MiB", n>>20)
}

func errParse(format string, err error) error {
	return app.Errorf(app.KindInvalid, "%s parse error - %v", format, err)
}

// maxFields is how many fields a form may have, ten times as many as any of ours.
const maxFields = 100

// readMultipart reads the fields of a multipart form, and skips files.
func readMultipart(body []byte, boundary string) (document, error) {
	reader := multipart.NewReader(bytes.NewReader(body), boundary)
	form := url.Values{}
	for range maxFields {
		part, err := reader.NextPart()
		if err == io.EOF {
			return formDocument(form), nil
		}
		if err != nil {
			return document{}, errParse("Multipart form", err)
		}
		text, err := io.ReadAll(part)
		if err != nil {
			return document{}, errParse("Multipart form", err)
		}
		if part.FileName() == "" {
			form.Add(part.FormName(), string(text))
		}
	}
	return document{}, errParse("Multipart form", fmt.Errorf("it has more than %d fields", maxFields))
}

// formDocument turns form fields into a JSON object. The last of several fields with the same name counts.
func formDocument(form url.Values) document {
	object := make(map[string]string, len(form))
	for name, values := range form {
		object[name] = values[len(values)-1]
	}
	text, err := json.Marshal(object)
	if err != nil {
		panic(err) // a map of strings can always be encoded
	}
	return document{Value: text, isForm: true}
}

// readObject reads a body that must be an object, for the sign-in views.
func readObject(r *http.Request) (app.Object, error) {
	body, err := readBody(r)
	if err != nil {
		return nil, err
	}
	object, ok := body.Object()
	if !ok {
		return nil, signInError{app.Errorf(app.KindInvalid, "The request must be a JSON object, but it is %s.", body.TypeName())}
	}
	return object, nil
}
