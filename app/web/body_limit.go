package web

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
	"golang.org/x/sync/semaphore" // its weighted semaphore stops waiting when a context ends, and is fair
)

// Limits of a single body in bytes, unpacked.
const (
	signInLimit = 16 << 10 // an address, a code, a password: small, since anyone may send them
	jsonLimit   = 1 << 20
	tilesLimit  = 8 << 20
	photosLimit = 32 << 20 // for tiles with photos that an older client has embedded in a graph state
)

// Limits of all bodies together. Reading and merging a body takes about three times its size in memory.
const (
	freeBody    = 16 << 10 // up to this size a body is not counted
	smallBytes  = 64 << 20 // total bytes of bodies up to jsonLimit
	smallOfUser = 4 << 20  // the same for one user
	largeBodies = 4        // number of bodies above jsonLimit
	largeOfUser = 1        // the same for one user
	hugeBodies  = 1        // number of bodies above tilesLimit, which count as large too: 32 MiB take 150 MB until they are on disk
)

// bodyWait is how long a body waits for its turn.
const bodyWait = 10 * time.Second

// embeddedPhoto begins each photo in a graph state. JSON can write what follows in two ways.
var embeddedPhoto = []byte("data:image")

// bodyLimits bounds the memory of all request bodies together, which limits of single requests cannot do. While it is
// read, a body passes from free to small, large and huge. Before each step it waits while holding what the earlier
// steps took, but in the last step it needs nothing more to finish, so requests cannot deadlock.
type bodyLimits struct {
	small, large, huge *semaphore.Weighted
	wait               time.Duration

	mu    sync.Mutex
	users map[userBodies]*userTurn
}

// userBodies identifies the small or the large bodies of a user.
type userBodies struct {
	user  int64
	large bool
}

// userTurn is the semaphore that the bodies of a user share. It exists as long as there are some.
type userTurn struct {
	*semaphore.Weighted
	bodies int
}

func newBodyLimits() *bodyLimits {
	return &bodyLimits{
		small: semaphore.NewWeighted(smallBytes),
		large: semaphore.NewWeighted(largeBodies),
		huge:  semaphore.NewWeighted(hugeBodies),
		wait:  bodyWait,
		users: map[userBodies]*userTurn{},
	}
}

// enter returns the semaphore of a user's bodies and registers one more. leave must follow.
func (l *bodyLimits) enter(of userBodies) *semaphore.Weighted {
	l.mu.Lock()
	defer l.mu.Unlock()
	turn := l.users[of]
	if turn == nil {
		turn = &userTurn{Weighted: semaphore.NewWeighted(smallOfUser)}
		if of.large {
			turn.Weighted = semaphore.NewWeighted(largeOfUser)
		}
		l.users[of] = turn
	}
	turn.bodies++
	return turn.Weighted
}

func (l *bodyLimits) leave(of userBodies) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.users[of].bodies--; l.users[of].bodies == 0 {
		delete(l.users, of)
	}
}

// limit replaces the body of a request by a limited one. A body compressed with gzip, which the pages use for large
// graphs, is unpacked and counted by its unpacked size. The returned function releases what the body has taken; it
// must be called when the request is answered.
func (l *bodyLimits) limit(w http.ResponseWriter, r *http.Request, g resource, user *app.User) (release func()) {
	b := &limitedBody{limits: l, ctx: r.Context(), most: g.limit, photos: g.photos, announced: r.ContentLength}
	if user != nil {
		b.user = user.ID
	}
	ceiling := g.limit
	if g.photos {
		ceiling = photosLimit
	}
	b.from = http.MaxBytesReader(w, r.Body, ceiling) // also closes the connection of a client that keeps sending
	if r.Header.Get("Content-Encoding") == "gzip" {
		b.from = http.MaxBytesReader(w, &unpacked{packed: b.from}, ceiling)
		b.announced, r.ContentLength = -1, -1
	}
	r.Body = b
	return b.release
}

