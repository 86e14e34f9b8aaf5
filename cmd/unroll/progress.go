package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"unroll"
	"unroll/internal/whole"
	"unroll/train"
)

// progress tells how training goes: at a terminal one line that changes, elsewhere a line an epoch. Nothing is
// said of what takes no time.
type progress struct {
	to      reporter
	live    bool // on a terminal
	members int
	epochs  int // of each member; 0: nobody knows
	begun   time.Time
	said    time.Time
	shown   int // how wide the line is
	steps   int
	member  int     // under way
	at      int     // its epoch
	from    float64 // the share of all that was done when it began
	share   float64 // that is done
	valid   string  // what the last epoch's validation came to
}

// quiet is how long it is silent, and between the lines it writes in place.
const (
	quiet   = 700 * time.Millisecond
	between = 100 * time.Millisecond
)

func newProgress(c *cobra.Command, fit *unroll.FitOptions) *progress {
	r := reporterOf(c)
	p := &progress{to: r, live: r.form == "human" && onTerminal(r.to), members: max(1, fit.Seeds), epochs: fit.Training.Epochs, begun: time.Now(), from: -1}
	if fit.From != nil {
		p.member, _ = fit.From.Trained()
	}
	return p
}

// reach notes how much is done: epochs of the member under way.
func (p *progress) reach(epochs, before float64) {
	of := float64(max(1, p.epochs) * p.members)
	first := float64(p.member * p.epochs)
	if p.from < 0 {
		p.from = (first + before) / of
	}
	p.share = (first + epochs) / of
}

// step counts, and at a terminal shows how far it is.
func (p *progress) step(s train.Step) {
	p.steps++
	if math.IsNaN(s.Loss) {
		p.each(s)
		return
	}
	if s.Epoch < p.at {
		p.member++
	}
	p.at = s.Epoch
	whole, of := float64(s.Epoch-1), float64(max(1, s.Of))
	p.reach(whole+float64(s.N)/of, whole+float64(s.N-1)/of)
	if p.due() {
		p.show(fmt.Sprintf("%sepoch %s  step %d/%d  loss %s%s  %s", memberName(p.member, p.members), p.outOf(s.Epoch), s.N, s.Of, brief4(s.Loss), p.valid, p.speed()))
	}
}

// each tells how many of the series are fitted: in a pipe each time that a tenth of them is done.
func (p *progress) each(s train.Step) {
	last := p.share
	p.from, p.share = 0, float64(s.N)/float64(max(1, s.Of))
	line := fmt.Sprintf("%.0f %% fitted%s", 100*p.share, p.left())
	switch {
	case p.due():
		p.show(line)
	case !p.live && time.Since(p.begun) > quiet && math.Floor(10*p.share) > math.Floor(10*last):
		_ = p.to.say(ofNote, "%s", line) // it is only news
	}
}

// epoch says what an epoch came to.
func (p *progress) epoch(member int, e train.Epoch) {
	p.member, p.at, p.valid = member, e.N, ""
	p.reach(float64(e.N), float64(e.N-1))
	if !math.IsNaN(e.Valid) {
		p.valid = "  validation " + brief4(e.Valid)
	}
	line := fmt.Sprintf("%sepoch %s  loss %s%s  %s", memberName(member, p.members), p.outOf(e.N), brief4(e.Loss), p.valid, p.speed())
	switch {
	case p.due():
		p.show(line)
	case !p.live && time.Since(p.begun) > quiet:
		_ = p.to.say(ofNote, "%s", line) // it is only news
	}
}

// due tells whether it is time to change the line at a terminal.
func (p *progress) due() bool {
	now := time.Now()
	if !p.live || now.Sub(p.begun) < quiet || now.Sub(p.said) < between {
		return false
	}
	p.said = now
	return true
}

// outOf is an epoch, and of how many if that is known.
func (p *progress) outOf(epoch int) string {
	if p.epochs == 0 {
		return fmt.Sprint(epoch)
	}
	return fmt.Sprintf("%d/%d", epoch, p.epochs)
}

// speed is steps a second, and the time left.
func (p *progress) speed() string {
	if p.steps == 0 {
		return strings.TrimSpace(p.left())
	}
	return brief(float64(p.steps)/time.Since(p.begun).Seconds()) + " steps/s" + p.left()
}

// left is how long it takes yet, if all goes on as since it began.
func (p *progress) left() string {
	done := p.share - p.from
	if p.epochs == 0 && p.from != 0 || done <= 0 || p.share >= 1 {
		return ""
	}
	return "  " + clock(time.Duration(float64(time.Since(p.begun))*(1-p.share)/done)) + " left"
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

// openLog opens the log. Of an old one it keeps what comes before the place from which training goes on; what
// was written after the last checkpoint is done, and written, again.
func openLog(path string, from milestone) (*epochLog, error) {
	if path == "" {
		return &epochLog{}, nil
	}
	old, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, cantWrite(path, err, "%v", whole.Cause(err))
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY, 0o666)
	if err == nil {
		kept := int64(len(before(old, from)))
		if info, bad := file.Stat(); bad == nil && info.Mode().IsRegular() {
			err = file.Truncate(kept)
		}
		if err == nil && kept > 0 {
			_, err = file.Seek(kept, 0)
		}
	}
	if err != nil {
		return nil, cantWrite(path, err, "%v", whole.Cause(err))
	}
	return &epochLog{file}, nil
}

// milestone is where training stands: so many members are finished, and so many epochs of the next.
type milestone struct{ members, epochs int }

// reached is the place from which training goes on.
func (t *training) reached() milestone {
	if t.fit.From == nil {
		return milestone{}
	}
	members, epochs := t.fit.From.Trained()
	if t.how.Method == "lbfgs" {
		epochs = 0 // it begins anew
	}
	return milestone{members, epochs}
}

// before are the first lines of a log, up to a place.
func before(log []byte, to milestone) []byte {
	n := 0
	for line := range bytes.Lines(log) {
		var at struct{ Seed, Epoch int }
		if json.Unmarshal(line, &at) != nil || at.Seed > to.members+1 || at.Seed == to.members+1 && at.Epoch > to.epochs {
			break
		}
		n += len(line)
	}
	return log[:n]
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
