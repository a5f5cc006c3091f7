package transfer

import (
	"encoding/binary"
	"math"
)

// zipEnd is the end of a zip file, which says where its list of files is. The forms are those of PKWARE's APPNOTE 6.3.10, 4.3.14 to
// 4.3.16: a short one, and before it a long one (zip64) where numbers are too large for the short one.
type zipEnd struct {
	records uint64 // files in the list
	size    uint64 // of the list in bytes
	begin   uint64 // where it begins
}

const (
	shortEndSize  = 22
	longEndSize   = 56
	longEndMark   = 20 // bytes of what says where the long end is
	zip64Version  = 45
	shortEndSign  = 0x06054b50
	longEndSign   = 0x06064b50
	longEndMarker = 0x07064b50
)

// text is the end as it is written behind the list.
func (e zipEnd) text() (text []byte) {
	put := binary.LittleEndian
	short := e
	if e.records >= math.MaxUint16 || e.size >= math.MaxUint32 || e.begin >= math.MaxUint32 {
		text = put.AppendUint32(text, longEndSign)
		text = put.AppendUint64(text, longEndSize-12) // what follows
		text = put.AppendUint16(text, zip64Version)
		text = put.AppendUint16(text, zip64Version)
		text = append(text, make([]byte, 8)...) // numbers of disks
		for _, number := range []uint64{e.records, e.records, e.size, e.begin} {
			text = put.AppendUint64(text, number)
		}
		text = put.AppendUint32(text, longEndMarker)
		text = put.AppendUint32(text, 0)
		text = put.AppendUint64(text, e.begin+e.size)
		text = put.AppendUint32(text, 1) // disks
		short = zipEnd{math.MaxUint16, math.MaxUint32, math.MaxUint32}
	}
	text = put.AppendUint32(text, shortEndSign)
	text = append(text, make([]byte, 4)...) // numbers of disks
	text = put.AppendUint16(text, uint16(short.records))
	text = put.AppendUint16(text, uint16(short.records))
	text = put.AppendUint32(text, uint32(short.size))
	text = put.AppendUint32(text, uint32(short.begin))
	return put.AppendUint16(text, 0) // no comment
}

// readZipEnd reads the end of a zip file as archive/zip writes it: without a comment.
func readZipEnd(text []byte) zipEnd {
	get := binary.LittleEndian
	short := text[len(text)-shortEndSize:]
	if marker := len(text) - shortEndSize - longEndMark; marker >= longEndSize && get.Uint32(text[marker:]) == longEndMarker {
		long := text[marker-longEndSize:]
		return zipEnd{get.Uint64(long[32:]), get.Uint64(long[40:]), get.Uint64(long[48:])}
	}
	return zipEnd{uint64(get.Uint16(short[10:])), uint64(get.Uint32(short[12:])), uint64(get.Uint32(short[16:]))}
}
