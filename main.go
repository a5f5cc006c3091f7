// Command mathmuseums serves, stores and backs up students' museums of functions. Package cmd has its subcommands.
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
