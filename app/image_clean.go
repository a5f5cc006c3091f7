package app

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"
	"image/jpeg"
	"slices"
	"strings"
	"sync"
)

// MaxRotatedPixels is the size up to which CleanImage rotates a photo, which takes seven bytes per pixel and half a
// second for 12 million. A larger photo keeps its orientation tag instead.
const MaxRotatedPixels = 16_000_000

// rotatedQuality is the JPEG quality of a rotated photo. The loss is invisible.
const rotatedQuality = 90

// CleanImage removes from a photo what a camera or program stored beside the picture, above all the place where it
// was taken: Exif, XMP, IPTC, comments, previews, and any trailing data. Colour profiles are kept. A JPEG with an
// orientation tag is rotated; other formats, for which there is no encoder here, keep that tag alone. A photo without
// such data, and content that is no photo that ReadImage accepts, is returned unchanged. The result depends on the
// content only.
func CleanImage(content []byte) []byte {
	switch {
	case startsWith("\xff\xd8\xff")(content):
		return cleanJPEG(content)
	case startsWith("\x89PNG\r\n\x1a\n")(content):
		return cleanPNG(content)
	case startsWith("RIFF")(content) && len(content) >= 12 && string(content[8:12]) == "WEBP":
		return cleanWebP(content)
	case startsWith("GIF8")(content):
		return cleanGIF(content)
	}
	return content
}

// exifHeader is the prefix of the JPEG segment with Exif data.
const exifHeader = "Exif\x00\x00"

// Markers of JPEG segments.
const (
	jpegSOI  = 0xd8
	jpegEOI  = 0xd9
	jpegSOS  = 0xda
	jpegAPP0 = 0xe0
	jpegAPP1 = 0xe1
	jpegCOM  = 0xfe
)

// jpegParts is a parsed JPEG.
type jpegParts struct {
	kept        []byte // the segments that make up the picture
	profile     []byte // the segments of the colour profile
	orientation int
}

func cleanJPEG(content []byte) []byte {
	parts, ok := splitJPEG(content)
	if !ok {
		return content // it is truncated within a segment
	}
	if parts.orientation != 1 {
		if turned, ok := parts.rotate(); ok {
			return turned
		}
		segment := append([]byte(exifHeader), orientationTIFF(parts.orientation)...)
		parts.kept = slices.Concat(parts.kept[:2], jpegSegment(jpegAPP1, segment), parts.kept[2:])
	}
	if bytes.Equal(parts.kept, content) {
		return content
	}
	return parts.kept
}

func jpegSegment(marker byte, content []byte) []byte {
	return append(binary.BigEndian.AppendUint16([]byte{0xff, marker}, uint16(len(content)+2)), content...)
}

// splitJPEG parses the segments of a JPEG (ITU-T T.81, annex B).
func splitJPEG(content []byte) (parts jpegParts, ok bool) {
	parts.orientation = 1
	parts.kept = append(make([]byte, 0, len(content)), content[:2]...)
	for i := 2; ; {
		for i+1 < len(content) && content[i] == 0xff && content[i+1] == 0xff {
			i++ // filler
		}
		if i+4 > len(content) || content[i] != 0xff {
			return parts, i+1 < len(content) && content[i] == 0xff && content[i+1] == jpegEOI && parts.finish()
		}
		marker := content[i+1]
		if marker == jpegEOI {
			return parts, parts.finish()
		}
		end := i + 2 + int(binary.BigEndian.Uint16(content[i+2:]))
		if end > len(content) || end < i+4 {
			return parts, false
		}
		parts.take(marker, content[i:end])
		i = end
		if marker == jpegSOS {
			next := entropyEnd(content, i)
			parts.kept = append(parts.kept, content[i:next]...)
			if i = next; i == len(content) {
				return parts, true // truncated, but browsers show it
			}
		}
	}
}

// finish appends the end marker. It always returns true.
func (p *jpegParts) finish() bool {
	p.kept = append(p.kept, 0xff, jpegEOI)
	return true
}

// take keeps a segment that belongs to the picture, and reads the orientation from an Exif segment.
func (p *jpegParts) take(marker byte, segment []byte) {
	content := segment[4:]
	switch {
	case marker == jpegAPP1 && bytes.HasPrefix(content, []byte(exifHeader)):
		if orientation := tiffOrientation(content[len(exifHeader):]); orientation != 0 {
			p.orientation = orientation
		}
		return
	case marker == 0xe2 && bytes.HasPrefix(content, []byte("ICC_PROFILE\x00")):
		p.profile = append(p.profile, segment...)
	case marker == jpegAPP0 && bytes.HasPrefix(content, []byte("JFIF\x00")) && len(content) >= 14:
		// Drops the thumbnail that may follow.
		p.kept = append(p.kept, jpegSegment(jpegAPP0, append(slices.Clone(content[:12]), 0, 0))...)
		return
	case marker == 0xee && bytes.HasPrefix(content, []byte("Adobe")):
	case marker >= jpegAPP0 && marker <= 0xef, marker == jpegCOM:
		return
	}
	p.kept = append(p.kept, segment...)
}

