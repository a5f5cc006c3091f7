package app

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"slices"
	"strings"
	"testing"
)

// secret must not remain in a photo.
const secret = "52.5163N 13.3777E"

// exifOf returns Exif data with an orientation and a location.
func exifOf(orientation int) []byte {
	return append(orientationTIFF(orientation), secret...)
}

var (
	red  = color.RGBA{220, 30, 30, 255}
	blue = color.RGBA{30, 30, 220, 255}
)

// marked returns a picture of 80 by 48 pixels that is red in its upper left corner and blue in its upper right one.
func marked() *image.RGBA {
	picture := image.NewRGBA(image.Rect(0, 0, 80, 48))
	for i := range picture.Pix {
		picture.Pix[i] = 255
	}
	for y := range 16 {
		for x := range 16 {
			picture.Set(x, y, red)
			picture.Set(79-x, y, blue)
		}
	}
	return picture
}

// photo returns a JPEG of a picture with additional segments at its beginning.
func photo(t testing.TB, picture image.Image, segments ...[]byte) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := jpeg.Encode(&out, picture, nil); err != nil {
		t.Fatal(err)
	}
	return slices.Concat(out.Bytes()[:2], slices.Concat(segments...), out.Bytes()[2:])
}

func exifSegment(orientation int) []byte {
	return jpegSegment(jpegAPP1, append([]byte(exifHeader), exifOf(orientation)...))
}

