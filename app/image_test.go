package app_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/apptest"
)

// bombPNG returns a photo whose header announces more pixels than its data holds.
func bombPNG(width, height uint32) []byte {
	chunk := func(kind string, content []byte) []byte {
		text := append(binary.BigEndian.AppendUint32(nil, uint32(len(content))), kind...)
		text = append(text, content...)
		return binary.BigEndian.AppendUint32(text, crc32.ChecksumIEEE(text[4:]))
	}
	header := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, width), height)
	text := append([]byte("\x89PNG\r\n\x1a\n"), chunk("IHDR", append(header, 8, 2, 0, 0, 0))...)
	text = append(text, chunk("tEXt", []byte("Comment\x00none"))...)
	return append(text, chunk("IDAT", []byte{1})...)
}

// animatedPNG returns a PNG that announces frames.
func animatedPNG(frames uint32) []byte {
	still := bombPNG(10, 10)
	control := append([]byte("\x00\x00\x00\x08acTL"), binary.BigEndian.AppendUint32(nil, frames)...)
	control = append(control, 0, 0, 0, 0, 0, 0, 0, 0) // plays, checksum
	return bytes.Join([][]byte{still[:33], control, still[33:]}, nil)
}

func TestPhotosAreKnownByTheirContent(t *testing.T) {
	for name, try := range map[string]struct {
		content []byte
		want    string
	}{
		"PNG":             {apptest.PNG(t, 30, 20, 1), "image/png 30x20"},
		"an animated PNG": {animatedPNG(app.MaxImageFrames), "image/png 10x10"},
		"JPEG":            {apptest.JPEG(t, 31, 21), "image/jpeg 31x21"},
		"GIF":             {apptest.GIF(t, 32, 22, 3), "image/gif 32x22"},
		"a GIF that breaks off after its first frame": {apptest.GIF(t, 32, 22, 2)[:2000], "image/gif 32x22"},
		"WebP":             {apptest.WebP(33, 23), "image/webp 33x23"},
		"WebP with loss":   {apptest.LossyWebP(34, 24), "image/webp 34x24"},
		"an animated WebP": {apptest.AnimatedWebP(3000, 2000, app.MaxImageFrames), "image/webp 3000x2000"},
		"the largest":      {bombPNG(8000, 5000), "image/png 8000x5000"},
		"the longest":      {bombPNG(app.MaxImageSide, 2000), "image/png 16384x2000"},
	} {
		image, err := app.ReadImage(iotest.HalfReader(bytes.NewReader(try.content)))
		if got := fmt.Sprintf("%s %dx%d", image.MediaType, image.Width, image.Height); err != nil || got != try.want {
			t.Errorf("%s: %s, %v; want %s", name, got, err, try.want)
		}
	}
}

