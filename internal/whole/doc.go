// Package whole writes a file whole or not at all: beside the place where it is to be, and then in that place, so that
// whoever reads it, and a machine that stops on the way, finds the old file or the new one. It doesn't decide what
// may be replaced: links, folders and devices are the caller's.
package whole
