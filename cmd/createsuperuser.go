package cmd

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/store"
	"github.com/spf13/cobra"
)

func newCreateSuperuserCommand(program Program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "createsuperuser",
		Short: "Add a superuser",
		Long: `Adds a superuser, who may do everything in the museum. An existing account gets these rights and
keeps its work.

The command asks for the mail address and, twice and without echo, for a password. The password is optional:
superusers sign in with mailed codes like everybody else, and need a password only for when mail fails. It must have
at least 8 characters, must not resemble the address, must not be a common password, and must not be all digits.

--noinput asks nothing: the address comes from --email, and the password from the environment variable
MATHMUSEUMS_SUPERUSER_PASSWORD if it is set.

Exit codes: 0 done, 1 failed or the password was refused, 2 wrong usage.`,
		Example: `  mathmuseums createsuperuser
  MATHMUSEUMS_SUPERUSER_PASSWORD=... mathmuseums createsuperuser --noinput --email head@example.com`,
		Args: noArgs,
	}
	email := cmd.Flags().String("email", "", "mail `address` of the superuser")
	noInput := cmd.Flags().Bool("noinput", false, "do not ask; use --email and the environment")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		c, err := commandConfig(cmd)
		if err != nil {
			return err
		}
		address, password, err := superuser(cmd, *email, *noInput)
		if err != nil {
			return err
		}
		return saveSuperuser(cmd, program, c, address, password)
	}
	return cmd
}

// superuser returns the address and password of the new superuser, from flags and the environment or from prompts.
// The password is "" for none.
func superuser(cmd *cobra.Command, email string, noInput bool) (address app.Address, password string, err error) {
	if email == "" && noInput {
		needs := "--noinput needs --email"
		if os.Getenv(djangoSuperuserEmail) != "" {
			needs += "; " + djangoSuperuserEmail + " is not read"
		}
		return address, "", &usageError{cmd.CommandPath(), errors.New(needs)}
	}
	if email != "" {
		if address, err = parseAddress(cmd, email); err != nil {
			return address, "", err
		}
	}
	if noInput {
		password = os.Getenv(superuserPassword)
		if password == "" && os.Getenv(djangoSuperuserPassword) != "" {
			return address, "", fmt.Errorf("nobody was added: %s is not read. Set %s instead, or neither for an "+
				"account without a password",
				djangoSuperuserPassword, superuserPassword)
		}
		if faults := app.CheckPassword(password, address); password != "" && len(faults) > 0 {
			err = fmt.Errorf("nobody was added. %s", strings.Join(faults, " "))
		}
		return address, password, err
	}
	ask, err := newPrompt(cmd)
	if err != nil {
		return address, "", err
	}
	if email == "" {
		if address, err = ask.address(); err != nil {
			return address, "", err
		}
	}
	password, err = ask.password(address)
	return address, password, err
}

func saveSuperuser(cmd *cobra.Command, program Program, c *Config, address app.Address, password string) error {
	museum, err := openCurrentStore(cmd.Context(), program, c)
	if err != nil {
		return err
	}
	defer museum.Close()
	hash := ""
	if password != "" {
		hash = store.HashPassword(password)
	}
	_, isNew, err := museum.SaveSuperuser(cmd.Context(), address, hash)
	if err != nil {
		return err
	}
	done := "existed already and is a superuser now"
	if isNew {
		done = "is a superuser now"
	}
	fmt.Fprintf(cmd.OutOrStdout(), "%s %s.\n", address.Mailbox, done)
	return nil
}
