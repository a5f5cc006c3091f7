package cmd

import "os"

// checkFileWritable tells why a file cannot be written to.
func checkFileWritable(path string) error {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return file.Close()
}