func decoded(t testing.TB, content []byte) image.Image {
	t.Helper()
	picture, _, err := image.Decode(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	return picture
}

// wantClean checks that the secret is gone, that a second cleaning changes nothing, and that the photo is still
// valid.
func wantClean(t *testing.T, name string, content []byte) []byte {
	t.Helper()
	clean := CleanImage(content)
	if bytes.Contains(clean, []byte(secret)) {
		t.Errorf("%s: the place is still there", name)
	}
	if !bytes.Equal(CleanImage(clean), clean) {
		t.Errorf("%s: a clean photo is cleaned again", name)
	}
	if _, err := ReadImage(bytes.NewReader(clean)); err != nil {
		t.Errorf("%s: the clean photo is none: %v", name, err)
	}
	return clean
}

func TestCleanJPEG(t *testing.T) {
	profile := jpegSegment(0xe2, []byte("ICC_PROFILE\x00\x01\x01profile"))
	adobe := jpegSegment(0xee, []byte("Adobe\x00\x64\x00\x00\x00\x00\x01"))
	jfif := jpegSegment(jpegAPP0, []byte("JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"))
	plain := photo(t, marked(), jfif, profile, adobe)
	if !bytes.Equal(CleanImage(plain), plain) {
		t.Error("a photo with nothing to take out is changed")
	}
	preview := jpegSegment(jpegAPP0, []byte("JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x01\x01abc"+secret))
	full := photo(t, marked(), preview, exifSegment(1), profile, adobe,
		jpegSegment(jpegAPP1, []byte("http://ns.adobe.com/xap/1.0/\x00"+secret)),
		jpegSegment(0xed, []byte("Photoshop 3.0\x00"+secret)),
		jpegSegment(0xe2, []byte("MPF\x00"+secret)),
		jpegSegment(jpegAPP0, []byte("JFXX\x00"+secret)),
		jpegSegment(jpegCOM, []byte(secret)))
	full = append(full, "a film of the moment "+secret...)
	if clean := wantClean(t, "JPEG", full); !bytes.Equal(clean, plain) {
		t.Errorf("got %d bytes, want the %d that make the picture", len(clean), len(plain))
	}
	if cut := plain[:len(plain)-20]; !bytes.Equal(CleanImage(cut), cut) {
		t.Error("a photo that breaks off is changed")
	}
}

// TestCleanJPEGIsTurned checks the corners against Exif 2.3, which says where the first row and column of the pixels
// are displayed.
func TestCleanJPEGIsTurned(t *testing.T) {
	grey := image.NewGray(image.Rect(0, 0, 40, 20))
	for x := range 10 {
		grey.Set(x, 0, color.White)
	}
	for orientation, corners := range map[int][2]string{
		2: {"top right", "top left"}, 3: {"bottom right", "bottom left"}, 4: {"bottom left", "bottom right"},
		5: {"top left", "bottom left"}, 6: {"top right", "bottom right"}, 7: {"bottom right", "top right"}, 8: {"bottom left", "top left"},
	} {
		profile := jpegSegment(0xe2, []byte("ICC_PROFILE\x00\x01\x01profile"))
		clean := wantClean(t, "turned JPEG", photo(t, marked(), exifSegment(orientation), profile))
		if !bytes.Contains(clean, profile) || bytes.Contains(clean, []byte(exifHeader)) {
			t.Errorf("orientation %d: the profile is lost, or the orientation kept", orientation)
		}
		picture := decoded(t, clean)
		width, height := picture.Bounds().Dx(), picture.Bounds().Dy()
		if isHigh := height > width; isHigh != (orientation >= 5) {
			t.Errorf("orientation %d: %d by %d", orientation, width, height)
		}
		at := map[string]image.Point{"top left": {4, 4}, "top right": {width - 5, 4}, "bottom left": {4, height - 5}, "bottom right": {width - 5, height - 5}}
		for i, want := range []color.RGBA{red, blue} {
			place := at[corners[i]]
			r, _, b, _ := picture.At(place.X, place.Y).RGBA()
			if (r > b) != (want == red) || max(r, b) < 0x8000 || min(r, b) > 0x8000 {
				t.Errorf("orientation %d: %s is %v", orientation, corners[i], picture.At(place.X, place.Y))
			}
		}
		wantClean(t, "grey JPEG", photo(t, grey, exifSegment(orientation)))
	}
	large := photo(t, image.NewGray(image.Rect(0, 0, 5000, 4000)), exifSegment(6))
	if clean := wantClean(t, "large JPEG", large); !bytes.Contains(clean, orientationTIFF(6)) {
		t.Error("a photo too large to be turned has lost its orientation")
	}
}

func TestCleanPNG(t *testing.T) {
	var out bytes.Buffer
	if err := png.Encode(&out, marked()); err != nil {
		t.Fatal(err)
	}
	const start = 33 // behind IHDR
	with := func(chunks ...[]byte) []byte {
		return slices.Concat(out.Bytes()[:start], slices.Concat(chunks...), out.Bytes()[start:])
	}
	gamma := pngChunk("gAMA", []byte{0, 0, 0xb1, 0x8f})
	full := with(gamma, pngChunk("tEXt", []byte("Comment\x00"+secret)), pngChunk("eXIf", exifOf(1)), pngChunk("tIME", []byte("1234567")), pngChunk("zzZz", []byte(secret)))
	if clean := wantClean(t, "PNG", append(full, secret...)); !bytes.Equal(clean, with(gamma)) {
		t.Errorf("got %q", clean)
	}
	if clean := wantClean(t, "turned PNG", with(pngChunk("eXIf", exifOf(8)))); !bytes.Equal(clean, with(pngChunk("eXIf", orientationTIFF(8)))) {
		t.Errorf("got %q", clean)
	}
	if got := crc32.ChecksumIEEE([]byte("gAMA\x00\x00\xb1\x8f")); binary.BigEndian.Uint32(gamma[12:]) != got {
		t.Error("the checksum is wrong")
	}
}

func TestCleanWebP(t *testing.T) {
	chunk := func(kind, content string) string {
		size := string(binary.LittleEndian.AppendUint32(nil, uint32(len(content))))
		return kind + size + content + strings.Repeat("\x00", len(content)%2)
	}
	file := func(chunks ...string) []byte {
		content := []byte("RIFF\x00\x00\x00\x00WEBP" + strings.Join(chunks, ""))
		binary.LittleEndian.PutUint32(content[4:], uint32(len(content)-8))
		return content
	}
	header := func(flags byte) string { return chunk("VP8X", string([]byte{flags, 0, 0, 0, 79, 0, 0, 47, 0, 0})) }
	lossless := chunk("VP8L", "\x2f\x4f\xc0\x0b\x00\x88\x88\x08")
	profile := chunk("ICCP", "profile")
	full := file(header(0x2c), profile, lossless, chunk("EXIF", string(exifOf(1))), chunk("XMP ", secret), chunk("zzzz", secret))
	if clean := wantClean(t, "WebP", full); !bytes.Equal(clean, file(header(0x20), profile, lossless)) {
		t.Errorf("got %q", clean)
	}
	turned := file(header(0x0c), lossless, chunk("EXIF", exifHeader+string(exifOf(6))), chunk("XMP ", secret))
	if clean := wantClean(t, "turned WebP", turned); !bytes.Equal(clean, file(header(0x08), lossless, chunk("EXIF", string(orientationTIFF(6))))) {
		t.Errorf("got %q", clean)
	}
	if plain := file(lossless); !bytes.Equal(CleanImage(plain), plain) {
		t.Error("a photo with nothing to take out is changed")
	}
}

func TestCleanGIF(t *testing.T) {
	var out bytes.Buffer
	frame := image.NewPaletted(image.Rect(0, 0, 8, 8), color.Palette{color.Black, color.White})
	if err := gif.EncodeAll(&out, &gif.GIF{Image: []*image.Paletted{frame, frame}, Delay: []int{5, 5}}); err != nil {
		t.Fatal(err)
	}
	plain := out.Bytes()
	if !bytes.Equal(CleanImage(plain), plain) || !bytes.Contains(plain, []byte("NETSCAPE2.0")) {
		t.Error("an animation with nothing to take out is changed")
	}
	start := 13 + colours(plain[10])
	comment := "\x21\xfe" + string(rune(len(secret))) + secret + "\x00"
	xmp := "\x21\xff\x0bXMP DataXMP" + string(rune(len(secret))) + secret + "\x00"
	full := slices.Concat(plain[:start], []byte(comment+xmp), plain[start:], []byte(secret))
	if clean := wantClean(t, "GIF", full); !bytes.Equal(clean, plain) {
		t.Errorf("got %d bytes, want %d", len(clean), len(plain))
	}
}

func TestCleanStatePhotos(t *testing.T) {
	full := photo(t, marked(), exifSegment(1))
	encoded := func(content []byte) string { return base64.StdEncoding.EncodeToString(content) }
	state := func(photos ...string) string {
		return `{"expressions":{"list":[{"image_url":"` + strings.Join(photos, `"},{"image_url":"`) + `"},{"latex":"data:image"}]},"note":"data:image/png;base64"}`
	}
	jpegs := "data:image/jpeg;base64,"
	got := CleanStatePhotos(state(jpegs+encoded(full), jpegs+strings.ReplaceAll(encoded(full), "/", `\/`), jpegs+"no base64", "data:image/png,x", "api/images/1"))
	want := state(jpegs+encoded(CleanImage(full)), jpegs+encoded(CleanImage(full)), jpegs+"no base64", "data:image/png,x", "api/images/1")
	if got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if plain := state("x"); CleanStatePhotos(plain) != plain {
		t.Error("a state without photos is changed")
	}
}

// FuzzCleanImage looks for photos that are damaged by cleaning, or not clean after it.
func FuzzCleanImage(f *testing.F) {
	f.Add(photo(f, marked(), exifSegment(6)))
	f.Add([]byte("RIFF\x00\x00\x00\x00WEBPEXIF\x00\x00\x00\x00"))
	f.Add([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x00eXIf\x00\x00\x00\x00"))
	f.Add([]byte("GIF89a\x01\x00\x01\x00\x00\x00\x00\x21\xfe\x01x\x00\x3b"))
	f.Fuzz(func(t *testing.T, content []byte) {
		clean := CleanImage(bytes.Clone(content))
		if len(clean) > len(content)+64 && !bytes.Contains(content, []byte(exifHeader)) {
			t.Errorf("%d bytes become %d", len(content), len(clean))
		}
		if _, err := ReadImage(bytes.NewReader(content)); err != nil {
			return
		}
		if _, err := ReadImage(bytes.NewReader(clean)); err != nil {
			t.Errorf("the clean photo is none: %v", err)
		}
		if !bytes.Equal(CleanImage(bytes.Clone(clean)), clean) {
			t.Error("a clean photo is cleaned again")
		}
	})
}

// BenchmarkCleanImage rotates a photo of 12 megapixels.
func BenchmarkCleanImage(b *testing.B) {
	picture := image.NewYCbCr(image.Rect(0, 0, 4000, 3000), image.YCbCrSubsampleRatio420)
	for i := range picture.Y {
		picture.Y[i] = byte(i * i >> 7)
	}
	for name, orientation := range map[string]int{"stripped": 1, "turned": 6} {
		content := photo(b, picture, exifSegment(orientation))
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				CleanImage(content)
			}
		})
	}
}
