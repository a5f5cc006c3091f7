package transfer

import (
	"archive/zip"
	"compress/flate"
	"errors"
	"fmt"
	"io"
)

// What a zip file may ask of the computer. All of it is far above what a school has; a file beyond it was made to do harm, or
// is damaged.
const (
	maxMuseum   = 1 << 30 // bytes of the document of one museum, unpacked
	maxUnpacked = 4 << 30 // bytes of all documents, unpacked, unless they are at most so many times larger than the file:
	maxRatio    = 500     // histories of graphs were up to 85 times smaller when packed; 1,032 is the most there can be
)

// maxDirectory is how long the list of files may be, in bytes: the 1,200,000 files of 100,000 students. The list is in memory,
// where it takes up to five times as much.
var maxDirectory = 128 << 20

// openZip opens a zip file. The error is for people.
func openZip(file io.ReaderAt, size int64) (*zip.Reader, error) {
	directory := &boundedReader{file, int64(maxDirectory)}
	in, err := zip.NewReader(directory, size)
	directory.left = -1
	if err != nil {
		return nil, tellZip(err)
	}
	packed, unpacked := uint64(0), uint64(0)
	for _, file := range in.File {
		if file.CompressedSize64 > uint64(size)-packed {
			return nil, errors.New("the files in it overlap: it is damaged, or was made to do harm")
		}
		packed += file.CompressedSize64
		unpacked += min(file.UncompressedSize64, maxMuseum+1)
	}
	if unpacked > maxUnpacked && unpacked/maxRatio > uint64(size) {
		return nil, fmt.Errorf("it would unpack to %d MB: it was made to do harm", unpacked>>20)
	}
	return in, nil
}

// boundedReader gives up after some bytes, unless left is negative.
type boundedReader struct {
	io.ReaderAt
	left int64
}

// errManyFiles is what is wrong with a zip file whose list of files alone would fill the memory.
var errManyFiles = errors.New("there are too many files in it")

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

// openEntry opens a file in a zip file, which is known to be no larger unpacked than it says. The error is for people.
func openEntry(file *zip.File, most uint64) (io.ReadCloser, error) {
	switch {
	case file.Flags&1 != 0:
		return nil, errors.New("it is locked with a password; pack it again without one")
	case file.UncompressedSize64 > most:
		return nil, fmt.Errorf("it is larger than %d MB", most>>20)
	}
	in, err := file.Open()
	if err != nil {
		return nil, tellZip(err)
	}
	return entryReader{in}, nil
}

// entryReader says in words what is wrong.
type entryReader struct{ io.ReadCloser }

// Read implements io.Reader.
func (r entryReader) Read(to []byte) (int, error) {
	n, err := r.ReadCloser.Read(to)
	if err != nil && err != io.EOF {
		err = tellZip(err)
	}
	return n, err
}

// tellZip puts errors of zip files into words.
func tellZip(err error) error {
	var corrupt flate.CorruptInputError
	switch {
	case errors.Is(err, zip.ErrFormat), errors.Is(err, zip.ErrChecksum), errors.Is(err, io.ErrUnexpectedEOF), errors.As(err, &corrupt):
		return errors.New("it is damaged, or was cut off; copy it again")
	case errors.Is(err, zip.ErrAlgorithm):
		return errors.New("it is packed in a way that this program does not know; pack it again in the usual way (deflate)")
	}
	return err
}
