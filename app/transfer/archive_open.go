package transfer

import (
	"archive/zip"
	"bytes"
	"cmp"
	"fmt"
	"io"
	"iter"
	"path"
	"slices"
	"strings"

	"github.com/mathmuseums/mathmuseums/app"
	"github.com/mathmuseums/mathmuseums/app/store"
)

// archiveDocument is what the document of a museum is called in a zip file.
const archiveDocument = "museum.json"

// archives are the museums in a zip file. Nothing is unpacked: of each file that is read a piece is in memory, or a photo.
type archives struct {
	museums []*zip.File // their documents, in the order of the zip file
	files   []*zip.File // all files, by name
}

// openArchives looks into a zip file. The error is for people.
func openArchives(file io.ReaderAt, size int64) (*archives, error) {
	in, err := openZip(file, size)
	if err != nil {
		return nil, err
	}
	a := &archives{files: in.File}
	for _, file := range in.File {
		file.Name = strings.ReplaceAll(file.Name, `\`, "/") // as some programs for Windows have it
		if _, name := path.Split(file.Name); name == archiveDocument {
			a.museums = append(a.museums, file)
		}
	}
	if len(a.museums) == 0 {
		return nil, fmt.Errorf("it is a zip file with no %s in it, so it holds no museum; if there is another file in it that can be imported, unpack it first", archiveDocument)
	}
	slices.SortStableFunc(a.files, func(a, b *zip.File) int { return cmp.Compare(a.Name, b.Name) })
	return a, nil
}

// find gives a file, nil where there is none of the name, or several.
func (a *archives) find(name string) *zip.File {
	i, found := slices.BinarySearchFunc(a.files, name, func(file *zip.File, name string) int { return cmp.Compare(file.Name, name) })
	if !found || i+1 < len(a.files) && a.files[i+1].Name == name {
		return nil
	}
	return a.files[i]
}

// isDownload tells whether it is what one student took home, which stands in no folder.
func (a *archives) isDownload() bool {
	return len(a.museums) == 1 && a.museums[0].Name == archiveDocument
}

// read gives what is in all museums, or in owner's. A download is owner's, whoever it says that it is.
func (a *archives) read(owner app.Address) iter.Seq2[store.Record, error] {
	return func(yield func(store.Record, error) bool) {
		known := newAccounts()
		for _, file := range a.museums {
			r := archiveReader{document: document{entry: file.Name, yield: yield}, all: a, known: known, folder: strings.TrimSuffix(file.Name, archiveDocument)}
			if a.isDownload() {
				r.owner = owner
			} else {
				r.only = owner.Email
			}
			if !r.read(file) {
				return
			}
		}
	}
}

// photo reads a photo whole.
func (a *archives) photo(name string) ([]byte, error) {
	file := a.find(name)
	if file == nil {
		return nil, fmt.Errorf("the photo %q is not in the zip file, or is there twice", name)
	}
	in, err := openEntry(file, app.MaxImageSize)
	if err != nil {
		return nil, fmt.Errorf("the photo %q: %w", name, err)
	}
	defer in.Close()
	var content bytes.Buffer
	if _, err := io.Copy(&content, in); err != nil {
		return nil, fmt.Errorf("the photo %q: %w", name, err)
	}
	return content.Bytes(), nil
}
