// Package assets holds the front end that is built into the program: pages, scripts, style sheets, vendored libraries
// and pictures. A plain build embeds scripts and style sheets as they are written, so that it needs Go alone. A build
// with -tags bundled embeds the few small files that "go generate ./assets" makes of them.
package assets

//go:generate go run ./bundler
