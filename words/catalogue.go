package words

import (
	_ "embed" // the translations
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

//go:embed ru.txt
var russian string

// tongue is a language: its plural forms, in the order in which a sentence lists them.
type tongue struct {
	tag   language.Tag
	forms []plural.Form
}

var (
	inEnglish = tongue{language.English, []plural.Form{plural.One, plural.Other}}
	inRussian = tongue{language.Russian, []plural.Form{plural.One, plural.Few, plural.Many}}
)

// form is which of a sentence's plural forms a whole number takes.
func (l tongue) form(n int) int {
	is := plural.Cardinal.MatchPlural(l.tag, max(n, -n), 0, 0, 0, 0)
	for i, f := range l.forms {
		if f == is {
			return i
		}
	}
	return len(l.forms) - 1
}

// Catalogue has the sentences of a language. Its zero value isn't ready; see In.
type Catalogue struct {
	tongue
	says map[string]string // by the English sentence; none in English
}

// In is the catalogue of a language: "en" or "ru".
func In(lang string) (*Catalogue, error) {
	switch lang {
	case "en":
		return &Catalogue{tongue: inEnglish}, nil
	case "ru":
		says, err := read(russian)
		return &Catalogue{inRussian, says}, err
	}
	return nil, fmt.Errorf("language %q is not one of en, ru", lang)
}

// read reads pairs of lines, an English sentence and its translation, with empty lines between the
// pairs. A line that begins with # is a comment. A sentence that begins or ends in a space stands in
// quotes.
func read(text string) (map[string]string, error) {
	says, english := map[string]string{}, ""
	for i, line := range strings.Split(text+"\n", "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		sentence := line
		if strings.HasPrefix(line, `"`) {
			var err error
			if sentence, err = strconv.Unquote(line); err != nil {
				return nil, fmt.Errorf("line %d is not in quotes: %s", i+1, line)
			}
		}
		_, twice := says[sentence]
		switch {
		case english != "" && sentence == "":
			return nil, fmt.Errorf("line %d: %q has no translation below it", i+1, english)
		case english != "":
			says[english], english = sentence, ""
		case twice:
			return nil, fmt.Errorf("line %d: %q stands twice", i+1, sentence)
		default:
			english = sentence
		}
	}
	return says, nil
}
