package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"io"

	"github.com/mathmuseums/mathmuseums/app"
)

// ImagePart is one part of a photo sent in parts: app.ImagePartSize bytes from a multiple of that, or the rest at the
// end. Parts may arrive in any order, concurrently and repeatedly.
type ImagePart struct {
	Hash     app.ImageHash // of the whole photo
	Total    int64         // size of the whole photo
	Position int64         // of the part's first byte
	Bytes    []byte
}

// check fails for a part that is not on the grid or has the wrong size.
func (p ImagePart) check() error {
	switch {
	case p.Total > app.MaxImageSize:
		return errImageSize
	case p.Total < 1 || p.Position < 0 || p.Position >= p.Total || p.Position%app.ImagePartSize != 0:
		return app.Errorf(app.KindInvalid, "The parts of a photo begin at multiples of %d bytes, and this is not one of %d bytes.", app.ImagePartSize, p.Total)
	case int64(len(p.Bytes)) != min(app.ImagePartSize, p.Total-p.Position):
		return app.Errorf(app.KindInvalid, "This part of the photo has %d bytes, but %d belong here. Please send it again.",
			len(p.Bytes), min(app.ImagePartSize, p.Total-p.Position))
	}
	return nil
}

// errImageSize is returned for a photo with too many bytes.
var errImageSize = app.Errorf(app.KindTooLarge, "This photo is larger than %d MB. Please make it smaller, and add that.", app.MaxImageSize>>20)

// ImageUpload is the progress of a photo sent in parts.
type ImageUpload struct {
	Image     *app.Image // the photo once all parts have arrived; else nil
	IsNew     bool       // this part completed it
	Total     int64      // size of the whole photo; 0 if nothing has arrived
	Received  int64      // bytes
	Positions []int64    // of the parts that have arrived, in order
}

// FindImageUpload returns the progress of a user's photo.
func (s *Store) FindImageUpload(ctx context.Context, userID int64, hash app.ImageHash) (ImageUpload, error) {
	image, err := s.reading().findOwnImage(ctx, userID, hash)
	if err == nil {
		return newImageUpload(image, false), s.writing(ctx, func(tx runner) error { return tx.markWanted(ctx, userID, image) })
	}
	if app.KindOf(err) != app.KindNotFound {
		return ImageUpload{}, err
	}
	return s.reading().findImageUpload(ctx, userID, hash)
}

// newImageUpload returns a complete upload.
func newImageUpload(image app.Image, isNew bool) ImageUpload {
	return ImageUpload{Image: &image, IsNew: isNew, Total: image.Size, Received: image.Size}
}

func (r runner) findImageUpload(ctx context.Context, userID int64, hash app.ImageHash) (upload ImageUpload, err error) {
	rows, err := r.query(ctx, `select position, total, size from image_parts where user_id = $1 and sha256 = $2 order by position`, userID, hash[:])
	if err != nil {
		return upload, err
	}
	defer rows.Close()
	for rows.Next() {
		var position, size int64
		if err := rows.Scan(&position, &upload.Total, &size); err != nil {
			return upload, err
		}
		upload.Positions = append(upload.Positions, position)
		upload.Received += size
	}
	return upload, rows.Err()
}

// SaveImagePart stores a part of a photo. The last part completes the photo: its hash is checked, and then the photo
// as in CreateImage. If that fails all parts are dropped, since no further part could repair it. Parts of a photo
// that the user has already are not stored.
func (s *Store) SaveImagePart(ctx context.Context, userID int64, part ImagePart) (upload ImageUpload, err error) {
	if err := part.check(); err != nil {
		return upload, err
	}
	if err := s.sweepImages(ctx); err != nil {
		return upload, err
	}
	var refusal error // kept apart from err: the transaction that drops the parts must commit
	err = s.writing(ctx, func(tx runner) error {
		image, err := tx.findOwnImage(ctx, userID, part.Hash)
		if err == nil {
			upload = newImageUpload(image, false)
			return tx.markWanted(ctx, userID, image)
		}
		if app.KindOf(err) != app.KindNotFound {
			return err
		}
		if err := tx.checkQuota(ctx, userID, part.Hash, part.Total); err != nil {
			return err
		}
		if err := tx.savePart(ctx, userID, part); err != nil {
			return err
		}
		if upload, err = tx.findImageUpload(ctx, userID, part.Hash); err != nil || upload.Received < upload.Total {
			return err
		}
		if image, refusal, err = tx.joinParts(ctx, userID, part.Hash, upload.Total); err != nil {
			return err
		}
		upload = newImageUpload(image, true)
		_, err = tx.exec(ctx, `delete from image_parts where user_id = $1 and sha256 = $2`, userID, part.Hash[:])
		return err
	})
	if err == nil {
		err = refusal
	}
	return upload, err
}

func (r runner) savePart(ctx context.Context, userID int64, part ImagePart) error {
	// A photo has one size. Parts sent with another size are useless, whichever is right: the upload starts over.
	if _, err := r.exec(ctx, `delete from image_parts where user_id = $1 and sha256 = $2 and total <> $3`, userID, part.Hash[:], part.Total); err != nil {
		return err
	}
	_, err := r.exec(ctx, `insert into image_parts (user_id, sha256, position, total, size, bytes, arrived_at) values ($1, $2, $3, $4, $5, $6, $7)
		on conflict (user_id, sha256, position) do update set bytes = excluded.bytes, arrived_at = excluded.arrived_at`,
		userID, part.Hash[:], part.Position, part.Total, len(part.Bytes), part.Bytes, micros(r.store.Now()))
	return err
}

// joinParts makes a photo of its parts. refusal says why it cannot be kept.
func (r runner) joinParts(ctx context.Context, userID int64, hash app.ImageHash, total int64) (image app.Image, refusal, err error) {
	content, err := io.ReadAll(&partReader{r: r, ctx: ctx, userID: userID, hash: hash, total: total})
	if err != nil {
		return image, nil, err
	}
	if sha256.Sum256(content) != hash {
		return image, app.Errorf(app.KindInvalid, "The photo has not arrived as it was sent. It is still on your device: please send it again."), nil
	}
	if _, refusal := app.ReadImage(bytes.NewReader(content)); refusal != nil {
		return image, refusal, nil
	}
	content = app.CleanImage(content)
	if image, refusal = app.ReadImage(bytes.NewReader(content)); refusal != nil {
		return image, refusal, nil
	}
	image.Hash, image.Size = sha256.Sum256(content), int64(len(content))
	if own, err := r.findOwnImage(ctx, userID, image.Hash); app.KindOf(err) != app.KindNotFound {
		return own, nil, err // it was sent before with other metadata
	}
	image, err = r.saveImage(ctx, userID, image, r.store.Now(), func(id int64) error { return r.saveChunks(ctx, id, content) })
	return image, nil, err
}

// partReader reads the parts of a complete photo in order.
type partReader struct {
	r        runner
	ctx      context.Context
	userID   int64
	hash     app.ImageHash
	total    int64
	position int64 // of the next part
	part     []byte
}

// Read implements io.Reader.
func (p *partReader) Read(to []byte) (int, error) {
	if len(p.part) == 0 {
		if p.position >= p.total {
			return 0, io.EOF
		}
		err := p.r.scan(p.ctx, `select bytes from image_parts where user_id = $1 and sha256 = $2 and position = $3`,
			[]any{p.userID, p.hash[:], p.position}, &p.part)
		if err != nil {
			return 0, err
		}
		p.position += app.ImagePartSize
	}
	n := copy(to, p.part)
	p.part = p.part[n:]
	return n, nil
}
