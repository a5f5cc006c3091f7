package app

import (
	"bufio"
	"encoding/binary"
	"errors"
	"image/jpeg"
	"io"
)

// errImage is the error for an invalid header. ReadImage adds the explanation for the user.
var errImage = errors.New("the header is invalid")

// next reads n bytes.
func next(r *bufio.Reader, n int) ([]byte, error) {
	bytes := make([]byte, n)
	_, err := io.ReadFull(r, bytes)
	return bytes, err
}

// readPNG reads the header, and the number of frames of an animated PNG, which is stored before the pixels.
func readPNG(r *bufio.Reader) (header imageHeader, err error) {
	start, err := next(r, 33) // signature; length, type, content and checksum of IHDR
	if err != nil || string(start[12:16]) != "IHDR" {
		return header, errors.Join(err, errImage)
	}
	width, height := binary.BigEndian.Uint32(start[16:]), binary.BigEndian.Uint32(start[20:])
	header = imageHeader{int(width & 0x7fff_ffff), int(height & 0x7fff_ffff), 1}
	for {
		chunk, err := next(r, 8)
		if err != nil {
			return header, err
		}
		size := int(binary.BigEndian.Uint32(chunk) & 0x7fff_ffff)
		switch string(chunk[4:]) {
		case "IDAT":
			return header, nil
		case "acTL":
			control, err := next(r, 8)
			if err != nil || size != 8 {
				return header, errors.Join(err, errImage)
			}
			header.frames = int(binary.BigEndian.Uint32(control) & 0x7fff_ffff)
			size = 0
		}
		if _, err := r.Discard(size + 4); err != nil { // with the checksum
			return header, err
		}
	}
}

func readJPEG(r *bufio.Reader) (imageHeader, error) {
	config, err := jpeg.DecodeConfig(r)
	return imageHeader{config.Width, config.Height, 1}, err
}

// readGIF scans the frames without decoding them. A GIF that is truncated after its first frame is accepted, because
// browsers show it.
func readGIF(r *bufio.Reader) (header imageHeader, err error) {
	start, err := next(r, 13)
	if err != nil {
		return header, err
	}
	header.width, header.height = int(binary.LittleEndian.Uint16(start[6:])), int(binary.LittleEndian.Uint16(start[8:]))
	_, err = r.Discard(colours(start[10]))
	for err == nil && header.frames <= MaxImageFrames {
		var kind byte
		if kind, err = r.ReadByte(); err != nil {
			break
		}
		switch kind {
		case 0x21: // extension: label and blocks
			if _, err = r.Discard(1); err == nil {
				err = skipBlocks(r)
			}
		case 0x2c:
			err = header.addFrame(r)
		case 0x3b:
			err = io.EOF
		default:
			err = errImage
		}
	}
	if header.frames > 0 && (err == io.EOF || err == io.ErrUnexpectedEOF) {
		err = nil
	}
	return header, err
}

// addFrame scans one frame of a GIF. A frame may exceed the dimensions in the header.
func (h *imageHeader) addFrame(r *bufio.Reader) error {
	frame, err := next(r, 9)
	if err != nil {
		return err
	}
	at := func(i int) int { return int(binary.LittleEndian.Uint16(frame[i:])) }
	h.width, h.height = max(h.width, at(0)+at(4)), max(h.height, at(2)+at(6))
	if _, err := r.Discard(colours(frame[8]) + 1); err != nil { // with the code size
		return err
	}
	h.frames++
	return skipBlocks(r)
}

// colours returns the size in bytes of the colour table that a GIF's flags announce.
func colours(flags byte) int {
	if flags&0x80 == 0 {
		return 0
	}
	return 3 << (flags&7 + 1)
}

// skipBlocks skips data blocks, each preceded by its size, up to and including an empty one.
func skipBlocks(r *bufio.Reader) error {
	for {
		size, err := r.ReadByte()
		if err != nil || size == 0 {
			return err
		}
		if _, err := r.Discard(int(size)); err != nil {
			return err
		}
	}
}

// readWebP reads the dimensions from the first chunk, in any of the three variants, and counts the frames of an
// animation.
func readWebP(r *bufio.Reader) (header imageHeader, err error) {
	start, err := next(r, 30) // RIFF, size, WEBP; then type and size of the chunk, and 10 bytes of it
	if err != nil {
		return header, err
	}
	content := start[20:]
	switch string(start[12:16]) {
	case "VP8 ":
		if string(content[3:6]) != "\x9d\x01\x2a" {
			return header, errImage
		}
		width, height := binary.LittleEndian.Uint16(content[6:]), binary.LittleEndian.Uint16(content[8:])
		return imageHeader{int(width & 0x3fff), int(height & 0x3fff), 1}, nil
	case "VP8L":
		if content[0] != 0x2f {
			return header, errImage
		}
		sides := binary.LittleEndian.Uint32(content[1:])
		return imageHeader{int(sides&0x3fff) + 1, int(sides>>14&0x3fff) + 1, 1}, nil
	case "VP8X":
		header.width = 1 + int(uint32(content[4])|uint32(content[5])<<8|uint32(content[6])<<16)
		header.height = 1 + int(uint32(content[7])|uint32(content[8])<<8|uint32(content[9])<<16)
		header.frames, err = countWebPFrames(r)
		return header, err
	}
	return header, errImage
}

// countWebPFrames counts the frames among the chunks after the header of an extended WebP. A still image has none.
func countWebPFrames(r *bufio.Reader) (frames int, err error) {
	for frames <= MaxImageFrames {
		chunk, err := next(r, 8)
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			return frames, nil
		}
		if err != nil {
			return frames, err
		}
		if string(chunk[:4]) == "ANMF" {
			frames++
		}
		size := int64(binary.LittleEndian.Uint32(chunk[4:]))
		if _, err := io.CopyN(io.Discard, r, size+size&1); err == io.EOF {
			return frames, nil
		} else if err != nil {
			return frames, err
		}
	}
	return frames, nil
}
