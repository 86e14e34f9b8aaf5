package main

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/signal"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

// pause is how often the files are looked at.
const pause = 50 * time.Millisecond

// watching writes the solution, and again whenever one of its files changes, until it is interrupted.
// What is wrong with the files is said, and they are watched on; a file that isn't there is waited for.
func (f *explainFlags) watching(c *cobra.Command, path string) error {
	if path == "-" || f.data == "-" {
		return usage("--watch watches files, and standard input is none")
	}
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, os.Interrupt)
	defer signal.Stop(stop)
	var made map[string]string // the stamps of the files that the solution was last made from
	for {
		if now := stamps(f.watched(path)); !maps.Equal(now, made) {
			if err := f.again(c, path, now); err != nil {
				return err
			}
			made = now
		}
		select {
		case <-stop:
			return nil
		case <-time.After(pause):
		}
	}
}

// again writes the solution once and says how that went. Files that are found to be read are added to
// the stamps. The error is a wrong call, or an output that can't be written to.
func (f *explainFlags) again(c *cobra.Command, path string, now map[string]string) error {
	for _, name := range f.watched(path) {
		if now[name] == missing {
			fmt.Fprintf(c.ErrOrStderr(), "waiting for %s\n", name)
			return nil
		}
	}
	out := c.OutOrStdout().(*held)
	f.files = nil
	begin := time.Now()
	err := f.explain(c, path)
	for name, stamp := range stamps(f.watched(path)) {
		if now[name] == "" {
			now[name] = stamp
		}
	}
	var wrong *usageError
	switch {
	case errors.As(err, &wrong):
		return err
	case err != nil:
		out.Reset()
		fmt.Fprintln(c.ErrOrStderr(), message(err))
		return nil
	}
	took := time.Since(begin).Round(time.Millisecond)
	fmt.Fprintf(c.ErrOrStderr(), "made in %s; watching %s\n", took, strings.Join(f.watched(path), ", "))
	return out.flush()
}

// watched are the files that the solution depends on.
func (f *explainFlags) watched(path string) []string {
	all := append([]string{path}, f.files...)
	if f.data != "" {
		all = append(all, f.data)
	}
	return all
}

// missing is the stamp of a file that isn't there.
const missing = "missing"

// stamps say when files were last written, and how long they are.
func stamps(names []string) map[string]string {
	all := map[string]string{}
	for _, name := range names {
		info, err := os.Stat(name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			all[name] = missing
		case err != nil:
			all[name] = err.Error()
		default:
			all[name] = fmt.Sprintf("%d/%d", info.ModTime().UnixNano(), info.Size())
		}
	}
	return all
}
