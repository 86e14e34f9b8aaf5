package backtest

import "unroll/series"

// setOf has the histories of cases as the input y.
func setOf(cases []Case) series.Set {
	var out series.Set
	for _, c := range cases {
		out.Series = append(out.Series, series.Series{ID: c.ID, Columns: map[string]series.Column{"y": series.Dense(1, 1, c.History)}})
	}
	return out
}