func TestWhatIsNoPhotoIsRefusedWithAdvice(t *testing.T) {
	for name, try := range map[string]struct {
		content []byte
		kind    app.Kind
		advice  string
	}{
		"nothing":                   {nil, app.KindInvalid, "no photo"},
		"HEIC":                      {[]byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"), app.KindUnsupported, "Browsers cannot show this kind of photo (HEIC). Please save it as JPEG"},
		"HEIF":                      {[]byte("\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00mif1heic"), app.KindUnsupported, "HEIC"},
		"AVIF":                      {[]byte("\x00\x00\x00\x18ftypavif\x00\x00\x00\x00"), app.KindUnsupported, "save this one as JPEG"},
		"SVG":                       {[]byte("\xef\xbb\xbf\n <?xml version='1.0'?><svg onload='alert(1)'/>"), app.KindUnsupported, "save it as PNG"},
		"a page":                    {[]byte("<!doctype html><script>"), app.KindUnsupported, "program"},
		"BMP":                       {[]byte("BM" + strings.Repeat("\x00", 100)), app.KindUnsupported, "JPEG, PNG, WebP and GIF"},
		"TIFF":                      {[]byte("II*\x00" + strings.Repeat("\x00", 100)), app.KindUnsupported, "JPEG, PNG"},
		"PDF":                       {[]byte("%PDF-1.7"), app.KindUnsupported, "JPEG, PNG"},
		"a sound":                   {[]byte("RIFF\x24\x00\x00\x00WAVEfmt "), app.KindUnsupported, "JPEG, PNG"},
		"words":                     {[]byte(`{"photo": "none"}`), app.KindUnsupported, "JPEG, PNG"},
		"a bomb":                    {bombPNG(8001, 5000), app.KindTooLarge, "8001 by 5000"},
		"a long bomb":               {bombPNG(16385, 1), app.KindTooLarge, "16385 by 1"},
		"the largest bomb":          {bombPNG(0x7fffffff, 0x7fffffff), app.KindTooLarge, "pixels"},
		"no pixels":                 {bombPNG(0, 10), app.KindInvalid, "empty"},
		"a WebP bomb":               {apptest.WebP(16384, 16384), app.KindTooLarge, "pixels"},
		"an animated WebP bomb":     {apptest.AnimatedWebP(1<<24, 1<<24, 1), app.KindTooLarge, "pixels"},
		"a GIF whose frame is huge": {hugeFrame(t), app.KindTooLarge, "pixels"},
		"a long GIF":                {apptest.GIF(t, 1, 1, app.MaxImageFrames+1), app.KindTooLarge, "animation"},
		"a long WebP":               {apptest.AnimatedWebP(1, 1, app.MaxImageFrames+1), app.KindTooLarge, "animation"},
		"a long PNG":                {animatedPNG(app.MaxImageFrames + 1), app.KindTooLarge, "animation"},
		"half a PNG header":         {apptest.PNG(t, 9, 9, 1)[:20], app.KindInvalid, "damaged"},
		"half a JPEG header":        {apptest.JPEG(t, 9, 9)[:30], app.KindInvalid, "damaged"},
		"half a GIF header":         {apptest.GIF(t, 9, 9, 1)[:40], app.KindInvalid, "damaged"},
		"half a WebP header":        {apptest.WebP(9, 9)[:22], app.KindInvalid, "damaged"},
		"a WebP of no known kind":   {bytes.Replace(apptest.LossyWebP(9, 9), []byte("VP8 "), []byte("VP9 "), 1), app.KindInvalid, "damaged"},
	} {
		_, err := app.ReadImage(bytes.NewReader(try.content))
		if app.KindOf(err) != try.kind || !strings.Contains(err.Error(), try.advice) {
			t.Errorf("%s: %v; want kind %d and %q", name, err, try.kind, try.advice)
		}
	}
}

// hugeFrame returns a GIF with small dimensions and a larger frame.
func hugeFrame(t *testing.T) []byte {
	content := apptest.GIF(t, 9, 9, 1)
	at := bytes.LastIndex(content, []byte("\x2c\x00\x00\x00\x00\x09\x00\x09\x00"))
	if at < 0 {
		t.Fatal("the frame is not found")
	}
	copy(content[at+5:], "\xff\xff\xff\xff")
	return content
}

func TestAFaultOfTheSourceIsNoFaultOfThePhoto(t *testing.T) {
	fault := errors.New("the disk is gone")
	for _, content := range [][]byte{apptest.PNG(t, 200, 200, 1)[:100], apptest.JPEG(t, 9, 9)[:100], apptest.GIF(t, 9, 9, 9)[:900], apptest.AnimatedWebP(9, 9, 9)[:50], nil} {
		_, err := app.ReadImage(io.MultiReader(bytes.NewReader(content), iotest.ErrReader(fault)))
		if err != fault {
			t.Errorf("%.12q: %v", content, err)
		}
	}
}

func TestImageHash(t *testing.T) {
	text := strings.Repeat("0123456789abcdef", 4)
	hash, ok := app.ParseImageHash(text)
	if !ok || hash.String() != text {
		t.Errorf("%s becomes %s", text, hash)
	}
	for _, wrong := range []string{"", text[:62], text[:63], text + "00", strings.ToUpper(text), strings.Repeat("g", 64)} {
		if _, ok := app.ParseImageHash(wrong); ok {
			t.Errorf("%q is taken for a hash", wrong)
		}
	}
}

// FuzzReadImage checks that malformed photos only cause errors.
func FuzzReadImage(f *testing.F) {
	for _, seed := range [][]byte{apptest.PNG(f, 3, 3, 1), apptest.JPEG(f, 3, 3), apptest.GIF(f, 3, 3, 2), apptest.WebP(3, 3), apptest.AnimatedWebP(3, 3, 2), animatedPNG(2)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		image, err := app.ReadImage(bytes.NewReader(content))
		if app.KindOf(err) == app.KindInternal {
			t.Fatal(err)
		}
		if err == nil && (image.Width < 1 || image.Height < 1 || image.Width*image.Height > app.MaxImagePixels) {
			t.Fatalf("%+v", image)
		}
	})
}
