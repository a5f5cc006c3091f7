package mail_test

import (
	"bufio"
	"context"
	"errors"
	"net"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/mail"
)

// stepLimit keeps tests of silent servers quick.
const stepLimit = 300 * time.Millisecond

func TestSMTPDelivers(t *testing.T) {
	for _, test := range []struct {
		name      string
		server    serverOptions
		offers    []string
		url       string // PORT stands for the server's, USER for name and password
		encrypted bool
		mechanism string
	}{
		{"TLS from the first byte, PLAIN", serverOptions{implicitTLS: true}, []string{"PLAIN", "LOGIN"}, "smtps://USER@localhost:PORT", true, "PLAIN"},
		{"STARTTLS, PLAIN", serverOptions{}, []string{"LOGIN", "PLAIN"}, "smtp://USER@localhost:PORT", true, "PLAIN"},
		{"STARTTLS, LOGIN alone", serverOptions{}, []string{"LOGIN"}, "smtp://USER@localhost:PORT", true, "LOGIN"},
		{"STARTTLS by wish, no sign-in", serverOptions{}, nil, "smtp://localhost:PORT?tls=starttls", true, ""},
		{"plain to this machine", serverOptions{noStartTLS: true}, nil, "smtp://127.0.0.1:PORT", false, ""},
		{"plain by wish, with sign-in", serverOptions{noStartTLS: true}, []string{"PLAIN"}, "smtp://USER@localhost:PORT?tls=none", false, "PLAIN"},
	} {
		t.Run(test.name, func(t *testing.T) {
			server := startMailServer(t, test.server)
			server.mechanisms = test.offers
			sender := openSMTP(t, test.url, server.port(), mail.Options{RootCAs: server.authority})

			if err := sender.Send(t.Context(), mail.NewCodeMessage(app.CodeToSignIn, "ann@example.com", "123456", 15*time.Minute, "")); err != nil {
				t.Fatalf("Send: %v", err)
			}
			got := server.onlyMail(t)
			if got.from != "museum@example.com" || got.to != "ann@example.com" {
				t.Errorf("envelope from %q to %q", got.from, got.to)
			}
			if got.encrypted != test.encrypted || got.mechanism != test.mechanism {
				t.Errorf("encrypted %v, mechanism %q; want %v, %q", got.encrypted, got.mechanism, test.encrypted, test.mechanism)
			}
			if !strings.Contains(got.content, "123456") {
				t.Errorf("the mail does not hold the code:\n%s", got.content)
			}
		})
	}
}

func TestSMTPReportsProgress(t *testing.T) {
	server := startMailServer(t, serverOptions{})
	server.mechanisms = []string{"PLAIN"}
	var steps []string
	sender := openSMTP(t, "smtp://USER@localhost:PORT", server.port(), mail.Options{
		RootCAs:  server.authority,
		Progress: func(step string) { steps = append(steps, step) },
	})
	if err := sender.Send(t.Context(), mail.NewTestMessage("ann@example.com")); err != nil {
		t.Fatalf("Send: %v", err)
	}
	want := []string{"connected to localhost:", "the server greets: 220 mail.example.com", "introduced", "encrypted with TLS 1.3",
		"introduced", "signed in as museum@example.com (PLAIN)", "sender museum@example.com accepted",
		"recipient ann@example.com accepted", "message accepted: "}
	if !slices.EqualFunc(steps, want, strings.HasPrefix) {
		t.Errorf("got steps %q, want them to begin with %q", steps, want)
	}
	if strings.Contains(strings.Join(steps, "\n"), password) {
		t.Errorf("the password is in the progress: %q", steps)
	}
}

