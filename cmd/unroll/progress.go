package main

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"unroll/train"
)

// progress tells how training goes: at a terminal one line that changes, elsewhere a line an epoch. Nothing is
// said of what takes no time.
type progress struct {
	to      reporter
	live    bool // on a terminal
	members int
	epochs  int // of each
	begun   time.Time
	said    time.Time
	shown   int // how wide the line is
	steps   int
	last    string
	done    float64 // epochs of all members, as far as they are done
}

// quiet is how long it is silent, and between the lines it writes in place.
const (
	quiet   = 700 * time.Millisecond
	between = 100 * time.Millisecond
)

func newProgress(c *cobra.Command, members, epochs int) *progress {
	r := reporterOf(c)
	return &progress{to: r, live: r.form == "human" && onTerminal(r.to), members: members, epochs: epochs, begun: time.Now()}
}

// step counts, and at a terminal shows how far it is.
func (p *progress) step(s train.Step) {
	p.steps++
	now := time.Now()
	if !p.live || now.Sub(p.begun) < quiet || now.Sub(p.said) < between {
		return
	}
	p.said = now
	share := (math.Floor(p.done) + float64(s.N)/float64(max(1, s.Of))) / float64(max(1, p.epochs*p.members))
	p.show(fmt.Sprintf("epoch %d/%d  step %d/%d  loss %s%s  %s", s.Epoch, p.epochs, s.N, s.Of, brief4(s.Loss), p.last, p.speed(share)))
}

// epoch says what an epoch came to.
func (p *progress) epoch(member int, e train.Epoch) {
	p.done = float64(member*p.epochs + e.N)
	valid := ""
	if !math.IsNaN(e.Valid) {
		valid = "  validation " + brief4(e.Valid)
	}
	p.last = valid
	if p.live {
		return
	}
	if time.Since(p.begun) < quiet {
		return
	}
	line := fmt.Sprintf("%sepoch %d/%d  loss %s%s  %s", memberName(member, p.members), e.N, p.epochs, brief4(e.Loss), valid, p.speed(p.done/float64(max(1, p.epochs*p.members))))
	_ = p.to.say(ofNote, "%s", line) // it is only news
}

// speed is steps a second, and the time left.
func (p *progress) speed(share float64) string {
	took := time.Since(p.begun)
	left := ""
	if share > 0 && share < 1 {
		left = "  " + clock(time.Duration(float64(took)*(1-share)/share)) + " left"
	}
	return fmt.Sprintf("%s steps/s%s", brief(float64(p.steps)/took.Seconds()), left)
}

// clock is a time as people say it: 1m20s.
func clock(d time.Duration) string { return d.Round(time.Second).String() }

func (p *progress) show(line string) {
	width := utf8.RuneCountInString(line)
	fmt.Fprint(p.to.to, "\r"+line+strings.Repeat(" ", max(0, p.shown-width)))
	p.shown = width
}

// end takes the line away.
func (p *progress) end() {
	if p.shown > 0 {
		fmt.Fprint(p.to.to, "\r"+strings.Repeat(" ", p.shown)+"\r")
	}
}

// brief4 is a number with four digits.
func brief4(x float64) string { return fmt.Sprintf("%.4g", x) }

// epochLog is a file with a line of JSON for each epoch.
type epochLog struct{ file *os.File }

func openLog(path string, more bool) (*epochLog, error) {
	if path == "" {
		return &epochLog{}, nil
	}
	how := os.O_CREATE | os.O_WRONLY | os.O_TRUNC
	if more {
		how = os.O_CREATE | os.O_WRONLY | os.O_APPEND
	}
	file, err := os.OpenFile(path, how, 0o666)
	if err != nil {
		return nil, cantWrite(path, err, "%v", cause(err))
	}
	return &epochLog{file}, nil
}

// epoch writes a line. What is no number, such as a validation loss without validation, is null.
func (l *epochLog) epoch(member int, e train.Epoch) error {
	if l.file == nil {
		return nil
	}
	number := func(x float64) any {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return nil
		}
		return x
	}
	line, err := json.Marshal(struct {
		Seed    int     `json:"seed"` // which of --seeds, from 1
		Epoch   int     `json:"epoch"`
		Steps   int     `json:"steps"`
		Loss    any     `json:"loss"`
		Valid   any     `json:"valid"`
		Rate    float64 `json:"rate"`
		Norm    any     `json:"norm"`
		Seconds float64 `json:"seconds"`
	}{member + 1, e.N, e.Steps, number(e.Loss), number(e.Valid), e.Rate, number(e.Norm), e.Seconds})
	if err != nil {
		return err
	}
	_, err = l.file.Write(append(line, '\n'))
	return err
}

func (l *epochLog) close() {
	if l.file != nil {
		_ = l.file.Close() // each line was written by itself
	}
}
