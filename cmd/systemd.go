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

// systemdDataDir is the data folder that systemd creates for the museum.
const systemdDataDir = "/var/lib/mathmuseums"

const systemdHelp = `Prints a unit file with which systemd (Linux) runs the museum: at every boot, again after a
crash, and isolated from the rest of the machine. As root:

  useradd --system --user-group --home-dir /var/lib/mathmuseums --shell /usr/sbin/nologin mathmuseums
  mathmuseums systemd > /etc/systemd/system/mathmuseums.service
  systemctl daemon-reload
  systemctl enable --now mathmuseums

The data folder is /var/lib/mathmuseums, which systemd creates. Any other folder (--data-dir) must exist and belong to
the user. Put settings into the file .env there, or into the unit with "systemctl edit mathmuseums". Run other
commands as the same user:

  sudo -u mathmuseums mathmuseums createsuperuser --data-dir /var/lib/mathmuseums

The flags --addr, --base-path, --tls and --data-dir are written into the unit. For a port below 1024, the unit grants
the museum the right to use it, and no other right.

--socket prints the unit of a socket at the given address instead. systemd then holds the socket open: callers wait
while the museum restarts, none is turned away, and ports below 1024 need no extra right. With --tls auto it also
holds port 80, which redirects to https.

  mathmuseums systemd --socket --addr unix:/run/mathmuseums.sock > /etc/systemd/system/mathmuseums.socket
  systemctl enable --now mathmuseums.socket

The museum can write only to its data folder. To let it write to a folder for backups or a replica (file://), use
"systemctl edit mathmuseums":

  [Service]
  ReadWritePaths=/mnt/backup

Mail through sendmail:// starts a program with its own privileges, which the unit forbids; use smtp:// or smtps://.

Exit codes: 0 printed, 1 the settings have mistakes, 2 wrong usage.`

// unitData is the data for the templates of the unit files.
type unitData struct {
	Program string   // path of the executable
	Flags   string   // flags of serve, each preceded by a space
	Listen  string   // address of the socket unit
	Port80  string   // address that redirects to https; "" for none
	IsUnix  bool     // Listen is a path
	Run     string   // folder in /run that systemd creates for the socket
	Folders []string // other folders that the museum writes to
	DataDir string   // assignment of the variable; "" for the folder that systemd creates
	InHome  bool     // the data folder is in a home folder
	LowPort bool     // the museum itself listens on a port below 1024
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
	cmd.Flags().String(addrFlag, defaultAddr, "`address` to listen on, as for serve")
	cmd.Flags().String(basePathFlag, "", "`path` under which a proxy serves the museum, as for serve")
	cmd.Flags().String(tlsFlag, string(encryptionOff), "https by the museum itself, as for serve")
	socket := cmd.Flags().Bool("socket", false, "print a socket unit instead")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if flag := cmd.Flag(dataDirFlag); !flag.Changed { // the current user's home does not matter
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
			return errors.New("only root can create sockets directly in /run. Let systemd create it with " +
				"--socket, or use a folder there: unix:/run/mathmuseums/museum.sock")
		}
		return template.Must(template.New("unit").Parse(text)).Execute(cmd.OutOrStdout(), data)
	}
	return cmd
}

func newUnitData(cmd *cobra.Command, c *Config) (*unitData, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("cannot find the path of this program: %w", err)
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
		data.InHome = strings.HasPrefix(c.DataDir, "/home/") || strings.HasPrefix(c.DataDir,
			"/root/") || strings.HasPrefix(c.DataDir, "/run/user/")
	}
	return data, nil
}

// setListen sets the address and what it requires of the unit.
func (d *unitData) setListen(addr string, tls encryption) error {
	path, ok := strings.CutPrefix(addr, unixScheme)
	if !ok {
		host, port, _ := net.SplitHostPort(addr)
		n, _ := strconv.Atoi(port)
		if n == 0 {
			return errors.New("a unit needs a port, such as :8000")
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
		return fmt.Errorf("a unit needs an absolute path for the socket, such as unix:/run/museum.sock, not %q", path)
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

// escapePercent escapes systemd's specifiers.
var escapePercent = strings.NewReplacer("%", "%%")

// quoteCommandWord quotes a word of a command in a unit file, where $ also begins a variable.
func quoteCommandWord(word string) string { return quoteUnitWord(strings.ReplaceAll(word, "$", "$$")) }

// quoteUnitWord quotes a word in a unit file, where spaces separate words.
func quoteUnitWord(word string) string {
	word = escapePercent.Replace(word)
	if strings.ContainsAny(word, " \t\"'\\;") {
		return strconv.Quote(word)
	}
	return word
}
