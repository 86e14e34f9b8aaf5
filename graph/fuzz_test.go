package graph_test

import (
	"math/big"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"unroll/grad"
	"unroll/graph"
	"unroll/lang"
)

// runsOf are choices under which a text is built, whatever it says.
func runsOf() []graph.Choices {
	return []graph.Choices{
		{},
		{Feed: graph.Feed{Mode: graph.Free}, Stop: true, Mean: true},
		{Feed: graph.Feed{Mode: graph.ObservedTo, K: 3}, Facts: graph.Facts{Missing: map[string]bool{"y": true, "x": true}}},
		{Feed: graph.Feed{Mode: graph.Sampled, P: big.NewRat(1, 2)}, Training: true},
	}
}

// seeds are the texts that fuzzing starts from: the sketches, the library, and the bad files.
func seeds(t testing.TB) []string {
	var all []string
	for _, pattern := range []string{"../testdata/sketches/*.cell", "../cells/*.cell", "testdata/bad/*.cell"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatal("no files", pattern, err)
		}
		for _, path := range files {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, string(text))
		}
	}
	return all
}

// FuzzBuild holds that no text makes the way from a file to the text of its derivative panic or hang:
//
//	text ──Parse──▶ File ──Build──▶ Graph ──Loss──▶ Graph with derivatives ──Text──▶ File ──Print──▶ text
//
// Each graph on the way is a graph by Verify. What is printed parses again.
func FuzzBuild(f *testing.F) {
	for _, text := range seeds(f) {
		f.Add(text)
	}
	f.Fuzz(takeThrough)
}

// TestSpliced is FuzzBuild on texts that are put together of pieces of cells, and so parse more often
// than what a fuzzer makes of bytes.
func TestSpliced(t *testing.T) {
	rounds := 300
	if n, err := strconv.Atoi(os.Getenv("SPLICED")); err == nil {
		rounds = n
	}
	s := splicer{r: rand.New(rand.NewPCG(1, uint64(rounds)))}
	for _, text := range seeds(t) {
		if len(text) < 3000 {
			s.texts = append(s.texts, text)
			s.lines = append(s.lines, strings.Split(text, "\n")...)
			s.words = append(s.words, wordsOf.FindAllString(text, -1)...)
		}
	}
	for range rounds {
		text := s.text()
		t.Run("", func(t *testing.T) {
			defer func() {
				if x := recover(); x != nil {
					t.Errorf("%v\n%s\n%s", x, text, debug.Stack())
				}
				if t.Failed() {
					t.Log(text)
				}
			}()
			takeThrough(t, text)
		})
	}
}

var wordsOf = regexp.MustCompile(`[\p{L}_][\p{L}\p{N}_.]*|\d+(\.\d+)?|\S`)

// splicer changes texts by pieces of others.
type splicer struct {
	r                   *rand.Rand
	texts, lines, words []string
	own                 []string // words of the text that is being changed
}

func (s *splicer) pick(from []string) string { return from[s.r.IntN(len(from))] }

// text is one of the texts with a few changes.
func (s *splicer) text() string {
	lines := strings.Split(s.pick(s.texts), "\n")
	s.own = wordsOf.FindAllString(strings.Join(lines, "\n"), -1)
	for range 1 + s.r.IntN(3) {
		i := s.r.IntN(len(lines))
		switch s.r.IntN(6) {
		case 0:
			lines = slices.Insert(lines, i, s.pick(s.lines))
		case 1:
			lines[i] = s.pick(s.lines)
		default:
			lines[i] = s.line(lines[i])
		}
	}
	return strings.Join(lines, "\n")
}

// line is a line with a word changed for another of its kind, or for any.
func (s *splicer) line(line string) string {
	at := wordsOf.FindAllStringIndex(line, -1)
	if len(at) == 0 {
		return line
	}
	i := at[s.r.IntN(len(at))]
	from := s.own
	if s.r.IntN(3) == 0 {
		from = s.words
	}
	word := s.pick(from)
	for range 20 {
		if isLetter(word) == isLetter(line[i[0]:i[1]]) {
			break
		}
		word = s.pick(from)
	}
	return line[:i[0]] + word + line[i[1]:]
}

func isLetter(word string) bool { return unicode.IsLetter([]rune(word)[0]) }

// takeThrough takes a text all the way, under several choices.
func takeThrough(t *testing.T, text string) {
	if len(text) > 5000 {
		return
	}
	file, err := lang.Parse(&lang.Source{Name: "fuzz.cell", Text: text})
	if err != nil {
		return
	}
	for _, c := range runsOf() {
		begun := time.Now()
		c.Assume, c.Use = true, libraryOf
		through(t, file, c)
		if took := time.Since(begun); took > 10*time.Second {
			t.Errorf("it took %s", took)
		}
	}
}

// through takes a file all the way.
func through(t *testing.T, file *lang.File, c graph.Choices) {
	g, err := graph.Build(file, c)
	if err != nil {
		list, ok := err.(lang.Errors)
		if !ok {
			t.Fatalf("the error is a %T: %v", err, err)
		}
		for _, e := range list {
			_ = e.Snippet()
		}
		return
	}
	if err := graph.Verify(g); err != nil {
		t.Fatal("the graph:", err)
	}
	printed(t, g)
	d, err := grad.Loss(g, nil)
	if err != nil {
		return
	}
	if err := graph.Verify(d.Graph); err != nil {
		t.Fatal("the derivative:", err)
	}
	printed(t, d.Graph)
}

// printed prints a graph as a file, and parses that.
func printed(t *testing.T, g *graph.Graph) {
	f, err := graph.Text(g, nil)
	if err != nil {
		return
	}
	text := lang.Print(f, false)
	if _, err := lang.Parse(&lang.Source{Name: "printed.cell", Text: text}); err != nil {
		t.Fatalf("the text doesn't parse: %v\n%s", err, text)
	}
}
