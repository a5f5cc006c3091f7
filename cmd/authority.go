package cmd

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/mathmuseums/mathmuseums/app/authority"
	"github.com/spf13/cobra"
)

const authorityHelp = `Shows the authority that "mathmuseums serve --tls lan" made, and how to install it on a device.

Browsers keep the museum for use without a network on https alone, and no public authority vouches for a laptop in a
classroom. So the museum makes an authority of its own. It can vouch for this computer's names (such as laptop.local) and for
addresses of private networks, and for nothing else: a stolen key opens no other site. The key is in the file authority.pem in
the data folder, mode 0600; it is never shown or sent. Where the computer is renamed later, "serve" says so: without the file it
makes another authority, which each device then installs.

Students find the file to install, with these steps, at the museum's address with http:// before it. The fingerprint that
their device shows must be the one that is shown here.

With --pem only the certificate is printed, to be given to devices by other ways, such as a school's device management.

Exit codes: 0 shown, 1 there is none yet or it cannot be read, 2 wrong usage.`

func newAuthorityCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "authority",
		Short: "Show the authority of --tls lan, and how devices install it",
		Long:  authorityHelp,
		Example: `  mathmuseums authority
  mathmuseums authority --pem > math-museums.crt`,
		Args: noArgs,
	}
	pem := cmd.Flags().Bool("pem", false, "print the certificate alone")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		c, err := commandConfig(cmd)
		if err != nil {
			return err
		}
		own, err := authority.Load(c.DataDir)
		if errors.Is(err, authority.ErrNone) {
			return fmt.Errorf("there is no authority yet; this makes one: %s", c.command("serve --tls lan"))
		}
		if err != nil {
			return err
		}
		out := cmd.OutOrStdout()
		if *pem {
			_, err := out.Write(own.PEM())
			return err
		}
		fmt.Fprintf(out, "%s\nSHA-256     %s\nvouches for %s, and addresses of private networks\nends        %s\n",
			own.Name(), own.Fingerprint(), strings.Join(own.Names(), ", "), own.Ends().Format(time.DateOnly))
		for _, steps := range authority.InstallSteps {
			fmt.Fprintf(out, "\n%s:\n  %s\n", steps.Device, steps.How)
		}
		return nil
	}
	return cmd
}
