//go:build bundled

package assets

import "embed"

// FS is the front end as it was when the program was built. Its folders are html, bundle (with js and css in it),
// vendor and img. The files of a library may begin with an underscore, hence all.
//
// If the build stops here, the bundle has not been made: run "go generate ./assets".
//
//go:embed bundle/MADE_BY_go_generate_assets bundle/js bundle/css
//go:embed html all:vendor img
var FS embed.FS
