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
	MaxImagePixels = 40_000_000 // a small file can have many pixels, each of which takes four bytes in a browser
	MaxImageSide   = 16_384     // pixels; the maximum that browsers draw
	MaxImageFrames = 500        // in an animation

	DefaultQuota  = 400 << 20 // bytes for the photos and history of one user by default
	ImageMinimum  = 4 << 10   // minimum bytes that a photo counts for, since it takes a page of the database
	ImagePartSize = 96 << 10  // bytes; some small hosts limit requests to 128 KiB
)

// Lifetimes of unused and incomplete photos.
const (
	// A photo that no tile and no kept version shows is kept for at least ImageUnusedLifetime, and until its owner's
	// museum was written to on ImageUnusedDays later days. A device that was closed after the upload has yet to send
	// the graph that shows the photo: time alone does not tell, and clocks may jump.
	ImageUnusedLifetime = 30 * 24 * time.Hour
	ImageUnusedDays     = 8

	ImagePartLifetime = 7 * 24 * time.Hour // of the parts of an incomplete upload
)

// ImageHash identifies a photo: the SHA-256 of its bytes.
type ImageHash [sha256.Size]byte

// String returns the hash as in URLs and graph states: 64 lower-case hexadecimal digits.
func (h ImageHash) String() string { return hex.EncodeToString(h[:]) }

// ParseImageHash parses the output of String, and no other spelling.
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
	Width     int    // pixels as stored; metadata may rotate the photo for display
	Height    int    // likewise
}

// ImageDocument is a photo in API responses.
type ImageDocument struct {
	SHA256    string `json:"sha256"`
	URL       string `json:"url"` // relative to the museum's page, like all URLs there
	MediaType string `json:"media_type"`
	Size      int64  `json:"size"`
	Width     int    `json:"width"`
	Height    int    `json:"height"`
}

// Document returns the photo as in API responses.
func (i Image) Document() ImageDocument {
	hash := i.Hash.String()
	return ImageDocument{hash, "api/images/" + hash, i.MediaType, i.Size, i.Width, i.Height}
}

// imageFormat is an accepted image format: one that every browser shows and that cannot contain scripts.
type imageFormat struct {
	mediaType string
	isFormat  func(start []byte) bool
	read      func(*bufio.Reader) (imageHeader, error)
}

var imageFormats = []imageFormat{
	{"image/png", startsWith("\x89PNG\r\n\x1a\n"), readPNG},
	{"image/jpeg", startsWith("\xff\xd8\xff"), readJPEG},
	{"image/gif", func(start []byte) bool { return startsWith("GIF87a")(start) || startsWith("GIF89a")(start) },
		readGIF},
	{"image/webp", func(start []byte) bool {
		return startsWith("RIFF")(start) && len(start) >= 12 && string(start[8:12]) == "WEBP"
	}, readWebP},
}

func startsWith(prefix string) func([]byte) bool {
	return func(start []byte) bool { return bytes.HasPrefix(start, []byte(prefix)) }
}

// imageHeader holds the dimensions and the number of frames in an image's header.
type imageHeader struct{ width, height, frames int }

// imageStart is the number of bytes that identify the format of an image.
const imageStart = 64

// ReadImage determines the format of the photo in r from its content, and its dimensions, without decoding it. It
// leaves ID, Hash and Size to the caller. It fails with KindUnsupported for an unaccepted format, KindTooLarge for
// too many pixels or frames, and KindInvalid for a damaged photo; errors of r are returned unchanged.
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
				Message: "This photo cannot be read: it is damaged or in a rare format. Please open it on your " +
					"device, save it as JPEG, and add that."}
		}
		return Image{MediaType: format.mediaType, Width: header.width, Height: header.height}, header.check()
	}
	return Image{}, errNoPhoto(start)
}

// faultKeeper remembers the error of a reader, which decoders wrap or lose.
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

// check compares an image with the limits.
func (h imageHeader) check() error {
	switch {
	case h.width < 1 || h.height < 1:
		return Errorf(KindInvalid, "This photo is empty. Please choose another.")
	case h.width > MaxImageSide || h.height > MaxImageSide || h.width*h.height > MaxImagePixels:
		return Errorf(KindTooLarge, "This photo is too large to show: %d by %d pixels. Please make it smaller "+
			"(4000 by 3000 is plenty) and add that.", h.width, h.height)
	case h.frames > MaxImageFrames:
		return Errorf(KindTooLarge, "This animation is too long: it has more than %d frames. Please add a "+
			"shorter one, or a photo.", MaxImageFrames)
	}
	return nil
}

// errNoPhoto returns an error that says what to do with a file in another format.
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
		return Errorf(KindUnsupported,
			"Browsers cannot show this kind of photo (HEIC). Please save it as JPEG and add that.")
	case bytes.HasPrefix(text, []byte("<")):
		return Errorf(KindUnsupported, "This is a drawing or a page (such as SVG) rather than a photo, and could "+
			"contain a program. Please save it as PNG and add that.")
	}
	return Errorf(KindUnsupported, "Only JPEG, PNG, WebP and GIF photos are supported. Please save this one as "+
		"JPEG and add that.")
}
