// Package cmd is the command line of the museum: one file a command.
package cmd

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/mail"
	"github.com/mathmuseums/mathmuseums/app/store"
	"github.com/mathmuseums/mathmuseums/app/web"
	"github.com/mathmuseums/mathmuseums/assets"
	"github.com/spf13/cobra"
)

// Program is what main knows and the commands need.
type Program struct {
	Schema  string // the text of schema.sql
	Version string
}

// Main runs the command line and gives the exit code.
func Main(program Program) int {
	root := &cobra.Command{Use: "mathmuseums"}
	serve := &cobra.Command{Use: "serve"}
	addr := serve.Flags().String("addr", ":8000", "")
	dir := serve.Flags().String("data-dir", "data", "")
	dev := serve.Flags().Bool("dev", false, "")
	serve.RunE = func(c *cobra.Command, _ []string) error {
		if err := os.MkdirAll(*dir, 0o700); err != nil {
			return err
		}
		secret, err := store.LoadSecret(*dir)
		if err != nil {
			return err
		}
		s, err := store.Open(c.Context(), store.Options{Path: filepath.Join(*dir, "museum.db"), Schema: program.Schema, Secret: secret})
		if err != nil {
			return err
		}
		sender, err := mail.Open("console:", mail.Options{})
		if err != nil {
			return err
		}
		options := web.Options{Store: s, Mail: sender, Assets: assets.FS, Limits: app.DefaultSignInLimits}
		if *dev {
			options.Assets, options.Dev = os.DirFS("assets"), true
		}
		server, err := web.New(options)
		if err != nil {
			return err
		}
		return http.ListenAndServe(*addr, server)
	}
	root.AddCommand(serve)
	if err := root.Execute(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}
