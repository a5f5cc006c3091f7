package transfer

import (
	"archive/zip"
	"compress/flate"
	"errors"
	"fmt"
	"io"
)

// Limits for zip files. All are far above what a school has; a file beyond them is malicious or damaged.
const (
	maxMuseum   = 1 << 30 // unpacked bytes of one museum's document
	maxUnpacked = 4 << 30 // unpacked bytes of all files, unless the compression ratio is at most maxRatio
	maxRatio    = 500     // measured for histories of graphs: up to 85; the maximum of deflate is 1,032
)

// maxDirectory is the maximum size of the directory in bytes: enough for 1,200,000 files of 100,000 students. In
// memory it takes up to five times as much.
var maxDirectory = 128 << 20

// openZip opens a zip file and checks it against the limits. Its error is for the operator.
func openZip(file io.ReaderAt, size int64) (*zip.Reader, error) {
	directory := &boundedReader{file, int64(maxDirectory)}
	in, err := zip.NewReader(directory, size)
	directory.left = -1
	if err != nil {
		return nil, explainZip(err)
	}
	packed, unpacked := uint64(0), uint64(0)
	for _, file := range in.File {
		if file.CompressedSize64 > uint64(size)-packed {
			return nil, errors.New("its files overlap: it is damaged or malicious")
		}
		packed += file.CompressedSize64
		unpacked += min(file.UncompressedSize64, maxMuseum+1)
	}
	if unpacked > maxUnpacked && unpacked/maxRatio > uint64(size) {
		return nil, fmt.Errorf("it would unpack to %d MB: it is malicious", unpacked>>20)
	}
	return in, nil
}

// boundedReader fails after a number of bytes, unless left is negative.
type boundedReader struct {
	io.ReaderAt
	left int64
}

// errManyFiles is the error for a zip file whose directory would fill the memory.
var errManyFiles = errors.New("it contains too many files")

// ReadAt implements io.ReaderAt.
func (r *boundedReader) ReadAt(to []byte, at int64) (int, error) {
	if r.left >= 0 {
		if r.left -= int64(len(to)); r.left < 0 {
			r.left = 0
			return 0, errManyFiles
		}
	}
	return r.ReaderAt.ReadAt(to, at)
}

// openEntry opens a file in a zip file, whose unpacked size is at most most bytes. Its error is for the operator.
func openEntry(file *zip.File, most uint64) (io.ReadCloser, error) {
	switch {
	case file.Flags&1 != 0:
		return nil, errors.New("it is protected by a password; pack it again without one")
	case file.UncompressedSize64 > most:
		return nil, fmt.Errorf("it is larger than %d MB", most>>20)
	}
	in, err := file.Open()
	if err != nil {
		return nil, explainZip(err)
	}
	return entryReader{in}, nil
}

// entryReader explains read errors.
type entryReader struct{ io.ReadCloser }

// Read implements io.Reader.
func (r entryReader) Read(to []byte) (int, error) {
	n, err := r.ReadCloser.Read(to)
	if err != nil && err != io.EOF {
		err = explainZip(err)
	}
	return n, err
}

// explainZip explains errors of zip files to the operator.
func explainZip(err error) error {
	var corrupt flate.CorruptInputError
	switch {
	case errors.Is(err, zip.ErrFormat), errors.Is(err, zip.ErrChecksum), errors.Is(err,
		io.ErrUnexpectedEOF), errors.As(err, &corrupt):
		return errors.New("it is damaged or truncated; copy it again")
	case errors.Is(err, zip.ErrAlgorithm):
		return errors.New("it uses an unsupported compression method; pack it again with the usual one (deflate)")
	}
	return err
}
