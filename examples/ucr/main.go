// Command ucr turns a file of the UCR archive of time series, in the form .ts, into a long table of CSV: the columns
// series, t, x and k, the class, counted from 0. It is part of an example, and reads what that needs: series of one
// dimension, each with its class.
//
//	gzip -dc GunPoint_TRAIN.ts.gz | go run ./examples/ucr >gunpoint.csv
package main

import (
	"bufio"
	"fmt"
	"io"
	"log"
	"os"
	"slices"
	"strings"
)

func main() {
	log.SetFlags(0)
	if err := convert(os.Stdin, os.Stdout); err != nil {
		log.Fatal(err)
	}
}

// convert reads a header of lines with @, whose @classLabel true names the classes, and then a series a line: its
// values, with commas between them, and its class behind a colon.
func convert(from io.Reader, to io.Writer) error {
	var classes []string
	data, n := false, 0
	w := bufio.NewWriter(to)
	fmt.Fprintln(w, "series,t,x,k") // an error comes back from Flush
	lines := bufio.NewScanner(from)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		line := strings.TrimSpace(lines.Text())
		words := strings.Fields(line)
		switch {
		case line == "" || line[0] == '#':
		case !data && strings.EqualFold(words[0], "@classLabel") && len(words) > 2:
			classes = words[2:]
		case !data:
			data = strings.EqualFold(words[0], "@data")
		default:
			n++
			values, class, _ := strings.Cut(line, ":")
			k := slices.Index(classes, class)
			if k < 0 {
				return fmt.Errorf("series %d: %q is none of the classes %q", n, class, classes)
			}
			for t, x := range strings.Split(values, ",") {
				fmt.Fprintf(w, "%d,%d,%s,%d\n", n, t, x, k)
			}
		}
	}
	if err := lines.Err(); err != nil {
		return err
	}
	return w.Flush()
}
