package apptest

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"testing"
)

// noise returns an incompressible picture, a different one for each seed.
func noise(width, height int, seed uint64) *image.Paletted {
	random := rand.New(rand.NewPCG(seed, 0))
	palette := make(color.Palette, 256)
	for i := range palette {
		palette[i] = color.Gray{uint8(i)}
	}
	picture := image.NewPaletted(image.Rect(0, 0, width, height), palette)
	for i := range picture.Pix {
		picture.Pix[i] = uint8(random.Uint32())
	}
	return picture
}

// PNG returns a photo of about width * height bytes, a different one for each seed.
func PNG(t testing.TB, width, height int, seed uint64) []byte {
	t.Helper()
	var text bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.NoCompression}
	if err := encoder.Encode(&text, noise(width, height, seed)); err != nil {
		t.Fatal(err)
	}
	return text.Bytes()
}

// JPEG returns a photo.
func JPEG(t testing.TB, width, height int) []byte {
	t.Helper()
	var text bytes.Buffer
	if err := jpeg.Encode(&text, noise(width, height, 1), nil); err != nil {
		t.Fatal(err)
	}
	return text.Bytes()
}

// GIF returns an animation.
func GIF(t testing.TB, width, height, frames int) []byte {
	t.Helper()
	var all gif.GIF
	for range frames {
		all.Image = append(all.Image, noise(width, height, 1))
		all.Delay = append(all.Delay, 1)
	}
	var text bytes.Buffer
	if err := gif.EncodeAll(&text, &all); err != nil {
		t.Fatal(err)
	}
	return text.Bytes()
}

// WebP returns a lossless photo of one colour, whose pixels take no bytes.
func WebP(width, height int) []byte {
	sides := uint32(width-1) | uint32(height-1)<<14
	content := append([]byte{0x2f}, binary.LittleEndian.AppendUint32(nil, sides)...)
	return riff(append(content, 0x88, 0x88, 0x08, 0, 0, 0), "VP8L")
}

// LossyWebP returns the beginning of a lossy photo, up to its dimensions.
func LossyWebP(width, height uint16) []byte {
	content := []byte{0x10, 0, 0, 0x9d, 0x01, 0x2a}
	content = binary.LittleEndian.AppendUint16(content, width)
	return riff(binary.LittleEndian.AppendUint16(content, height), "VP8 ")
}

// AnimatedWebP returns the container of an animation, with empty frames.
func AnimatedWebP(width, height uint32, frames int) []byte {
	content := binary.LittleEndian.AppendUint32([]byte{2, 0, 0, 0}, width-1)[:7]
	content = binary.LittleEndian.AppendUint32(content, height-1)[:10]
	all := riff(content, "VP8X")
	for range frames {
		all = append(all, "ANMF\x03\x00\x00\x00abc\x00"...) // an odd size is filled up
	}
	return all
}

// riff returns a WebP with one chunk.
func riff(content []byte, kind string) []byte {
	text := append([]byte("RIFF\x00\x00\x00\x00WEBP"+kind),
		binary.LittleEndian.AppendUint32(nil, uint32(len(content)))...)
	text = append(text, content...)
	binary.LittleEndian.PutUint32(text[4:], uint32(len(text)-8))
	return text
}
