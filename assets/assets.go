// Package assets holds the front end that is built into the program: pages, style sheets, scripts, vendored
// libraries and pictures. The tests beside them are left out.
package assets

import "embed"

// FS is the front end as it was when the program was built. Paths begin with html/, css/, js/, vendor/ or img/.
//
//go:embed html css js vendor img
var FS embed.FS