func TestSMTPServerRefuses(t *testing.T) {
	signIn := "smtp://USER@localhost:PORT"
	for _, test := range []struct {
		name    string
		server  serverOptions
		prepare func(*mailServer)
		url     string
		step    mail.Step
		problem string
	}{
		{"recipient", serverOptions{}, func(s *mailServer) { s.refuse["RCPT"] = "no such user" }, signIn, mail.StepRecipient,
			"did not accept the recipient ann@example.com: 550 5.1.1 no such user"},
		{"sender", serverOptions{}, func(s *mailServer) { s.refuse["MAIL"] = "not yours" }, signIn, mail.StepSender,
			"did not accept the sender museum@example.com: 550 5.1.1 not yours"},
		{"message", serverOptions{}, func(s *mailServer) { s.refuse["DATA"] = "looks like spam" }, signIn, mail.StepMessage,
			"did not accept the message: 550 5.1.1 looks like spam"},
		{"password", serverOptions{}, nil, "smtp://museum%40example.com:wr0ng-word@localhost:PORT", mail.StepSignIn,
			"did not accept the user name and password: 535 5.7.8 Authentication failed"},
		{"password by LOGIN", serverOptions{}, func(s *mailServer) { s.mechanisms = []string{"LOGIN"} },
			"smtp://museum%40example.com:wr0ng-word@localhost:PORT", mail.StepSignIn, "535 5.7.8 Authentication failed"},
		{"password, repeating it", serverOptions{}, func(s *mailServer) { s.refuse["AUTH"] = "I do not know " + password }, signIn,
			mail.StepSignIn, "550 5.1.1 I do not know ***"},
		{"any sign-in we know", serverOptions{}, func(s *mailServer) { s.mechanisms = []string{"XOAUTH2"} }, signIn, mail.StepSignIn,
			"it offers XOAUTH2, supported are PLAIN and LOGIN"},
		{"sign-in", serverOptions{}, func(s *mailServer) { s.mechanisms = nil }, signIn, mail.StepSignIn, "accepts no user name and password"},
		{"encryption", serverOptions{noStartTLS: true}, nil, signIn, mail.StepStartTLS, "does not offer encryption (STARTTLS), so nothing was sent"},
		{"certificate for another name", serverOptions{certName: "other.example"}, nil, signIn, mail.StepTLS,
			"its certificate is for another name (other.example), not for localhost"},
		{"certificate for another name, implicit", serverOptions{certName: "other.example", implicitTLS: true}, nil,
			"smtps://USER@localhost:PORT", mail.StepTLS, "its certificate is for another name (other.example), not for localhost"},
		{"certificate of an unknown authority", serverOptions{}, func(s *mailServer) { _, s.authority = makeCertificate(t, "x.example") }, signIn,
			mail.StepTLS, "its certificate is from an authority that this machine does not trust"},
		{"TLS at all", serverOptions{noStartTLS: true}, nil, "smtps://USER@localhost:PORT", mail.StepTLS, "does not speak TLS at this point"},
		{"end of message: hangs up", serverOptions{}, func(s *mailServer) { s.dropInData = true }, signIn, mail.StepMessage,
			"did not accept the message: the server closed the connection"},
	} {
		t.Run(test.name, func(t *testing.T) {
			server := startMailServer(t, test.server)
			server.mechanisms = []string{"PLAIN"}
			if test.prepare != nil {
				test.prepare(server)
			}
			sender := openSMTP(t, test.url, server.port(), mail.Options{RootCAs: server.authority})
			err := sender.Send(t.Context(), mail.NewTestMessage("ann@example.com"))
			wantStep(t, err, test.step, test.problem)
			if server.count() != 0 {
				t.Errorf("a mail was sent all the same")
			}
		})
	}
}

