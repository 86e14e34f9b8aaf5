package cells

import (
	"embed"
	"fmt"
	"strings"

	"unroll/internal/spell"
	"unroll/lang"
)

//go:embed *.cell
var files embed.FS

// Names lists the cells of the library, sorted.
func Names() []string {
	entries, _ := files.ReadDir(".") // an embedded directory can be read
	var names []string
	for _, e := range entries {
		names = append(names, strings.TrimSuffix(e.Name(), ".cell"))
	}
	return names
}

// Source is the text of a cell of the library. The error names the nearest one there is.
func Source(name string) (*lang.Source, error) {
	text, err := files.ReadFile(name + ".cell")
	if err != nil {
		help := "the library has " + strings.Join(Names(), ", ")
		if near := spell.Nearest(name, Names()); near != "" {
			help = "did you mean " + near + "?"
		}
		return nil, fmt.Errorf("the standard library has no cell %s; %s", name, help)
	}
	return &lang.Source{Name: name + ".cell", Text: string(text)}, nil
}
