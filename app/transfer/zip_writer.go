package transfer

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"os"
	"time"
)

// manyZip writes a zip file with any number of files. The standard library keeps the directory, which comes at the
// end of a zip file, in memory: half a kilobyte per file, and a school has hundreds of thousands. So each museum is
// written as a zip file of its own, whose files go to the output and whose directory goes to a temporary file that is
// appended at the end.
type manyZip struct {
	out     *countingWriter
	list    *bufio.Writer // the directory, in a temporary file
	listed  uint64        // bytes in the directory
	records uint64        // files in the directory
}

// countingWriter counts the bytes written.
type countingWriter struct {
	io.Writer
	count int64
}

// Write implements io.Writer.
func (w *countingWriter) Write(text []byte) (int, error) {
	n, err := w.Writer.Write(text)
	w.count += int64(n)
	return n, err
}

// redirect is a writer whose destination can change.
type redirect struct{ io.Writer }

// writeManyZip writes a zip file with a README and the parts that write adds.
func writeManyZip(out io.Writer, now time.Time, write func(*manyZip) error) (err error) {
	file, err := os.CreateTemp("", "mathmuseums-list-*")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close(), os.Remove(file.Name())) }()
	z := &manyZip{out: &countingWriter{Writer: out}, list: bufio.NewWriter(file)}
	if err := z.add(func(to *zip.Writer) error { return writeReadme(to, now) }); err != nil {
		return err
	}
	if err := write(z); err != nil {
		return err
	}
	if err := z.list.Flush(); err != nil {
		return err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	begin := uint64(z.out.count)
	if _, err := io.Copy(z.out, file); err != nil {
		return err
	}
	_, err = z.out.Write(zipEnd{z.records, z.listed, begin}.text())
	return err
}

// add appends the files that write produces.
func (z *manyZip) add(write func(*zip.Writer) error) error {
	to := &redirect{z.out}
	part := zip.NewWriter(to)
	part.SetOffset(z.out.count)
	err := write(part)
	if err == nil {
		err = part.Flush()
	}
	if err != nil {
		return err
	}
	var rest bytes.Buffer
	to.Writer = &rest
	begin := z.out.count
	if err := part.Close(); err != nil {
		return err
	}
	end := readZipEnd(rest.Bytes())
	_, err = z.out.Write(rest.Next(int(end.begin) - int(begin))) // the remainder of the last file
	if err == nil {
		_, err = z.list.Write(rest.Next(int(end.size)))
	}
	z.listed += end.size
	z.records += end.records
	return err
}

// zipEnd is the end-of-directory record of a zip file, which says where the directory is. The formats are in PKWARE's
// APPNOTE 6.3.10, 4.3.14 to 4.3.16: a short record, preceded by a zip64 record if numbers are too large for the short
// one.
type zipEnd struct {
	records uint64 // files in the directory
	size    uint64 // of the directory in bytes
	begin   uint64 // offset of the directory
}

const (
	shortEndSize  = 22
	longEndSize   = 56
	longEndMark   = 20 // bytes of the locator of the zip64 record
	zip64Version  = 45
	shortEndSign  = 0x06054b50
	longEndSign   = 0x06064b50
	longEndMarker = 0x07064b50
)

// text returns the encoded record.
func (e zipEnd) text() (text []byte) {
	put := binary.LittleEndian
	short := e
	if e.records >= math.MaxUint16 || e.size >= math.MaxUint32 || e.begin >= math.MaxUint32 {
		text = put.AppendUint32(text, longEndSign)
		text = put.AppendUint64(text, longEndSize-12) // size of the remaining record
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

// readZipEnd parses the end of a zip file written by archive/zip, which has no comment.
func readZipEnd(text []byte) zipEnd {
	get := binary.LittleEndian
	short := text[len(text)-shortEndSize:]
	if marker := len(text) - shortEndSize - longEndMark; marker >= longEndSize && get.Uint32(text[marker:]) == longEndMarker {
		long := text[marker-longEndSize:]
		return zipEnd{get.Uint64(long[32:]), get.Uint64(long[40:]), get.Uint64(long[48:])}
	}
	return zipEnd{uint64(get.Uint16(short[10:])), uint64(get.Uint32(short[12:])), uint64(get.Uint32(short[16:]))}
}