// entropyEnd returns the end of a scan's data: the next marker that is neither a stuffed byte nor a restart marker.
func entropyEnd(content []byte, from int) int {
	for i := from; i+1 < len(content); i++ {
		if content[i] == 0xff && content[i+1] != 0 && (content[i+1] < 0xd0 || content[i+1] > 0xd7) && content[i+1] != 0xff {
			return i
		}
	}
	return len(content)
}

// rotating limits rotation to one photo at a time: one of 12 megapixels takes 86 MB of memory.
var rotating sync.Mutex

// rotate returns the photo re-encoded upright.
func (p jpegParts) rotate() (turned []byte, ok bool) {
	config, err := jpeg.DecodeConfig(bytes.NewReader(p.kept))
	if err != nil || config.Width*config.Height > MaxRotatedPixels {
		return nil, false
	}
	rotating.Lock()
	defer rotating.Unlock()
	picture, err := jpeg.Decode(bytes.NewReader(p.kept))
	if err != nil {
		return nil, false
	}
	upright := rotateImage(picture, p.orientation)
	if upright == nil {
		return nil, false
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, upright, &jpeg.Options{Quality: rotatedQuality}); err != nil {
		return nil, false
	}
	return slices.Concat(out.Bytes()[:2], p.profile, out.Bytes()[2:]), true
}

// tiffOrientation returns the orientation in Exif data, from 1 to 8, or 0 if there is none (Exif 2.3, section 4.6.4).
func tiffOrientation(tiff []byte) int {
	if len(tiff) < 8 {
		return 0
	}
	var order binary.ByteOrder = binary.LittleEndian
	if string(tiff[:2]) == "MM" {
		order = binary.BigEndian
	}
	at := int64(order.Uint32(tiff[4:]))
	if at+2 > int64(len(tiff)) {
		return 0
	}
	const entrySize = 12
	for n := int64(order.Uint16(tiff[at:])); n > 0; n-- {
		entry := at + 2 + (n-1)*entrySize
		if entry+entrySize > int64(len(tiff)) || order.Uint16(tiff[entry:]) != orientationTag {
			continue
		}
		if value := int(order.Uint16(tiff[entry+8:])); value >= 1 && value <= 8 {
			return value
		}
	}
	return 0
}

const orientationTag = 0x0112

// orientationTIFF returns Exif data that contain only an orientation.
func orientationTIFF(orientation int) []byte {
	tiff := []byte("MM\x00*\x00\x00\x00\x08\x00\x01")
	tiff = binary.BigEndian.AppendUint16(tiff, orientationTag)
	tiff = binary.BigEndian.AppendUint16(tiff, 3) // SHORT
	tiff = binary.BigEndian.AppendUint32(tiff, 1)
	tiff = binary.BigEndian.AppendUint32(tiff, uint32(orientation)<<16)
	return binary.BigEndian.AppendUint32(tiff, 0)
}

// pngKept lists the ancillary chunks of a PNG that affect the picture. Critical chunks, whose type begins with a
// capital, are always kept.
var pngKept = strings.Fields("tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs hIST sPLT cICP mDCV cLLI acTL fcTL fdAT")

func cleanPNG(content []byte) []byte {
	const signature, frame = 8, 12 // bytes; a chunk has a length, a type and a checksum
	kept := append(make([]byte, 0, len(content)), content[:signature]...)
	for i := signature; i+frame <= len(content); {
		size := int64(binary.BigEndian.Uint32(content[i:]))
		end := int64(i) + frame + size
		if end > int64(len(content)) {
			return append(kept, content[i:]...) // truncated, but browsers show it
		}
		kind := string(content[i+4 : i+8])
		if kind[0]&0x20 == 0 || slices.Contains(pngKept, kind) {
			kept = append(kept, content[i:end]...)
		} else if orientation := tiffOrientation(content[i+8 : end-4]); kind == "eXIf" && orientation > 1 {
			kept = append(kept, pngChunk(kind, orientationTIFF(orientation))...)
		}
		if i = int(end); kind == "IEND" {
			break
		}
	}
	if bytes.Equal(kept, content) {
		return content
	}
	return kept
}

func pngChunk(kind string, content []byte) []byte {
	chunk := append(binary.BigEndian.AppendUint32(nil, uint32(len(content))), kind...)
	chunk = append(chunk, content...)
	return binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(chunk[4:]))
}

