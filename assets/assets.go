// Package assets holds the front end that is built into the program: pages, scripts, style sheets, vendored libraries and
// pictures. Scripts and style sheets are embedded as the few small files of bundle/, which is made of js/ and css/ and kept
// beside them, so that the program can be built with Go alone. The tests are left out.
package assets

import "embed"

//go:generate go test -count=1 -run=^TestBundleIsOfTheSources$ . -update

// FS is the front end as it was when the program was built. Paths begin with html/, bundle/, vendor/ or img/. The files of
// a library may begin with an underscore, hence all.
//
//go:embed html bundle all:vendor img
var FS embed.FS
