package weights

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"unroll/series"
)

const (
	versionKey   = "unroll" // it marks a safetensors file as a model
	modelVersion = 1        // goes up when an older reader would misread a file
	statePrefix  = "state/"
)

// stored are parts of a model in the form that the metadata have: of the members, lists.
type stored struct {
	scales map[string]map[string]storedScaling
	seeds  []uint64
	notes  []map[string]string
}

// facts are the parts of a model that stand in the metadata as JSON, by their keys.
func (m *Model) facts(s *stored) map[string]any {
	return map[string]any{
		"uses":       &m.Uses,
		"sizes":      &m.Sizes,
		"options":    &m.Options,
		"calendar":   &m.Calendar,
		"series":     &m.Series,
		"scales":     &s.scales,
		"per_series": &m.PerSeries,
		"seeds":      &s.seeds,
		"notes":      &s.notes,
	}
}

// toMeta is the metadata of a model. What is empty is left out.
func (m *Model) toMeta() map[string]string {
	s := stored{scales: converted(m.Scales, toStored)}
	for _, one := range m.Members {
		s.seeds = append(s.seeds, one.Seed)
		s.notes = append(s.notes, one.Notes)
	}
	if !slices.ContainsFunc(s.notes, func(n map[string]string) bool { return len(n) > 0 }) {
		s.notes = nil
	}
	meta := map[string]string{versionKey: strconv.Itoa(modelVersion), "name": m.Name, "text": m.Text}
	for key, fact := range m.facts(&s) {
		if text := string(jsonText(fact)); text != "null" && text != "{}" && text != "[]" {
			meta[key] = text
		}
	}
	return meta
}

// fromMeta is a model from its metadata, its members without their numbers yet.
func fromMeta(meta map[string]string) (*Model, error) {
	m := &Model{Name: meta["name"], Text: meta["text"]}
	var s stored
	for key, fact := range m.facts(&s) {
		text, ok := meta[key]
		if !ok {
			continue
		}
		if err := json.Unmarshal([]byte(text), fact); err != nil {
			return nil, fmt.Errorf("the metadata %q can't be read: %w", key, err)
		}
	}
	m.Scales = converted(s.scales, fromStored)
	if s.notes == nil {
		s.notes = make([]map[string]string, len(s.seeds))
	}
	if len(s.notes) != len(s.seeds) {
		return nil, fmt.Errorf("the metadata have %d seeds and notes for %d", len(s.seeds), len(s.notes))
	}
	for i, seed := range s.seeds {
		m.Members = append(m.Members, Member{Seed: seed, Notes: s.notes[i], Weights: map[string][]series.Array{}})
	}
	return m, nil
}

// prefix is what stands before the names of a member's tensors.
func (m *Model) prefix(member int) string {
	if len(m.Members) == 1 {
		return ""
	}
	return strconv.Itoa(member+1) + "/"
}

// toPieces are the tensors of a model, in the order of their names.
func (m *Model) toPieces() []piece {
	var out []piece
	for k, one := range m.Members {
		for name, values := range one.Weights {
			p := piece{tensor: tensor{name: m.prefix(k) + name, shape: axes(values[0])}}
			if slices.Contains(m.PerSeries, name) {
				p.shape = append([]int64{int64(len(values))}, p.shape...)
			}
			for _, a := range values {
				p.parts = append(p.parts, a.ToFloat().Float)
			}
			out = append(out, p)
		}
		for name, numbers := range one.State {
			out = append(out, piece{
				tensor{name: m.prefix(k) + statePrefix + name, shape: []int64{int64(len(numbers))}},
				[][]float64{numbers},
			})
		}
	}
	slices.SortFunc(out, func(a, b piece) int { return strings.Compare(a.name, b.name) })
	return out
}

// axes are the shape of a number [], a vector [n], a row or matrix [m, n].
func axes(a series.Array) []int64 {
	switch {
	case a.R == 1 && a.C == 1:
		return []int64{}
	case a.C == 1:
		return []int64{int64(a.R)}
	}
	return []int64{int64(a.R), int64(a.C)}
}

// place puts the entries of a tensor where its name says.
func (m *Model) place(t tensor, entries []float64) error {
	k, name := 0, t.name
	if len(m.Members) > 1 {
		number, rest, _ := strings.Cut(name, "/")
		n, err := strconv.Atoi(number)
		if err != nil || n < 1 || n > len(m.Members) || m.prefix(n-1) != number+"/" {
			return fmt.Errorf("names no member; there are %d", len(m.Members))
		}
		k, name = n-1, rest
	}
	one := &m.Members[k]
	if part, ok := strings.CutPrefix(name, statePrefix); ok {
		if len(t.shape) != 1 {
			return fmt.Errorf("has the shape %s; a state has one axis", shapeText(t.shape))
		}
		if one.State == nil {
			one.State = map[string][]float64{}
		}
		one.State[part] = entries
		return nil
	}
	values, err := m.split(name, t.shape, entries)
	one.Weights[name] = values
	return err
}

// split makes the arrays of a weight from its tensor, which it keeps.
func (m *Model) split(name string, shape []int64, entries []float64) ([]series.Array, error) {
	count, inner := 1, shape
	if slices.Contains(m.PerSeries, name) {
		if len(shape) == 0 || shape[0] != int64(len(m.Series)) {
			return nil, fmt.Errorf("has the shape %s; its first axis must be the %d series", shapeText(shape), len(m.Series))
		}
		count, inner = len(m.Series), shape[1:]
	}
	r, c := 1, 1
	switch len(inner) {
	case 0:
	case 1:
		r = int(inner[0])
	case 2:
		r, c = int(inner[0]), int(inner[1])
	default:
		return nil, fmt.Errorf("has the shape %s; a value has two axes at most", shapeText(shape))
	}
	out := make([]series.Array, count)
	n := len(entries) / max(count, 1)
	for i := range out {
		out[i] = series.Floats(r, c, entries[i*n:(i+1)*n:(i+1)*n])
	}
	return out, nil
}
