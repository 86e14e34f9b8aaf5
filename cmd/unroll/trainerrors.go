package main

import (
	"context"
	"fmt"
	"io"

	"unroll"
	"unroll/data"
)

// estimates writes what the weights came to, with their standard errors, and the logarithm of the likelihood.
func (f *trainingFlags) estimates(ctx context.Context, w io.Writer, table *data.Table, m *unroll.Fitted) error {
	for k := range m.Members() {
		e, err := m.StandardErrors(ctx, table.Set, k)
		if err != nil {
			return fmt.Errorf("--errors: %w", err)
		}
		g := &grid{}
		g.add(memberName(k, m.Members())+"weight", "estimate", "standard error")
		for _, name := range e.Names {
			for i, a := range e.Errors[name] {
				at := m.Weights(k)[name][i]
				for j := range a.Len() {
					title := entryName(name, a.R, a.C, j)
					if len(e.Errors[name]) > 1 {
						title += " of " + m.Series()[i]
					}
					g.add(title, fmt.Sprintf("%.6g", at.Float64(j)), fmt.Sprintf("%.4g", a.Float64(j)))
				}
			}
		}
		if _, err := fmt.Fprintf(w, "\n%slog-likelihood %.8g\n", g, -e.Loss); err != nil {
			return err
		}
	}
	return nil
}

// entryName is the name of an entry of an array, as a file writes it: W[0, 1].
func entryName(name string, rows, columns, entry int) string {
	switch {
	case rows*columns == 1:
		return name
	case columns == 1:
		return fmt.Sprintf("%s[%d]", name, entry)
	}
	return fmt.Sprintf("%s[%d, %d]", name, entry/columns, entry%columns)
}
