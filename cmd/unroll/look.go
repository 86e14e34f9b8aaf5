package main

import (
	"errors"
	"hash/maphash"
	"io/fs"
	"maps"
	"os"
	"time"

	"unroll"
)

const (
	// pause is how often files are looked at.
	pause = 30 * time.Millisecond
	// grain is longer than any file system takes two times of writing for one.
	grain = 2 * time.Second
)

// sources lists the files that a solution is made of. A file that can't be parsed names no others; a
// pipe isn't looked into, since it can be read only once.
func (f *explainFlags) sources(path string) []string {
	all := []string{path}
	if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
		if cell, err := unroll.ReadFile(path); err == nil {
			all = append(all, cell.Files()...)
		}
	}
	if f.data != "" {
		all = append(all, f.data)
	}
	return all
}

// looks are files as they looked at one time, by name.
type looks map[string]looked

// looked is how a file looked.
type looked struct {
	missing bool
	sum     uint64 // of its text; 0 if it can't be read

	info fs.FileInfo
	at   time.Time // when it was read
}

var seed = maphash.MakeSeed()

// lookAt looks at files. Those that the system says are as they were before aren't read again.
func lookAt(names []string, before looks) looks {
	now := looks{}
	for _, name := range names {
		now[name] = look(name, before[name])
	}
	return now
}

func look(name string, before looked) looked {
	info, err := os.Stat(name)
	if err != nil {
		return looked{missing: errors.Is(err, fs.ErrNotExist)}
	}
	if before.untouched(info) {
		return before
	}
	now := looked{info: info, at: time.Now()}
	if text, err := os.ReadFile(name); err == nil {
		now.sum = maphash.Bytes(seed, text)
	}
	return now
}

// untouched tells whether a file is surely as it was: written no later, and long enough before it was
// read that a later writing would bear another time.
func (l looked) untouched(info fs.FileInfo) bool {
	return l.info != nil && os.SameFile(l.info, info) && l.info.Size() == info.Size() &&
		l.info.ModTime().Equal(info.ModTime()) && l.at.Sub(info.ModTime()) > grain
}

// same tells whether the same files hold the same.
func (l looks) same(other looks) bool {
	return maps.EqualFunc(l, other, func(a, b looked) bool { return a.missing == b.missing && a.sum == b.sum })
}
