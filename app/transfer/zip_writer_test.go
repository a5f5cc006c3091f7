package transfer

import (
	"archive/zip"
	"bytes"
	"io"
	"math"
	"testing"
	"time"
)

// TestZipEnds compares the end of a zip file with that of the standard library, in its short and its zip64 form.
func TestZipEnds(t *testing.T) {
	for files, offsets := range map[int][]int64{0: {0, 1 << 40}, 1: {0, math.MaxUint32 - 100, math.MaxUint32, 1 << 40}, math.MaxUint16 - 1: {0}, math.MaxUint16: {0}} {
		for _, offset := range offsets {
			var out bytes.Buffer
			to := zip.NewWriter(&out)
			to.SetOffset(offset)
			for range files {
				if _, err := to.CreateHeader(&zip.FileHeader{Name: "a"}); err != nil {
					t.Fatal(err)
				}
			}
			if err := to.Close(); err != nil {
				t.Fatal(err)
			}
			end := readZipEnd(out.Bytes())
			if int(end.records) != files {
				t.Errorf("%d files at %d: the end is %+v", files, offset, end)
			}
			if want := out.Bytes()[int64(end.begin)-offset+int64(end.size):]; !bytes.Equal(end.text(), want) {
				t.Errorf("%d files at %d: the end is\n%x, want\n%x", files, offset, end.text(), want)
			}
		}
	}
}

// TestAZipFileOfManyIsOne writes more files, in parts, than a short record can count, and reads them.
func TestAZipFileOfManyIsOne(t *testing.T) {
	var out bytes.Buffer
	const parts, each = 66, 1000
	if err := writeManyZip(&out, time.Now(), func(all *manyZip) error {
		for part := range parts {
			if err := all.add(func(to *zip.Writer) error {
				for n := range each {
					file, err := to.CreateHeader(&zip.FileHeader{Name: "file"})
					if err == nil {
						_, err = file.Write([]byte{byte(part), byte(n)})
					}
					if err != nil {
						return err
					}
				}
				return nil
			}); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	in, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil || len(in.File) != 1+parts*each {
		t.Fatalf("%v: %d files", err, len(in.File))
	}
	for i := 0; i < parts*each; i += 97 {
		file := in.File[1+i]
		content, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(content)
		if err != nil || !bytes.Equal(text, []byte{byte(i / each), byte(i % each)}) {
			t.Fatalf("%v: file %d holds %x", err, i, text)
		}
	}
}
