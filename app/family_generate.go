//go:build ignore

// This program makes the table of families for the pages from families.json. Run it with "go generate ./app".
package main

import (
	"bytes"
	"log"
	"os"
)

func main() {
	table, err := os.ReadFile("families.json")
	if err != nil {
		log.Fatal(err)
	}
	module := append([]byte(`// Code generated from app/families.json by "go generate ./app"; DO NOT EDIT.

/**
 * The families of functions, in the order of the poster.
 *
 * @type {readonly Readonly<{type: string, name: string, form: string, hint: string, curve: string}>[]}
 */
export const FAMILIES = `), bytes.TrimSpace(table)...)
	if err := os.WriteFile("../assets/js/lib/families.js", append(module, ";\n"...), 0o644); err != nil {
		log.Fatal(err)
	}
}
