package cmd

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/mathmuseums/mathmuseums/app/authority"
	"github.com/spf13/cobra"
)

const authorityHelp = `Shows the certificate authority that "mathmuseums serve --tls lan" created, and how to
install it on a device.

Browsers keep the museum for offline use only over https, and no public authority issues certificates for a laptop in
a classroom. The museum therefore creates its own authority. It can vouch only for this computer's names (such as
laptop.local) and for addresses in private networks, so a stolen key cannot impersonate any other site. The key is in
the file authority.pem in the data folder (mode 0600); it is never shown or sent. If the computer is renamed later,
"serve" reports that. Deleting the file creates a new authority, which each device must then install.

Students find the file and the same steps at the museum's address with http:// in front. The fingerprint that their
device shows must match the one shown here.

--pem prints only the certificate, for distribution by other means, such as a school's device management.

Exit codes: 0 shown, 1 there is none yet or it cannot be read, 2 wrong usage.`

func newAuthorityCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "authority",
		Short: "Show the certificate authority of --tls lan and how to install it",
		Long:  authorityHelp,
		Example: `  mathmuseums authority
  mathmuseums authority --pem > math-museums.crt`,
		Args: noArgs,
	}
	pem := cmd.Flags().Bool("pem", false, "print only the certificate")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		c, err := commandConfig(cmd)
		if err != nil {
			return err
		}
		own, err := authority.Load(c.DataDir)
		if errors.Is(err, authority.ErrNone) {
			return fmt.Errorf("there is no authority yet; this command creates one: %s", c.command("serve --tls lan"))
		}
		if err != nil {
			return err
		}
		out := cmd.OutOrStdout()
		if *pem {
			_, err := out.Write(own.PEM())
			return err
		}
		fmt.Fprintf(out, "%s\nSHA-256     %s\nvouches for %s, and addresses of private networks\nexpires     %s\n",
			own.Name(), own.Fingerprint(), strings.Join(own.Names(), ", "), own.Ends().Format(time.DateOnly))
		for _, steps := range authority.InstallSteps {
			fmt.Fprintf(out, "\n%s:\n  %s\n", steps.Device, steps.How)
		}
		return nil
	}
	return cmd
}