func TestSMTPBrokenServers(t *testing.T) {
	const greeting = "220 mail.example.com ready"
	for _, test := range []struct {
		name    string
		talk    func(c net.Conn, heard *bufio.Scanner)
		query   string
		step    mail.Step
		problem string
	}{
		{"silent from the start", func(c net.Conn, _ *bufio.Scanner) { keepSilent(c) }, "", mail.StepGreeting,
			"did not greet: no answer within 0.3 s"},
		{"silent in mid-greeting", func(c net.Conn, _ *bufio.Scanner) { say(c, "220-wait"); keepSilent(c) }, "", mail.StepGreeting,
			"did not greet: no answer within 0.3 s"},
		{"busy", func(c net.Conn, _ *bufio.Scanner) { say(c, "421 4.3.2 too many connections") }, "", mail.StepGreeting,
			"did not greet: 421 4.3.2 too many connections"},
		{"no mail server", func(c net.Conn, _ *bufio.Scanner) { say(c, "SSH-2.0-OpenSSH_9.2") }, "", mail.StepGreeting,
			"the program that answers is not a mail server"},
		{"hangs up at once", func(net.Conn, *bufio.Scanner) {}, "", mail.StepGreeting, "the server closed the connection"},
		{"greets without end", func(c net.Conn, _ *bufio.Scanner) {
			for range 200 {
				say(c, "220-"+strings.Repeat("x", 60))
			}
			keepSilent(c)
		}, "", mail.StepGreeting, "its reply does not end"},
		{"dislikes us", func(c net.Conn, heard *bufio.Scanner) { say(c, greeting); answer(c, heard, "554 5.7.1 go away") }, "", mail.StepHello,
			"did not accept our introduction (EHLO): 554 5.7.1 go away"},
		{"silent after EHLO", func(c net.Conn, _ *bufio.Scanner) { say(c, greeting); keepSilent(c) }, "", mail.StepHello, "no answer within 0.3 s"},
		{"offers STARTTLS and refuses it", func(c net.Conn, heard *bufio.Scanner) {
			say(c, greeting)
			answer(c, heard, "250-hi\r\n250 STARTTLS", "454 4.7.0 no certificate")
		}, "?tls=starttls", mail.StepStartTLS, "did not start it: 454 4.7.0 no certificate"},
		{"silent in the TLS handshake", func(c net.Conn, heard *bufio.Scanner) {
			say(c, greeting)
			answer(c, heard, "250-hi\r\n250 STARTTLS", "220 go")
			keepSilent(c)
		}, "?tls=starttls", mail.StepTLS, "no answer within 0.3 s"},
		// CVE-2011-0411: data that an attacker injects after the reply must not count as received under TLS.
		{"injected behind STARTTLS", func(c net.Conn, heard *bufio.Scanner) {
			say(c, greeting)
			answer(c, heard, "250-hi\r\n250 STARTTLS", "220 go\r\n250-hi\r\n250 AUTH PLAIN")
			keepSilent(c)
		}, "?tls=starttls", mail.StepTLS, "does not speak TLS at this point"},
		{"silent at the recipient", func(c net.Conn, heard *bufio.Scanner) {
			say(c, greeting)
			answer(c, heard, "250 hi", "250 ok")
			keepSilent(c)
		}, "", mail.StepRecipient, "did not accept the recipient ann@example.com: no answer within 0.3 s"},
		{"silent after the message", func(c net.Conn, heard *bufio.Scanner) {
			say(c, greeting)
			answer(c, heard, "250 hi", "250 ok", "250 ok", "354 go on")
			keepSilent(c)
		}, "", mail.StepMessage, "did not accept the message: no answer within 0.3 s"},
		{"a reply of many lines and odd characters", func(c net.Conn, heard *bufio.Scanner) {
			say(c, greeting)
			answer(c, heard, "250 hi", "250 ok", "550-5.7.1 no\x1b[31m entry\r\n550 5.7.1 ever")
		}, "", mail.StepRecipient, "550 5.7.1 no [31m entry ever"},
	} {
		t.Run(test.name, func(t *testing.T) {
			limit := time.Minute // a busy machine is no reason for another answer
			if strings.Contains(test.problem, "no answer within") {
				limit = stepLimit
			}
			port := startScript(t, test.talk)
			sender := openSMTP(t, "smtp://127.0.0.1:PORT"+test.query, port, mail.Options{StepTimeout: limit})
			wantStep(t, sender.Send(t.Context(), mail.NewTestMessage("ann@example.com")), test.step, test.problem)
		})
	}
}

func TestSMTPDeliversToTheOldestServer(t *testing.T) {
	port := startScript(t, func(c net.Conn, heard *bufio.Scanner) {
		say(c, "220 old")
		answer(c, heard, "500 EHLO?", "250 hello", "250 ok", "251 will forward", "354 go on")
		for heard.Scan() && heard.Text() != "." {
		}
		say(c, "250 kept")
		keepSilent(c) // never answers QUIT
	})
	sender := openSMTP(t, "smtp://127.0.0.1:PORT", port, mail.Options{StepTimeout: 5 * stepLimit})
	if err := sender.Send(t.Context(), mail.NewTestMessage("ann@example.com")); err != nil {
		t.Errorf("Send: %v", err)
	}
}

func TestSMTPNobodyThere(t *testing.T) {
	listener := listen(t)
	_, port, _ := net.SplitHostPort(listener.Addr().String())
	_ = listener.Close()
	sender := openSMTP(t, "smtp://127.0.0.1:PORT", port, mail.Options{})
	err := sender.Send(t.Context(), mail.NewTestMessage("ann@example.com"))
	wantStep(t, err, mail.StepConnect, "cannot connect to the server 127.0.0.1:"+port+": nothing answers on this port")

	sender = openSMTP(t, "smtp://nowhere.invalid:PORT", "25", mail.Options{StepTimeout: 2 * time.Second})
	err = sender.Send(t.Context(), mail.NewTestMessage("ann@example.com"))
	wantStep(t, err, mail.StepConnect, "cannot connect to the server nowhere.invalid:25: ")
}

