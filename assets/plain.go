//go:build !bundled

package assets

import "embed"

// FS is the front end as it was when the program was built. Its folders are html, js, css, vendor and img. The files
// of a library may begin with an underscore, hence all.
//
//go:embed html js css all:vendor img
var FS embed.FS
