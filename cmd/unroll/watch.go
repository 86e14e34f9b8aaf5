package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

// watcher is a solution that is made again whenever what it is made of changes.
type watcher struct {
	*explainFlags
	cmd   *cobra.Command
	path  string
	files []string // that are watched
	made  looks    // how they looked when the solution was last made
	said  string   // what was last said of them
}

// watching writes the solution, and again whenever one of its files changes, until it is interrupted.
// What is wrong with the files is said, and they are watched on; one that isn't there is waited for.
func (f *explainFlags) watching(c *cobra.Command, path string) error {
	for _, name := range []string{path, f.data} {
		info, err := os.Stat(name)
		if name == "-" || err == nil && !info.Mode().IsRegular() {
			return usage("--watch looks at files again and again, and %s is none; give a file", name)
		}
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	w := &watcher{explainFlags: f, cmd: c, path: path}
	for {
		if err := w.again(ctx); err != nil {
			return err
		}
		if !w.changed(ctx) {
			return nil
		}
	}
}

// changed waits until the files look otherwise than when the solution was made, and the same twice:
// what is written in two steps is read when it is whole. It is false when there is an interrupt.
func (w *watcher) changed(ctx context.Context) bool {
	for last := w.made; ; {
		select {
		case <-ctx.Done():
			return false
		case <-time.After(pause):
		}
		now := lookAt(w.files, last)
		if now.same(last) && !now.same(w.made) {
			return true
		}
		last = now
	}
}

// again makes the solution once and says how that went. The error is that nothing can be said.
func (w *watcher) again(ctx context.Context) error {
	w.files = w.sources(w.path)
	w.made = lookAt(w.files, w.made)
	var lacking []string
	for _, name := range []string{w.path, w.data} {
		if w.made[name].missing {
			lacking = append(lacking, name)
		}
	}
	if len(lacking) > 0 {
		return w.sayOnce("waiting for " + strings.Join(lacking, " and "))
	}
	if err := w.sayOnce("watching " + strings.Join(w.files, ", ") + "; Ctrl-C ends"); err != nil {
		return err
	}
	begin := time.Now()
	s, err := w.inTime(ctx)
	if ctx.Err() != nil {
		return nil
	}
	var written []string
	if err == nil {
		written, err = w.write(w.cmd, s)
	}
	if err == nil {
		err = w.cmd.OutOrStdout().(*held).flush()
	}
	w.files = w.sources(w.path) // where these are others than before, there is a change to look at
	return w.sayHow(written, time.Since(begin), err)
}

// inTime makes the solution, or leaves it when there is an interrupt.
func (w *watcher) inTime(ctx context.Context) (*solution, error) {
	type result struct {
		*solution
		err error
	}
	done := make(chan result, 1)
	go func() {
		var r result
		r.err = guarded(func() (err error) {
			r.solution, err = w.solution(w.cmd, w.path)
			return err
		})
		done <- r
	}()
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case r := <-done:
		return r.solution, r.err
	}
}

// sayOnce says what is watched, unless that was said last.
func (w *watcher) sayOnce(what string) error {
	if what == w.said {
		return nil
	}
	w.said = what
	return reporterOf(w.cmd).say(ofNote, "%s", what)
}

// sayHow says what was written and how long it took, or what was wrong.
func (w *watcher) sayHow(written []string, took time.Duration, err error) error {
	how := "made"
	if len(written) > 0 {
		how = "wrote " + strings.Join(written, ", ")
	}
	long := fmt.Sprintf("%d ms", max(1, took.Milliseconds()))
	if took >= time.Second {
		long = fmt.Sprintf("%.1f s", took.Seconds())
	}
	if err != nil {
		return reporterOf(w.cmd).print(diagnose(err)...)
	}
	return reporterOf(w.cmd).say(ofNote, "%s in %s", how, long)
}
