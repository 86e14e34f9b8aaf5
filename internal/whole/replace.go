package whole

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
)

// Replace writes a file beside the old one, if there is one, and gives it its name and its mode; old is nil if there is
// none. A file that may only be read isn't replaced, though the folder would let it.
func Replace(path string, old fs.FileInfo, write func(w io.Writer) error) error {
	if old != nil {
		file, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		_ = file.Close() // nothing was written
	}
	beside := filepath.Join(filepath.Dir(path), fmt.Sprintf(".%s-%x", filepath.Base(path), rand.Uint32()))
	file, err := os.OpenFile(beside, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666) // less what the system masks
	if err != nil {
		return err
	}
	err = write(file)
	if err == nil && old != nil {
		err = file.Chmod(old.Mode().Perm())
	}
	if err == nil {
		err = file.Sync()
	}
	if closing := file.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = os.Rename(beside, path)
	}
	if err != nil {
		_ = os.Remove(beside) // the fault that counts is the first
		return err
	}
	return syncFolder(filepath.Dir(path))
}

// syncFolder has a new name in a folder on the disk. Not every system can: then it is there a
// little later.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return nil
	}
	_ = folder.Sync()
	return folder.Close()
}

// Cause is what the system says, without the name of the file that was written beside.
func Cause(err error) error {
	var one *fs.PathError
	var two *os.LinkError
	switch {
	case errors.As(err, &one):
		return one.Err
	case errors.As(err, &two):
		return two.Err
	}
	return err
}
