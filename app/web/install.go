package web

import (
	"bytes"
	"html/template"
	"io/fs"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/mathmuseums/mathmuseums/app/authority"
)

// authorityFile is the path of the certificate that devices install, and its file name there.
const authorityFile = "math-museums.crt"

// NewInstallHandler serves http for a museum whose https uses its own certificate authority: it explains how to
// install the certificate and redirects all other addresses to https.
func NewInstallHandler(assets fs.FS, a *authority.Authority, basePath string) (http.Handler, error) {
	page, err := template.ParseFS(assets, "html/install.html")
	if err != nil {
		return nil, err
	}
	files := newStatic(assets, false)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		SetSafeHeaders(header)
		if name, ok := strings.CutPrefix(r.URL.Path, basePath+"/static/"); ok {
			files.sendVersioned(w, r, name)
			return
		}
		header.Set("Cache-Control", "no-store")
		switch r.URL.Path {
		case basePath + "/", basePath:
			var text bytes.Buffer
			err := page.Execute(&text, map[string]any{
				"Museum":      (&url.URL{Scheme: "https", Host: r.Host, Path: basePath + "/"}).String(),
				"Static":      basePath + "/" + files.prefix(),
				"File":        basePath + "/" + authorityFile,
				"Fingerprint": a.Fingerprint(), "Name": a.Name(), "Ends": a.Ends().Format(time.DateOnly), "Steps": authority.InstallSteps,
			})
			if err != nil {
				panic(err) // the template fits; a test runs it
			}
			header.Set("Content-Type", "text/html; charset=utf-8")
			header.Set("Content-Length", strconv.Itoa(text.Len()))
			_, _ = text.WriteTo(w)
		case basePath + "/" + authorityFile:
			header.Set("Content-Type", "application/x-x509-ca-cert")
			header.Set("Content-Disposition", `attachment; filename="`+authorityFile+`"`)
			_, _ = w.Write(a.PEM())
		default:
			http.Redirect(w, r, "https://"+r.Host+r.URL.RequestURI(), http.StatusTemporaryRedirect)
		}
	}), nil
}
