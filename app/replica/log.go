package replica

import (
	"context"
	"log/slog"
)

// quietLog returns the log for Litestream: warnings only, and none while the replica is failing, since that is
// reported already.
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
