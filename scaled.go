package unroll

import (
	"fmt"
	"maps"

	"unroll/graph"
	"unroll/series"
)

// scale brings data to the scale that the model was trained on: a series that it was trained on as then, another
// by itself.
func (m *Model) scale(set series.Set) (series.Set, map[string]map[string]series.Scaling, error) {
	return scaleSet(set, m.cell.Inputs(), m.file.Options["scale"], m.file.Scales, 0)
}

// Scales are how the model scales the data, by series and input; nil if it doesn't. As in a forecast, a series that it
// wasn't trained on is scaled by itself.
func (m *Model) Scales(set series.Set) (map[string]map[string]series.Scaling, error) {
	_, scales, err := m.scale(set)
	return scales, err
}

// isScaled tells whether a kind of scaling does anything.
func isScaled(kind string) bool { return kind != "" && kind != "none" }

// scaleSet scales the inputs that are forecast, each series by itself: as is known of it, or as its values say, but for
// the last of them that are held out.
func scaleSet(set series.Set, wants []*graph.Column, kind string, known map[string]map[string]series.Scaling, holdout int) (series.Set, map[string]map[string]series.Scaling, error) {
	if !isScaled(kind) {
		return set, nil, nil
	}
	out, scales := series.Set{}, map[string]map[string]series.Scaling{}
	for _, s := range set.Series {
		own := map[string]series.Scaling{}
		columns := maps.Clone(s.Columns)
		for _, w := range wants {
			if !w.Forecast || w.PerSeries {
				continue
			}
			scaling, ok := known[s.ID][w.Name]
			if !ok {
				var err error
				if scaling, err = series.FindScaling(before(s.Columns[w.Name], holdout), kind); err != nil {
					return set, nil, fmt.Errorf("series %s, input %s: %w", s.ID, w.Name, err)
				}
			}
			scaledColumn, err := scaling.Apply(s.Columns[w.Name])
			if err != nil {
				return set, nil, fmt.Errorf("series %s, input %s: %w", s.ID, w.Name, err)
			}
			own[w.Name], columns[w.Name] = scaling, scaledColumn
		}
		s.Columns = columns
		scales[s.ID] = own
		out.Series = append(out.Series, s)
	}
	return out, scales, nil
}

// before is a column without its last values; the whole of it if nothing would be left.
func before(c series.Column, held int) series.Column {
	if held <= 0 || held >= c.Len() {
		return c
	}
	return c.Slice(0, c.Len()-held)
}
