package words

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// speakers are the packages that say sentences.
var speakers = []string{"../explain", "../cmd/unroll"}

// sayer is what a function that takes a sentence calls it, so that it is known: a parameter of this name.
const sayer = "english"

// said are the sentences that the code says, each with where.
type said struct {
	set    *token.FileSet
	files  []*ast.File
	sayers map[string]bool // functions whose first argument is a sentence, as folder/name
	where  map[string]token.Position
	faults []string
}

func readSpeakers(t *testing.T, dirs ...string) *said {
	s := &said{set: token.NewFileSet(), sayers: map[string]bool{}, where: map[string]token.Position{}}
	for _, dir := range dirs {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			f, err := parser.ParseFile(s.set, path, nil, parser.SkipObjectResolution)
			s.files = append(s.files, f)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	s.find()
	return s
}

// find finds the functions that take sentences, and then what they are given.
func (s *said) find() {
	for _, f := range s.files {
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && takesSentence(fn.Type) {
				s.sayers[s.key(fn, fn.Name.Name)] = true
			}
		}
	}
	for _, f := range s.files {
		ast.Inspect(f, func(n ast.Node) bool {
			if c, ok := n.(*ast.CallExpr); ok && len(c.Args) > 0 && (called(c) == "Say" || s.sayers[s.key(c, called(c))]) {
				s.call(c)
			}
			return true
		})
	}
}

func (s *said) key(at ast.Node, name string) string {
	return filepath.Dir(s.set.Position(at.Pos()).Filename) + "/" + name
}

func takesSentence(f *ast.FuncType) bool {
	list := f.Params.List
	return len(list) > 0 && len(list[0].Names) > 0 && list[0].Names[0].Name == sayer
}

func called(c *ast.CallExpr) string {
	switch f := c.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}

// call notes a sentence that is said. What a sayer was given itself, it may hand on.
func (s *said) call(c *ast.CallExpr) {
	at := s.set.Position(c.Pos())
	sentence, ok := literal(c.Args[0])
	if name, is := c.Args[0].(*ast.Ident); is && name.Name == sayer {
		return
	}
	if !ok {
		s.faults = append(s.faults, fmt.Sprintf("%s: what is said is no literal, so it can't be translated; name it %s if it is handed on", at, sayer))
		return
	}
	s.where[sentence] = at
	given, known := names(c.Args[1:])
	holes, err := parse(sentence)
	if err != nil {
		s.faults = append(s.faults, fmt.Sprintf("%s: %q: %v", at, sentence, err))
	}
	for _, h := range holes {
		if known && h.name != "" && !slices.Contains(given, h.name) {
			s.faults = append(s.faults, fmt.Sprintf("%s: %q: nothing is given for %s", at, sentence, h.name))
		}
	}
}

// literal is a string as it stands in the code, or several with + between them.
func literal(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		s, err := strconv.Unquote(e.Value)
		return s, err == nil && e.Kind == token.STRING
	case *ast.BinaryExpr:
		a, ok := literal(e.X)
		b, too := literal(e.Y)
		return a + b, ok && too && e.Op == token.ADD
	}
	return "", false
}

// names are those of words.A("name", …) among arguments; not known if there is anything else.
func names(args []ast.Expr) (all []string, known bool) {
	for _, a := range args {
		c, ok := a.(*ast.CallExpr)
		if !ok || called(c) != "A" || len(c.Args) != 2 {
			return nil, false
		}
		name, _ := literal(c.Args[0])
		all = append(all, name)
	}
	return all, true
}

// TestTranslations holds the translations to what the code says.
func TestTranslations(t *testing.T) {
	says, err := read(russian)
	if err != nil {
		t.Fatal("ru.txt: ", err)
	}
	s := readSpeakers(t, speakers...)
	for _, f := range s.faults {
		t.Error(f)
	}
	for _, english := range slices.Sorted(maps.Keys(s.where)) {
		if says[english] == "" {
			t.Errorf("%s: ru.txt has no translation of\n%s", s.where[english], english)
		}
	}
	for _, english := range slices.Sorted(maps.Keys(says)) {
		if _, ok := s.where[english]; !ok {
			t.Errorf("nothing says any more\n%s", english)
		}
		for _, f := range faults(english, says[english]) {
			t.Errorf("%s\n%s\n%s", f, english, says[english])
		}
	}
}

var (
	quoted = regexp.MustCompile("`[^`]*`")
	latin  = regexp.MustCompile(`[A-Za-z]{2,}`)
)

// faults are what is wrong with a Russian sentence, beside its English one.
func faults(english, russian string) []string {
	a, err := parse(english)
	b, too := parse(russian)
	if err != nil || too != nil {
		return []string{fmt.Sprintf("can't be read: %v, %v", err, too)}
	}
	var out []string
	if one, other := holesOf(a, false), holesOf(b, false); !slices.Equal(one, other) {
		out = append(out, fmt.Sprintf("has the holes %v, not %v", other, one))
	}
	for _, name := range holesOf(a, true) {
		if !slices.Contains(holesOf(b, true), name) {
			out = append(out, fmt.Sprintf("doesn't say {%s}", name))
		}
	}
	out = append(out, plurals(a, inEnglish)...)
	out = append(out, plurals(b, inRussian)...)
	rest := ""
	for _, h := range b {
		rest += h.text + " " + strings.Join(h.forms, " ") + " "
	}
	if w := latin.FindString(quoted.ReplaceAllString(rest, "")); w != "" {
		out = append(out, fmt.Sprintf("has the word %s; a name stands in `backquotes`", w))
	}
	return out
}

// holesOf are the names of the holes, each once; only of those that take a value, if so asked.
func holesOf(all []hole, values bool) []string {
	var out []string
	for _, h := range all {
		if h.name != "" && !(values && h.forms != nil) {
			out = append(out, h.name)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func plurals(all []hole, l tongue) []string {
	var out []string
	for _, h := range all {
		if h.forms != nil && len(h.forms) != len(l.forms) {
			out = append(out, fmt.Sprintf("has %d forms by %s, and in %s there are %d", len(h.forms), h.name, l.tag, len(l.forms)))
		}
	}
	return out
}
