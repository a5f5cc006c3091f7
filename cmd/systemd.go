package cmd

import (
	_ "embed"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"text/template"

	"github.com/spf13/cobra"
)

//go:embed systemd/mathmuseums.service
var serviceUnit string

//go:embed systemd/mathmuseums.socket
var socketUnit string

// systemdDataDir is the folder that systemd makes for the museum.
const systemdDataDir = "/var/lib/mathmuseums"

const systemdHelp = `Prints a unit file with which systemd (Linux) runs the museum: at every start of the machine, again after a fault, and
shut off from all else on the machine. As root:

  useradd --system --user-group --home-dir /var/lib/mathmuseums --shell /usr/sbin/nologin mathmuseums
  mathmuseums systemd > /etc/systemd/system/mathmuseums.service
  systemctl daemon-reload
  systemctl enable --now mathmuseums

The data folder is /var/lib/mathmuseums; systemd makes it. Another folder (--data-dir) must be there, and be the user's.
Settings go into the file .env there, or into the unit by
"systemctl edit mathmuseums". Other commands are run as the same user:

  sudo -u mathmuseums mathmuseums createsuperuser --data-dir /var/lib/mathmuseums

The flags --addr, --base-path, --tls and --data-dir are written into the unit. Where the port is below 1024, the unit gives the
museum the right to use it, and no other.

With --socket it prints the unit of a socket instead, at the address given. systemd then holds the socket open: while the
museum is started anew, callers wait and none is turned away, and ports below 1024 need no right at all. With --tls auto it has
port 80 besides, which leads to https.

  mathmuseums systemd --socket --addr unix:/run/mathmuseums.sock > /etc/systemd/system/mathmuseums.socket
  systemctl enable --now mathmuseums.socket

The museum can write to its data folder and nowhere else. A folder for backups or for a replica (file://) elsewhere is opened
to it by "systemctl edit mathmuseums":

  [Service]
  ReadWritePaths=/mnt/backup

Mail by sendmail:// starts a program with rights of its own, which the unit forbids; use smtp:// or smtps://.

Exit codes: 0 printed, 1 the settings have mistakes, 2 wrong usage.`

// unitData is what the unit files are filled with.
type unitData struct {
	Program string   // its path
	Flags   string   // of serve, each with a space before it
	Listen  string   // what the socket unit listens at
	Port80  string   // where http leads to https; "" where it does not
	IsUnix  bool     // Listen is a path
	Run     string   // folder in /run for the socket, which systemd makes
	Folders []string // further folders that the museum writes to
	DataDir string   // assignment of the variable; "" for the folder that systemd makes
	InHome  bool     // the data folder is in somebody's home
	LowPort bool     // the museum itself listens at a port below 1024
}

func newSystemdCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "systemd",
		Short: "Print a unit file for systemd",
		Long:  systemdHelp,
		Example: `  mathmuseums systemd > /etc/systemd/system/mathmuseums.service
  mathmuseums systemd --addr 127.0.0.1:8000 --base-path /museum
  mathmuseums systemd --socket --addr :80 > /etc/systemd/system/mathmuseums.socket`,
		Args: noArgs,
	}
	cmd.Flags().String(addrFlag, defaultAddr, "`address` to listen at, as for serve")
	cmd.Flags().String(basePathFlag, "", "`path` under which a proxy shows the museum, as for serve")
	cmd.Flags().String(tlsFlag, string(encryptionOff), "https by the museum itself, as for serve")
	socket := cmd.Flags().Bool("socket", false, "print the unit of the socket instead")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if flag := cmd.Flag(dataDirFlag); !flag.Changed { // whose home this is, if there is one, is no matter
			if err := cmd.Flags().Set(dataDirFlag, systemdDataDir); err != nil {
				return err
			}
		}
		c, err := commandConfig(cmd)
		if err != nil {
			return err
		}
		data, err := newUnitData(cmd, c)
		if err != nil {
			return err
		}
		text := serviceUnit
		if *socket {
			text = socketUnit
		} else if data.IsUnix && filepath.Dir(c.Addr) == unixScheme+"/run" {
			return errors.New("only root makes sockets right in /run. Let systemd make it, with --socket, or choose a folder there: unix:/run/mathmuseums/museum.sock")
		}
		return template.Must(template.New("unit").Parse(text)).Execute(cmd.OutOrStdout(), data)
	}
	return cmd
}

func newUnitData(cmd *cobra.Command, c *Config) (*unitData, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("cannot tell where this program lies: %w", err)
	}
	data := &unitData{Program: quoteCommandWord(program)}
	if err := data.setListen(c.Addr, c.TLS); err != nil {
		return nil, &usageError{cmd.CommandPath(), fmt.Errorf("--%s: %w", addrFlag, err)}
	}
	for _, name := range []string{addrFlag, basePathFlag, tlsFlag} {
		if flag := cmd.Flags().Lookup(name); flag.Changed {
			data.Flags += " --" + name + " " + quoteCommandWord(flag.Value.String())
		}
	}
	if c.DataDir != systemdDataDir {
		data.DataDir = quoteUnitWord(dataDirSetting.name + "=" + c.DataDir)
		data.Folders = append(data.Folders, quoteUnitWord(c.DataDir))
		data.InHome = strings.HasPrefix(c.DataDir, "/home/") || strings.HasPrefix(c.DataDir, "/root/") || strings.HasPrefix(c.DataDir, "/run/user/")
	}
	return data, nil
}

// setListen keeps where the museum listens, and what that asks of the unit.
func (d *unitData) setListen(addr string, tls encryption) error {
	path, ok := strings.CutPrefix(addr, unixScheme)
	if !ok {
		host, port, _ := net.SplitHostPort(addr)
		n, _ := strconv.Atoi(port)
		if n == 0 {
			return errors.New("in a unit the port must be said, such as :8000")
		}
		d.LowPort = n < 1024
		d.Listen = addr
		if host == "" {
			d.Listen = port
		}
		if tls == encryptionAuto && port == "443" {
			d.Port80 = strings.TrimSuffix(d.Listen, port) + "80"
		}
		return nil
	}
	if !filepath.IsAbs(path) {
		return fmt.Errorf("in a unit the path of a socket must be whole, such as unix:/run/museum.sock, not %q", path)
	}
	d.Listen, d.IsUnix = escapePercent.Replace(path), true
	folder := filepath.Dir(path)
	if below, ok := strings.CutPrefix(folder, "/run/"); ok {
		d.Run = quoteUnitWord(below)
	} else if folder != "/run" {
		d.Folders = append(d.Folders, quoteUnitWord(folder))
	}
	return nil
}

// escapePercent writes out what systemd would fill in.
var escapePercent = strings.NewReplacer("%", "%%")

// quoteCommandWord is a word of a command in a unit file, where a $ stands for a variable besides.
func quoteCommandWord(word string) string { return quoteUnitWord(strings.ReplaceAll(word, "$", "$$")) }

// quoteUnitWord is a word as it stands in a unit file, where spaces part words.
func quoteUnitWord(word string) string {
	word = escapePercent.Replace(word)
	if strings.ContainsAny(word, " \t\"'\\;") {
		return strconv.Quote(word)
	}
	return word
}
