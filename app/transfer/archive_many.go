package transfer

import (
	"archive/zip"
	"bufio"
	"bytes"
	"errors"
	"io"
	"os"
	"time"
)

// manyZip is a zip file of any number of files. A zip file ends with a list of what is in it, which the standard library has in
// memory until then: half a kilobyte a file, and a school has hundreds of thousands. So each museum is a zip file of its own, of which
// the files go to the output, and the list to another file that comes last.
type manyZip struct {
	out     *countingWriter
	list    *bufio.Writer // in a file of the system's folder for such
	listed  uint64        // bytes of the list
	records uint64        // files that it names
}

// countingWriter knows how much went through it.
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

// turnout is a writer that can be led elsewhere.
type turnout struct{ io.Writer }

// writeManyZip writes a zip file that says what it is, and what write adds part by part.
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

// add writes some files.
func (z *manyZip) add(write func(*zip.Writer) error) error {
	to := &turnout{z.out}
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
	_, err = z.out.Write(rest.Next(int(end.begin) - int(begin))) // the rest of the last file
	if err == nil {
		_, err = z.list.Write(rest.Next(int(end.size)))
	}
	z.listed += end.size
	z.records += end.records
	return err
}
