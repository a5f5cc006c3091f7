package app

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"time"
)

// Limits of photos. A phone's photo of today has 12 megapixels and 3 MB.
const (
	MaxImageSize   = 8 << 20    // bytes
	MaxImagePixels = 40_000_000 // a few bytes can stand for many pixels, each of which takes four in a browser's memory
	MaxImageSide   = 16_384     // pixels; browsers draw no larger ones
	MaxImageFrames = 500        // of an animation

	DefaultQuota  = 400 << 20 // bytes that the photos and the history of one user may take up, unless an operator says otherwise
	ImageMinimum  = 4 << 10   // bytes that a photo counts for at least, since it takes a page of the database
	ImagePartSize = 96 << 10  // bytes: some small hosts cut requests off at 128 KiB
)

// How long photos wait.
const (
	// A photo that no tile and no kept version shows is kept for ImageUnusedLifetime at least, and until its owner's museum has
	// been written to on ImageUnusedDays days since. A device whose lid was closed after the upload has yet to send the graph:
	// time alone says nothing of that, and a clock may jump.
	ImageUnusedLifetime = 30 * 24 * time.Hour
	ImageUnusedDays     = 8

	ImagePartLifetime = 7 * 24 * time.Hour // in parts, before the rest has come
)

// ImageHash names a photo: it is the SHA-256 of its bytes.
type ImageHash [sha256.Size]byte

// String is the hash as addresses and graph states have it: 64 lower-case hexadecimal digits.
func (h ImageHash) String() string { return hex.EncodeToString(h[:]) }

// ParseImageHash reads what String writes, and no other spelling.
func ParseImageHash(text string) (hash ImageHash, ok bool) {
	read, err := hex.DecodeString(text)
	if err != nil || len(read) != len(hash) {
		return hash, false
	}
	copy(hash[:], read)
	return hash, hash.String() == text
}

// Image is a photo without its bytes.
type Image struct {
	ID        int64
	Hash      ImageHash
	MediaType string // one of image/png, image/jpeg, image/webp and image/gif
	Size      int64  // bytes
	Width     int    // pixels, as they are stored: a photo may say that it is to be turned when it is shown
	Height    int    // likewise
}

// ImageDocument is how a photo is answered.
type ImageDocument struct {
	SHA256    string `json:"sha256"`
	URL       string `json:"url"` // relative to the museum's page, as all addresses there
	MediaType string `json:"media_type"`
	Size      int64  `json:"size"`
	Width     int    `json:"width"`
	Height    int    `json:"height"`
}

// Document is the photo as it is answered.
func (i Image) Document() ImageDocument {
	hash := i.Hash.String()
	return ImageDocument{hash, "api/images/" + hash, i.MediaType, i.Size, i.Width, i.Height}
}

// imageFormat is a kind of photo that is taken: one that every browser shows, and that can hold no program.
type imageFormat struct {
	mediaType string
	isFormat  func(start []byte) bool
	read      func(*bufio.Reader) (imageHeader, error)
}

var imageFormats = []imageFormat{
	{"image/png", startsWith("\x89PNG\r\n\x1a\n"), readPNG},
	{"image/jpeg", startsWith("\xff\xd8\xff"), readJPEG},
	{"image/gif", func(start []byte) bool { return startsWith("GIF87a")(start) || startsWith("GIF89a")(start) }, readGIF},
	{"image/webp", func(start []byte) bool {
		return startsWith("RIFF")(start) && len(start) >= 12 && string(start[8:12]) == "WEBP"
	}, readWebP},
}

func startsWith(prefix string) func([]byte) bool {
	return func(start []byte) bool { return bytes.HasPrefix(start, []byte(prefix)) }
}

// imageHeader is what the beginning of a photo says of it.
type imageHeader struct{ width, height, frames int }

// imageStart is how many bytes tell the kind of a photo.
const imageStart = 64

// ReadImage finds what kind of photo r holds, by what is in it, and how large it is, without unpacking it; ID, Hash and
// Size are left to the caller. It fails with KindUnsupported for what is no photo that is taken, KindTooLarge for too many
// pixels, and KindInvalid for a photo that is damaged; an error of r itself comes back as it is.
func ReadImage(r io.Reader) (Image, error) {
	source := &faultKeeper{r: r}
	reader := bufio.NewReader(source)
	start, err := reader.Peek(imageStart)
	if err != nil && err != io.EOF {
		return Image{}, err
	}
	for _, format := range imageFormats {
		if !format.isFormat(start) {
			continue
		}
		header, err := format.read(reader)
		if source.fault != nil {
			return Image{}, source.fault
		}
		if err != nil {
			return Image{}, &Error{Kind: KindInvalid, Cause: err,
				Message: "This photo cannot be read: it is damaged, or of a rare kind. Please open it on your device, save it as JPEG, and add that."}
		}
		return Image{MediaType: format.mediaType, Width: header.width, Height: header.height}, header.check()
	}
	return Image{}, errNoPhoto(start)
}

// faultKeeper remembers why a reader failed, which decoders wrap or lose.
type faultKeeper struct {
	r     io.Reader
	fault error
}

func (k *faultKeeper) Read(to []byte) (int, error) {
	n, err := k.r.Read(to)
	if err != nil && !errors.Is(err, io.EOF) {
		k.fault = err
	}
	return n, err
}

// check holds a photo against the limits.
func (h imageHeader) check() error {
	switch {
	case h.width < 1 || h.height < 1:
		return Errorf(KindInvalid, "This photo is empty. Please choose another.")
	case h.width > MaxImageSide || h.height > MaxImageSide || h.width*h.height > MaxImagePixels:
		return Errorf(KindTooLarge, "This photo has too many pixels to be shown: %d by %d. Please make it smaller, 4000 by 3000 is plenty, and add that.", h.width, h.height)
	case h.frames > MaxImageFrames:
		return Errorf(KindTooLarge, "This animation is too long: it has more than %d pictures. Please add a shorter one, or a photo.", MaxImageFrames)
	}
	return nil
}

// errNoPhoto says what to do with a file that is none of imageFormats.
func errNoPhoto(start []byte) error {
	brand := ""
	if len(start) >= 12 && string(start[4:8]) == "ftyp" {
		brand = string(start[8:12])
	}
	text := bytes.TrimLeft(bytes.TrimPrefix(start, []byte("\xef\xbb\xbf")), " \t\r\n")
	switch {
	case len(start) == 0:
		return Errorf(KindInvalid, "There is no photo in this request.")
	case brand == "heic" || brand == "heix" || brand == "heim" || brand == "heis" || brand == "hevc" || brand == "mif1" || brand == "msf1":
		return Errorf(KindUnsupported, "This kind of photo (HEIC) cannot be shown by browsers. Please save it as JPEG, and add that.")
	case bytes.HasPrefix(text, []byte("<")):
		return Errorf(KindUnsupported, "This is no photo but a drawing or a page (such as SVG), which could hold a program. Please save it as PNG, and add that.")
	}
	return Errorf(KindUnsupported, "Only photos of the kinds JPEG, PNG, WebP and GIF can be kept here. Please save this one as JPEG, and add that.")
}