// webpKept lists the chunks of a WebP that affect the picture.
var webpKept = []string{"VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP"}

// Bits of the first byte of VP8X.
const (
	webpXMP  = 0x04
	webpExif = 0x08
)

func cleanWebP(content []byte) []byte {
	const header, frame = 12, 8 // bytes
	kept := append(make([]byte, 0, len(content)), content[:header]...)
	flags := -1 // offset of the VP8X flags in kept
	isTurned := byte(0)
	isClean := true
	for i := header; i+frame <= len(content); {
		kind := string(content[i : i+4])
		size := int64(binary.LittleEndian.Uint32(content[i+4:]))
		end := min(int64(i)+frame+size+size&1, int64(len(content))) // the last chunk may be truncated
		if kind == "VP8X" && end > int64(i)+frame {
			flags = len(kept) + frame
		}
		if slices.Contains(webpKept, kind) {
			kept = append(kept, content[i:end]...)
			i = int(end)
			continue
		}
		isClean = false
		if orientation := tiffOrientation(bytes.TrimPrefix(content[i+frame:end], []byte(exifHeader))); kind == "EXIF" && orientation > 1 && flags >= 0 {
			tiff := orientationTIFF(orientation)
			kept = append(binary.LittleEndian.AppendUint32(append(kept, kind...), uint32(len(tiff))), tiff...)
			isTurned = webpExif
		}
		i = int(end)
	}
	if isClean {
		return content // even if its size field is wrong
	}
	if flags >= 0 {
		kept[flags] = kept[flags]&^(webpXMP|webpExif) | isTurned
	}
	binary.LittleEndian.PutUint32(kept[4:], uint32(len(kept)-8))
	if bytes.Equal(kept, content) {
		return content
	}
	return kept
}

func cleanGIF(content []byte) []byte {
	const header = 13 // bytes
	if len(content) < header {
		return content
	}
	i := header + colours(content[10])
	if i > len(content) {
		return content
	}
	kept := append(make([]byte, 0, len(content)), content[:i]...)
	for i < len(content) {
		begin, keep := i, true
		switch content[i] {
		case 0x21: // an extension: label and blocks
			if i+3 > len(content) {
				return append(kept, content[begin:]...)
			}
			label, first := content[i+1], content[i+3:min(i+3+int(content[i+2]), len(content))]
			isLoop := label == 0xff && (string(first) == "NETSCAPE2.0" || string(first) == "ANIMEXTS1.0")
			keep = label == 0xf9 || isLoop
			i = blocksEnd(content, i+2)
		case 0x2c: // a frame: its place, colours, size of a code, and blocks
			if i+10 > len(content) {
				return append(kept, content[begin:]...)
			}
			i = blocksEnd(content, i+11+colours(content[i+9]))
		default: // the end
			kept = append(kept, content[i])
			i = len(content)
			keep = false
		}
		if keep {
			kept = append(kept, content[begin:i]...)
		}
	}
	if bytes.Equal(kept, content) {
		return content
	}
	return kept
}

// blocksEnd returns the end of the GIF data blocks that begin at i.
func blocksEnd(content []byte, i int) int {
	for i < len(content) {
		size := int(content[i])
		if i += 1 + size; size == 0 {
			return i
		}
	}
	return len(content)
}

// Photos in graph states are data URLs of this form. In JSON a slash may be escaped by a backslash.
const (
	dataAddress = "data:image"
	base64Mark  = ";base64,"
)

// CleanStatePhotos applies CleanImage to the photos that older clients embed in a graph state. Other content is
// unchanged.
func CleanStatePhotos(state string) string {
	var clean strings.Builder
	written := 0 // how much of the state was copied to clean
	for at := 0; ; {
		next := strings.Index(state[at:], dataAddress)
		if next < 0 {
			break
		}
		at += next
		end := strings.IndexByte(state[at:], '"')
		if end < 0 {
			break
		}
		end += at
		if mark := strings.Index(state[at:end], base64Mark); mark >= 0 {
			begin := at + mark + len(base64Mark)
			if photo, changed := cleanBase64(state[begin:end]); changed {
				clean.WriteString(state[written:begin])
				clean.WriteString(photo)
				written = end
			}
		}
		at = end
	}
	if written == 0 {
		return state
	}
	clean.WriteString(state[written:])
	return clean.String()
}

// cleanBase64 cleans a photo in base64 within JSON.
func cleanBase64(text string) (clean string, changed bool) {
	content, err := base64.StdEncoding.DecodeString(strings.ReplaceAll(text, `\/`, "/"))
	if err != nil {
		return "", false
	}
	cleaned := CleanImage(content)
	if bytes.Equal(cleaned, content) {
		return "", false
	}
	return base64.StdEncoding.EncodeToString(cleaned), true
}
