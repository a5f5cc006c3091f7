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
	"golang.org/x/sync/semaphore" // its weighted semaphore gives up waiting when a context ends, and serves in order
)

// The most that a body may hold in bytes, unpacked.
const (
	signInLimit = 16 << 10 // an address, a code, a password: anybody can send one, so it has to be small
	jsonLimit   = 1 << 20
	tilesLimit  = 8 << 20
	photosLimit = 32 << 20 // where tiles travel and an older client has put photos into a graph state
)

// What the bodies of all requests may take up together. Reading and merging one takes about three times its size.
const (
	freeBody    = 16 << 10 // a body up to here is not counted
	smallBytes  = 64 << 20 // bytes of bodies up to jsonLimit
	smallOfUser = 4 << 20  // bytes of one user's bodies up to jsonLimit
	largeBodies = 4        // bodies above jsonLimit
	largeOfUser = 1        // bodies of one user above jsonLimit
	hugeBodies  = 1        // bodies above tilesLimit, which are among the large ones: 32 MiB take 150 MB until they are on disk
)

// bodyWait is how long a body waits for its turn.
const bodyWait = 10 * time.Second

// embeddedPhoto begins each photo in a graph state. What follows may be written in two ways in JSON.
var embeddedPhoto = []byte("data:image")

// bodyLimits bounds the memory that the bodies of requests take up together, which limits of single requests do not. A body passes
// from free to small, large and huge as it is read. It waits before each step with what the steps before have taken, but needs no
// more to end once it is in the last, so requests do not block each other for good.
type bodyLimits struct {
	small, large, huge *semaphore.Weighted
	wait               time.Duration

	mu    sync.Mutex
	users map[userBodies]*userTurn
}

// userBodies names the small or the large bodies of a user.
type userBodies struct {
	user  int64
	large bool
}

// userTurn is what the bodies of a user share. It is kept as long as there are some.
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

// enter returns what the bodies of a user share, now with one more. leave must follow.
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

// limit replaces the body of a request for a resource by one that is limited, on its own and among all others. A body that was packed
// by gzip, as the pages do with large graphs for the sake of small hosts, is unpacked, and counts as what is in it. The returned
// function gives back what the body has taken; it must be called when the request is answered.
func (l *bodyLimits) limit(w http.ResponseWriter, r *http.Request, g resource, user *app.User) (release func()) {
	b := &limitedBody{limits: l, ctx: r.Context(), most: g.limit, photos: g.photos, announced: r.ContentLength}
	if user != nil {
		b.user = user.ID
	}
	ceiling := g.limit
	if g.photos {
		ceiling = photosLimit
	}
	b.from = http.MaxBytesReader(w, r.Body, ceiling) // which also closes the connection of a client that goes on
	if r.Header.Get("Content-Encoding") == "gzip" {
		b.from = http.MaxBytesReader(w, &unpacked{packed: b.from}, ceiling)
		b.announced, r.ContentLength = -1, -1
	}
	r.Body = b
	return b.release
}

// limitedBody is a body under bodyLimits. One goroutine reads it.
type limitedBody struct {
	limits    *bodyLimits
	ctx       context.Context
	user      int64 // 0: nobody
	from      io.ReadCloser
	announced int64  // bytes, as Content-Length; -1: unknown
	most      int64  // bytes
	photos    bool   // it may be as large as photosLimit, if there is a photo in it
	read      int64  // bytes
	tail      []byte // the last bytes that were read, in which a photo may begin
	hasPhoto  bool

	isSmall, isLarge, isHuge bool // the steps it has come to
	taken                    []func()
}

// Read reads on once there is room for what follows.
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

// admit takes the steps that come before the next byte.
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

// step waits for the user's turn, then for that among all.
func (b *limitedBody) step(of userBodies, all *semaphore.Weighted, weight int64) error {
	own := b.limits.enter(of)
	b.taken = append(b.taken, func() { b.limits.leave(of) })
	if err := b.acquire(own, weight); err != nil {
		return err
	}
	return b.acquire(all, weight)
}

// acquire waits for a part of what all bodies share.
func (b *limitedBody) acquire(from *semaphore.Weighted, weight int64) error {
	ctx, cancel := context.WithTimeout(b.ctx, b.limits.wait)
	defer cancel()
	if from.Acquire(ctx, weight) != nil {
		return &app.Error{Kind: app.KindUnavailable, RetryAfter: bodyWait,
			Message: "The museum is saving many large changes at this moment. Nothing was lost. Please try again in a few seconds."}
	}
	b.taken = append(b.taken, func() { from.Release(weight) })
	return nil
}

// look finds whether there is a photo in what was read, also one that begins in the piece before.
func (b *limitedBody) look(piece []byte) {
	joined := append(b.tail, piece...)
	b.hasPhoto = bytes.Contains(joined, embeddedPhoto)
	b.tail = append(b.tail[:0], joined[max(0, len(joined)-len(embeddedPhoto)+1):]...)
}

// Close closes the body. What it has taken is still in use then, see release.
func (b *limitedBody) Close() error { return b.from.Close() }

// release gives back what the body has taken.
func (b *limitedBody) release() {
	for _, release := range b.taken {
		release()
	}
	b.taken = nil
}

// unpacked undoes the packing of a request's body as it is read.
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
