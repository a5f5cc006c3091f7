package cmd_test

import (
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mathmuseums/mathmuseums/app/apptest"
	"github.com/mathmuseums/mathmuseums/app/apptest/testenv"
)

// The replica can be restored with Litestream's own program, without the museum's.
func TestLitestreamRestoresTheReplica(t *testing.T) {
	litestream := testenv.Program(t, "litestream", "go install github.com/benbjohnson/litestream/cmd/litestream@v0.5.18")
	s3 := apptest.NewS3(t)
	for _, url := range []string{s3.URL("museum", s3.Address), fileURL(filepath.Join(t.TempDir(), "copy"))} {
		t.Run(url[:strings.Index(url, ":")], func(t *testing.T) {
			h := newHome(t, "MATHMUSEUMS_REPLICA="+url, "MATHMUSEUMS_S3_KEY_ID="+apptest.S3KeyID, "MATHMUSEUMS_S3_SECRET="+apptest.S3Secret)
			restored := func() int {
				t.Helper()
				into := filepath.Join(t.TempDir(), "restored.db")
				cmd := exec.Command(litestream, "restore", "-o", into, url)
				cmd.Env = append(slices.Clone(h.environ), "LITESTREAM_ACCESS_KEY_ID="+apptest.S3KeyID, "LITESTREAM_SECRET_ACCESS_KEY="+apptest.S3Secret)
				if output, err := cmd.CombinedOutput(); err != nil {
					t.Fatalf("litestream restore: %v\n%s", err, output)
				}
				return numberIn(t, into)
			}
			s := h.serve(t)
			s.stderr.waitFor(t, written)
			w := newWriter(t, s)
			w.writeFor(s, time.Second) // and it is killed
			before := restored()
			if before == 0 || before > w.sent {
				t.Errorf("of a museum that was killed Litestream restores edit %d; %d was acknowledged", before, w.acknowledged)
			}

			s = h.serve(t)
			s.stderr.waitFor(t, written)
			kept := w.keptNumber(s)
			s.stop(t)
			if got := restored(); got != kept {
				t.Errorf("of a museum that was closed Litestream restores edit %d, want %d", got, kept)
			}

			alone := &home{dir: h.dir, environ: slices.DeleteFunc(slices.Clone(h.environ), func(variable string) bool { // as behind CGI, where cron sends
				return strings.HasPrefix(variable, "MATHMUSEUMS_REPLICA=")
			})}
			s = alone.serve(t)
			w.writeFor(s, time.Second)
			h.run(t, "replicate", "--once", "--data-dir", "museum").want(t, 0, "is up to date", "")
			s = alone.serve(t)
			if got, kept := restored(), w.keptNumber(s); got != kept {
				t.Errorf("of what cron has sent Litestream restores edit %d, want %d", got, kept)
			}
		})
	}
}