// limitedBody is a body under bodyLimits, for use by one goroutine.
type limitedBody struct {
	limits    *bodyLimits
	ctx       context.Context
	user      int64 // 0: nobody
	from      io.ReadCloser
	announced int64  // bytes, as Content-Length; -1: unknown
	most      int64  // bytes
	photos    bool   // it may have up to photosLimit if it contains a photo
	read      int64  // bytes
	tail      []byte // the last bytes read, in which a photo may begin
	hasPhoto  bool

	isSmall, isLarge, isHuge bool // steps taken so far
	taken                    []func()
}

// Read waits until there is room for the next piece, and reads it.
func (b *limitedBody) Read(to []byte) (int, error) {
	if err := b.admit(); err != nil {
		return 0, err
	}
	n, err := b.from.Read(to)
	b.read += int64(n)
	if b.photos && !b.hasPhoto {
		b.look(to[:n])
	}
	if b.read > b.most && !b.hasPhoto {
		return n, &http.MaxBytesError{Limit: b.most}
	}
	return n, err
}

// admit takes the steps that are due before the next byte.
func (b *limitedBody) admit() error {
	if !b.isSmall && (b.announced > freeBody || b.read >= freeBody) {
		b.isSmall = true
		weight := min(b.most, jsonLimit)
		if b.announced >= 0 {
			weight = min(weight, b.announced)
		}
		if err := b.step(userBodies{b.user, false}, b.limits.small, weight); err != nil {
			return err
		}
	}
	if !b.isLarge && b.read >= jsonLimit {
		b.isLarge = true
		if err := b.step(userBodies{b.user, true}, b.limits.large, 1); err != nil {
			return err
		}
	}
	if !b.isHuge && b.read >= tilesLimit {
		b.isHuge = true
		return b.acquire(b.limits.huge, 1)
	}
	return nil
}

// step waits for the user's share, then for the total.
func (b *limitedBody) step(of userBodies, all *semaphore.Weighted, weight int64) error {
	own := b.limits.enter(of)
	b.taken = append(b.taken, func() { b.limits.leave(of) })
	if err := b.acquire(own, weight); err != nil {
		return err
	}
	return b.acquire(all, weight)
}

// acquire waits for a share of a semaphore.
func (b *limitedBody) acquire(from *semaphore.Weighted, weight int64) error {
	ctx, cancel := context.WithTimeout(b.ctx, b.limits.wait)
	defer cancel()
	if from.Acquire(ctx, weight) != nil {
		return &app.Error{Kind: app.KindUnavailable, RetryAfter: bodyWait,
			Message: "The museum is saving many large changes right now. Nothing was lost. Please try again in a few seconds."}
	}
	b.taken = append(b.taken, func() { from.Release(weight) })
	return nil
}

// look searches the bytes read for a photo, including one that begins in the previous piece.
func (b *limitedBody) look(piece []byte) {
	joined := append(b.tail, piece...)
	b.hasPhoto = bytes.Contains(joined, embeddedPhoto)
	b.tail = append(b.tail[:0], joined[max(0, len(joined)-len(embeddedPhoto)+1):]...)
}

// Close closes the body. Its memory stays taken until release.
func (b *limitedBody) Close() error { return b.from.Close() }

// release returns what the body has taken.
func (b *limitedBody) release() {
	for _, release := range b.taken {
		release()
	}
	b.taken = nil
}

// unpacked decompresses a request's body while it is read.
type unpacked struct {
	packed io.ReadCloser
	reader *gzip.Reader // nil before the first byte
}

func (u *unpacked) Read(to []byte) (int, error) {
	if u.reader == nil {
		reader, err := gzip.NewReader(u.packed)
		if err != nil {
			return 0, err
		}
		u.reader = reader
	}
	return u.reader.Read(to)
}

func (u *unpacked) Close() error { return u.packed.Close() }
