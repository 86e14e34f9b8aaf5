package op_test

import (
	"testing"

	"unroll/lang"
	"unroll/op"
)

func TestParseTmp(t *testing.T) {
	p := func(name, s string) {
		if s == "" {
			return
		}
		if _, _, err := lang.ParseBody(&lang.Source{Name: name, Text: s}); err != nil {
			t.Errorf("%s: %q: %v", name, s, err)
		}
	}
	for _, r := range op.Standard().Rows {
		p(r.Name, r.Body)
		p(r.Name, r.Calm)
		for _, d := range append(append([]string{}, r.Deriv...), r.Inverse...) {
			p(r.Name, d)
		}
		for _, e := range r.Examples {
			p(r.Name, e.Call)
			if e.Gives[0] < 128 {
				p(r.Name, e.Gives)
			}
		}
	}
	for _, f := range op.Standard().Families {
		p(f.Name, f.Score)
		p(f.Name, f.Forecast)
	}
	if err := op.Standard().Check(); err != nil {
		t.Error(err)
	}
}
