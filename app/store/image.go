package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"io"
	"time"

	"github.com/mathmuseums/mathmuseums/app"
)

const imageColumns = `images.id, sha256, media_type, images.size, width, height`

// imageDest returns the scan destinations for a row of imageColumns.
func imageDest(image *app.Image) []any {
	return []any{&image.ID, hash{&image.Hash}, &image.MediaType, &image.Size, &image.Width, &image.Height}
}

// hash scans a stored hash.
type hash struct{ to *app.ImageHash }

func (h hash) Scan(stored any) error {
	text, ok := stored.([]byte)
	if !ok || copy(h.to[:], text) != len(h.to) {
		return errors.New("a hash is stored in another form")
	}
	return nil
}

// errNoImage is returned for an unknown photo and for another user's.
var errNoImage = app.Errorf(app.KindNotFound, "This photo is not here, or not yours.")

// FindImage returns a photo that a user may see: their own, or any for a superuser.
func (s *Store) FindImage(ctx context.Context, user *app.User, hash app.ImageHash) (image app.Image, err error) {
	if !user.IsSuperuser {
		return s.reading().findOwnImage(ctx, user.ID, hash)
	}
	err = s.reading().scan(ctx, `select `+imageColumns+` from images where sha256 = $1`, []any{hash[:]}, imageDest(&image)...)
	if errors.Is(err, sql.ErrNoRows) {
		err = errNoImage
	}
	return image, err
}

func (r runner) findOwnImage(ctx context.Context, userID int64, hash app.ImageHash) (image app.Image, err error) {
	err = r.scan(ctx, `select `+imageColumns+` from images join image_owners on image_id = images.id
		where sha256 = $1 and user_id = $2`, []any{hash[:], userID}, imageDest(&image)...)
	if errors.Is(err, sql.ErrNoRows) {
		err = errNoImage
	}
	return image, err
}

// ListImages returns a user's photos in the order of their arrival.
func (s *Store) ListImages(ctx context.Context, userID int64) ([]app.Image, error) {
	rows, err := s.reading().query(ctx, `select `+imageColumns+` from image_owners join images on images.id = image_id
		where user_id = $1 order by image_id`, userID)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var images []app.Image
	for rows.Next() {
		var image app.Image
		if err := rows.Scan(imageDest(&image)...); err != nil {
			return nil, err
		}
		images = append(images, image)
	}
	return images, rows.Err()
}

// CreateImage stores a whole photo for a user, without what app.CleanImage removes, so that its hash may differ from
// the hash of what was sent. A photo that the user has already is not stored twice; isNew is false then. It fails
// like app.ReadImage, and with KindTooLarge over the user's quota.
func (s *Store) CreateImage(ctx context.Context, userID int64, content []byte) (image app.Image, isNew bool, err error) {
	if image, err = app.ReadImage(bytes.NewReader(content)); err != nil {
		return image, false, err
	}
	content = app.CleanImage(content)
	if image, err = app.ReadImage(bytes.NewReader(content)); err != nil { // rotation may have swapped its sides
		return image, false, err
	}
	image.Hash, image.Size = sha256.Sum256(content), int64(len(content))
	if err := s.sweepImages(ctx); err != nil {
		return image, false, err
	}
	err = s.writing(ctx, func(tx runner) error {
		own, err := tx.findOwnImage(ctx, userID, image.Hash)
		if err == nil {
			image = own
			return tx.markWanted(ctx, userID, image)
		}
		if app.KindOf(err) != app.KindNotFound {
			return err
		}
		isNew = true
		if err := tx.checkQuota(ctx, userID, image.Hash, image.Size); err != nil {
			return err
		}
		image, err = tx.saveImage(ctx, userID, image, s.Now(), func(id int64) error {
			return tx.saveChunks(ctx, id, content)
		})
		return err
	})
	return image, isNew && err == nil, err
}

// saveImage makes a user an owner of a photo. saveContent is called to store its bytes unless they are there.
func (r runner) saveImage(ctx context.Context, userID int64, image app.Image, now time.Time, saveContent func(id int64) error) (app.Image, error) {
	err := r.scan(ctx, `select id from images where sha256 = $1`, []any{image.Hash[:]}, &image.ID)
	if errors.Is(err, sql.ErrNoRows) {
		image, err = r.createImage(ctx, image, now, saveContent)
	}
	if err != nil {
		return image, err
	}
	_, err = r.exec(ctx, `insert into image_owners (user_id, image_id, checked_at) values ($1, $2, $3)`, userID, image.ID, micros(now))
	return image, err
}

// createImage stores a photo that nobody has yet.
func (r runner) createImage(ctx context.Context, image app.Image, now time.Time, saveContent func(id int64) error) (app.Image, error) {
	err := r.scan(ctx, `insert into images (sha256, media_type, size, width, height, created_at) values ($1, $2, $3, $4, $5, $6) returning id`,
		[]any{image.Hash[:], image.MediaType, image.Size, image.Width, image.Height, micros(now)}, &image.ID)
	if err == nil {
		err = saveContent(image.ID)
	}
	return image, err
}

func (r runner) saveChunks(ctx context.Context, imageID int64, content []byte) error {
	for position := 0; position < len(content); position += app.ImagePartSize {
		chunk := content[position:min(position+app.ImagePartSize, len(content))]
		if _, err := r.exec(ctx, `insert into image_chunks (image_id, position, bytes) values ($1, $2, $3)`, imageID, position, chunk); err != nil {
			return err
		}
	}
	return nil
}

// ImageReader reads the bytes of a photo piece by piece. Between two pieces it holds nothing of the database, so a
// slow receiver blocks nobody. Reading a photo that is deleted meanwhile fails.
type ImageReader struct {
	runner   runner
	ctx      context.Context
	image    app.Image
	position int64
	chunk    []byte
	begin    int64 // position of chunk in the photo
}

// ReadImage returns a reader of a photo's bytes.
func (s *Store) ReadImage(ctx context.Context, image app.Image) *ImageReader {
	return &ImageReader{runner: s.reading(), ctx: ctx, image: image}
}

// Read implements io.Reader.
func (r *ImageReader) Read(to []byte) (int, error) {
	if r.position >= r.image.Size {
		return 0, io.EOF
	}
	begin := r.position - r.position%app.ImagePartSize
	if r.chunk == nil || begin != r.begin {
		err := r.runner.scan(r.ctx, `select bytes from image_chunks where image_id = $1 and position = $2`,
			[]any{r.image.ID, begin}, &r.chunk)
		if err != nil {
			return 0, err
		}
		r.begin = begin
	}
	n := copy(to, r.chunk[r.position-begin:])
	r.position += int64(n)
	return n, nil
}

// Seek implements io.Seeker.
func (r *ImageReader) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += r.position
	case io.SeekEnd:
		offset += r.image.Size
	}
	if offset < 0 {
		return 0, errors.New("seek before the start of the photo")
	}
	r.position = offset
	return offset, nil
}
