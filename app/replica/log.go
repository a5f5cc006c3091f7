package replica

import (
	"context"
	"log/slog"
)

// quietLog is the log for Litestream: what it says at all is warnings, and while the replica cannot be written not even
// those, since that is told already.
func (r *Replica) quietLog() *slog.Logger {
	return slog.New(quietHandler{r.Log.Handler(), func() bool { return r.Status().State == Failing }})
}

type quietHandler struct {
	slog.Handler
	isKnown func() bool
}

func (h quietHandler) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && !h.isKnown() && h.Handler.Enabled(ctx, level)
}

func (h quietHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return quietHandler{h.Handler.WithAttrs(attrs), h.isKnown}
}

func (h quietHandler) WithGroup(name string) slog.Handler {
	return quietHandler{h.Handler.WithGroup(name), h.isKnown}
}