func TestSMTPWholeDialogueHasALimit(t *testing.T) {
	port := startScript(t, func(c net.Conn, heard *bufio.Scanner) {
		say(c, "220 slow")
		for heard.Scan() {
			time.Sleep(stepLimit / 2)
			say(c, "250 slowly")
		}
	})
	sender := openSMTP(t, "smtp://127.0.0.1:PORT", port, mail.Options{StepTimeout: stepLimit, TotalTimeout: stepLimit})
	start := time.Now()
	err := sender.Send(t.Context(), mail.NewTestMessage("ann@example.com"))
	wantStep(t, err, "", "it took too long in total")
	if took := time.Since(start); took > 20*stepLimit {
		t.Errorf("took %v", took)
	}
}

func TestSMTPStopsWhenTheCallerDoes(t *testing.T) {
	port := startScript(t, func(c net.Conn, _ *bufio.Scanner) { keepSilent(c) })
	sender := openSMTP(t, "smtp://127.0.0.1:PORT", port, mail.Options{})
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(50*time.Millisecond, cancel)
	start := time.Now()
	err := sender.Send(ctx, mail.NewTestMessage("ann@example.com"))
	wantStep(t, err, mail.StepGreeting, "interrupted")
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got cause %v, want context.Canceled", err)
	}
	if took := time.Since(start); took > 2*time.Second {
		t.Errorf("took %v", took)
	}
}

func TestSMTPInternationalAddress(t *testing.T) {
	for _, offered := range []bool{true, false} {
		server := startMailServer(t, serverOptions{smtpUTF8: offered})
		sender := openSMTP(t, "smtp://localhost:PORT", server.port(), mail.Options{})
		err := sender.Send(t.Context(), mail.NewTestMessage("jürgen@schüle.example"))
		if !offered {
			wantStep(t, err, mail.StepRecipient, "does not support the address jürgen@schüle.example")
			continue
		}
		if err != nil {
			t.Fatalf("Send: %v", err)
		}
		if got := server.onlyMail(t); !got.utf8 || got.to != "jürgen@schüle.example" || !strings.Contains(got.content, "<jürgen@schüle.example>") {
			t.Errorf("utf8 %v, to %q, content:\n%s", got.utf8, got.to, got.content)
		}
	}
}

func TestRefusedTellsTheLastingFromThePassing(t *testing.T) {
	for reply, want := range map[string]bool{"550 no such user": true, "450 try later": false, "421 closing": false} {
		port := startScript(t, func(c net.Conn, heard *bufio.Scanner) {
			say(c, "220 hi")
			answer(c, heard, "250 hi", "250 ok", reply)
		})
		err := openSMTP(t, "smtp://127.0.0.1:PORT", port, mail.Options{}).Send(t.Context(), mail.NewTestMessage("ann@example.com"))
		if stuck, ok := errors.AsType[*mail.StepError](err); !ok || stuck.Refused() != want {
			t.Errorf("%q: got %v, want Refused %v", reply, err, want)
		}
	}
	sender := openSMTP(t, "smtp://127.0.0.1:PORT", "1", mail.Options{})
	for to, want := range map[string]bool{"nonsense": true, "ann@example.com": false} {
		err := sender.Send(t.Context(), mail.NewTestMessage(to))
		if stuck, ok := errors.AsType[*mail.StepError](err); !ok || stuck.Refused() != want {
			t.Errorf("%q: got %v, want Refused %v", to, err, want)
		}
	}
}

// openSMTP fills the server's port and the credentials into a URL and opens it.
func openSMTP(t *testing.T, rawURL, port string, opts mail.Options) mail.Sender {
	t.Helper()
	rawURL = strings.NewReplacer("PORT", port, "USER", url.UserPassword(userName, password).String()).Replace(rawURL)
	if opts.From == "" {
		opts.From = "Math Museums <museum@example.com>"
	}
	sender, err := mail.Open(rawURL, opts)
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	return sender
}

// wantStep checks where and why sending failed, and that the password is nowhere in the error or its causes.
func wantStep(t *testing.T, err error, step mail.Step, problem string) {
	t.Helper()
	var stuck *mail.StepError
	if !errors.As(err, &stuck) {
		t.Fatalf("got error %v, want a StepError", err)
	}
	if step != "" && stuck.Step != step {
		t.Errorf("got step %q, want %q (%v)", stuck.Step, step, err)
	}
	if !strings.Contains(err.Error(), problem) {
		t.Errorf("got %q, want it to hold %q", err, problem)
	}
	for cause := err; cause != nil; cause = errors.Unwrap(cause) {
		if strings.Contains(cause.Error(), password) || strings.Contains(cause.Error(), "wr0ng-word") {
			t.Errorf("the password is in the error: %q", cause)
		}
	}
}
