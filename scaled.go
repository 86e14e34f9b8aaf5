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
	return scaleSet(set, m.cell.Inputs(), m.file.Options["scale"], m.file.Scales)
}

// scaleSet scales the inputs that are forecast, each series by itself: as is known of it, or as its values say.
func scaleSet(set series.Set, wants []*graph.Column, kind string, known map[string]map[string]series.Scaling) (series.Set, map[string]map[string]series.Scaling, error) {
	if kind == "" || kind == "none" {
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
				if scaling, err = series.FindScaling(s.Columns[w.Name], kind); err != nil {
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
