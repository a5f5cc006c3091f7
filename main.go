// Math Museums: one program that serves, keeps and backs up students' museums of functions.
package main

import (
	_ "embed"
	"os"

	"github.com/mathmuseums/mathmuseums/cmd"
)

//go:embed schema.sql
var schema string

// version is set by the release build.
var version = "development"

func main() {
	os.Exit(cmd.Main(cmd.Program{Schema: schema, Version: version}))
}
