// Package assets holds the front end that is built into the program: pages, style sheets, scripts, vendored
// libraries and pictures. The tests beside them are left out.
package assets

import "embed"

// FS is the front end as it was when the program was built. Paths begin with html/, css/, js/, vendor/ or img/. The files of
// a library may begin with an underscore, hence all.
//
//go:embed html css js all:vendor img
var FS embed.FS
