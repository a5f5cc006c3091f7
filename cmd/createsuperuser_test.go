package cmd_test

import (
	"bufio"
	"database/sql"
	"fmt"
	"net"
	"strings"
	"testing"

	_ "modernc.org/sqlite"
)

func TestCreateSuperuser(t *testing.T) {
	h := newHome(t, "MATHMUSEUMS_DATA_DIR=museum")
	h.run(t, "createsuperuser", "--noinput", "--email", "Head@Example.com").want(t, 0, "Head@example.com is a superuser now.\n", "")
	if email, hash := superuser(t, h); email != "head@example.com" || hash != "" {
		t.Errorf("got %q with hash %q", email, hash)
	}
	h.environ = append(h.environ, "MATHMUSEUMS_SUPERUSER_PASSWORD=violet-harbour-19")
	h.run(t, "createsuperuser", "--noinput", "--email", "head@example.com").want(t, 0, "existed already and is a superuser now.\n", "")
	if _, hash := superuser(t, h); !strings.HasPrefix(hash, "$argon2id$") || strings.Contains(hash, "harbour") {
		t.Errorf("got hash %q", hash)
	}
}

func superuser(t *testing.T, h *home) (email, hash string) {
	t.Helper()
	if err := openDatabase(t, h).QueryRow("select email, password_hash from users where is_superuser = 1 and is_staff = 1 and is_active = 1").Scan(&email, &hash); err != nil {
		t.Fatal(err)
	}
	return email, hash
}

// openDatabase opens the museum's database directly.
func openDatabase(t *testing.T, h *home) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", h.data("museum.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func TestCreateSuperuserRefusesPasswords(t *testing.T) {
	for password, want := range map[string]string{
		"head-teacher": "nobody was added. The password is too similar to the e-mail address.",
		"k7#qz":        "The password is too short. It needs at least 8 characters.",
		"Password123!": "The password is too common.",
		"83926105":     "The password has only digits.",
	} {
		h := newHome(t, "MATHMUSEUMS_SUPERUSER_PASSWORD="+password)
		got := h.run(t, "createsuperuser", "--noinput", "--email", "head.teacher@example.com", "--data-dir", "museum")
		got.want(t, 1, "", want)
		if strings.Contains(got.stderr, password) {
			t.Errorf("the password is repeated: %s", got.stderr)
		}
	}
}

func TestCreateSuperuserWithoutATerminal(t *testing.T) {
	newHome(t).run(t, "createsuperuser").want(t, 1, "", "standard input is not a terminal; use --noinput with --email")
	newHome(t).run(t, "createsuperuser", "--email", "x").want(t, 2, "", `"x" does not look like a mail address`)
}

// TestConsoleHidesTheCodesOfSuperusers requests the code of a superuser, as anyone can, without a mail server.
func TestConsoleHidesTheCodesOfSuperusers(t *testing.T) {
	h := newHome(t)
	s := h.serve(t)
	h.run(t, "createsuperuser", "--noinput", "--email", "root@example.com", "--data-dir", "museum").want(t, 0, "root@example.com is a superuser now", "")
	for _, email := range []string{"root@example.com", "ann@example.com"} {
		status, body := s.post(t, "/auth/request-otp/", map[string]string{"email": email})
		if status != 200 || !strings.Contains(body, `"delivery":"teacher"`) {
			t.Fatalf("asking for a code: %d %s", status, body)
		}
	}
	s.stdout.waitFor(t, "Sign-in code for ann@example.com: ([0-9]{6})")
	if got := s.stdout.String(); !strings.Contains(got, "Sign-in code for root@example.com: not shown here") || !strings.Contains(got, "To get one: mathmuseums code --data-dir ") {
		t.Errorf("the console says\n%s", got)
	}
}

// A code from the command line signs in at a running museum.
func TestCode(t *testing.T) {
	h := newHome(t)
	h.run(t, "code", "ann@example.com", "--data-dir", "museum").want(t, 1, "", "there is no museum in "+h.data(""))
	s := h.serve(t)
	got := h.run(t, "code", "ann@example.com", "--data-dir", "museum")
	got.want(t, 0, "Sign-in code for ann@example.com: ", "")
	var code string
	if _, err := fmt.Sscanf(got.stdout, "Sign-in code for ann@example.com: %s (valid until", &code); err != nil {
		t.Fatalf("%q: %v", got.stdout, err)
	}
	signIn(t, s, "ann@example.com", code)

	museum := openDatabase(t, h)
	if _, err := museum.Exec("update users set is_active = 0 where email = 'ann@example.com'"); err != nil {
		t.Fatal(err)
	}
	h.run(t, "code", "ann@example.com", "--data-dir", "museum").want(t, 1, "", "The account ann@example.com is switched off.")
}

func TestMigrate(t *testing.T) {
	h := newHome(t)
	h.run(t, "migrate", "--check", "--data-dir", "museum").want(t, 1, "", "to do: create a new database at "+h.data("museum.db"))
	h.run(t, "migrate", "--data-dir", "museum").want(t, 0, "museum.db is up to date.\n", "")
	h.run(t, "migrate", "--check", "--data-dir", "museum").want(t, 0, "museum.db is up to date.\n", "")
}

func TestTestMail(t *testing.T) {
	h := newHome(t)
	h.run(t, "testmail", "ann@example.com").want(t, 0, "Mail for ann@example.com: Math Museums: a test mail", "")

	replies := map[string]string{"EHLO": "250 hello", "MAIL": "250 ok", "RCPT": "550 5.1.1 no such user"}
	port := startMailServer(t, replies)
	h.environ = append(h.environ, "MATHMUSEUMS_MAIL_URL=smtp://127.0.0.1:"+port, "MATHMUSEUMS_MAIL_FROM=museum@example.com")
	h.run(t, "testmail", "ann@example.com").want(t, 1, "Using smtp://127.0.0.1:"+port+":\n  ok: connected to 127.0.0.1:"+port,
		`no mail was sent; the step "recipient" failed: the server 127.0.0.1:`+port+` did not accept the recipient ann@example.com: 550 5.1.1 no such user`)

	replies = map[string]string{"EHLO": "250 hello", "MAIL": "250 ok", "RCPT": "250 ok", "DATA": "354 go on", ".": "250 queued", "QUIT": "221 bye"}
	h.environ = append(h.environ, "MATHMUSEUMS_MAIL_URL=smtp://127.0.0.1:"+startMailServer(t, replies))
	h.run(t, "testmail", "ann@example.com").want(t, 0, "ok: message accepted: queued\nThe mail server accepted the test mail.\n", "")
}

// startMailServer starts a server that answers each command with the reply for its first word, and commands without
// one with nothing.
func startMailServer(t *testing.T, replies map[string]string) (port string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		fmt.Fprint(conn, "220 ready\r\n")
		for lines := bufio.NewScanner(conn); lines.Scan(); {
			word, _, _ := strings.Cut(lines.Text(), " ")
			if reply, ok := replies[word]; ok {
				fmt.Fprintf(conn, "%s\r\n", reply)
			}
		}
	}()
	_, port, _ = net.SplitHostPort(listener.Addr().String())
	return port
}
