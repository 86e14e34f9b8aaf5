package unroll

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"

	"unroll/series"
	"unroll/weights"
)

// optionData is the setting of a model that tells the data it was trained on from others.
const optionData = "data"

// ErrResume is in the error of a training that is to go on from a model of another one: of other equations, options
// or data.
var ErrResume = errors.New("the model to go on from is of another training")

// sameTraining tells what keeps a training from going on from a model: what differs between the two.
func sameTraining(was, now *weights.Model) error {
	if was.Text != now.Text {
		return fmt.Errorf("%w, with other equations", ErrResume)
	}
	for _, name := range slices.Sorted(maps.Keys(now.Uses)) {
		if was.Uses[name] != now.Uses[name] {
			return fmt.Errorf("%w, with another %s", ErrResume, name)
		}
	}
	for _, name := range bothKeys(was.Sizes, now.Sizes) {
		if was.Sizes[name] != now.Sizes[name] {
			return fmt.Errorf("%w, with %s = %d, not %d", ErrResume, name, was.Sizes[name], now.Sizes[name])
		}
	}
	if !slices.Equal(was.Series, now.Series) {
		return fmt.Errorf("%w, on other series: %s, not %s", ErrResume, someIDs(was.Series), someIDs(now.Series))
	}
	for _, name := range bothKeys(was.Options, now.Options) {
		if name != optionData && was.Options[name] != now.Options[name] {
			return fmt.Errorf("%w, with %s %q, not %q", ErrResume, name, was.Options[name], now.Options[name])
		}
	}
	if was.Options[optionData] != now.Options[optionData] {
		return fmt.Errorf("%w, on other data: the same series with other values", ErrResume)
	}
	return nil
}

// bothKeys are the keys of either, in order.
func bothKeys[V any](a, b map[string]V) []string {
	all := maps.Clone(a)
	if all == nil {
		all = map[string]V{}
	}
	maps.Copy(all, b)
	return slices.Sorted(maps.Keys(all))
}

// someIDs are the first of a list of series.
func someIDs(ids []string) string {
	const most = 3
	if len(ids) > most {
		return fmt.Sprintf("%d series from %s on", len(ids), ids[0])
	}
	return fmt.Sprint(ids)
}

// fingerprint is the same for the same data: the columns by their names, with every number to the last bit.
func fingerprint(set series.Set) string {
	sum := sha256.New()
	var b []byte
	number := func(n uint64) { b = binary.LittleEndian.AppendUint64(b, n) }
	for _, s := range set.Series {
		number(uint64(s.Skipped))
		for _, name := range slices.Sorted(maps.Keys(s.Columns)) {
			c := s.Columns[name]
			b = append(append(b, name...), 0)
			number(uint64(c.Len()))
			entries := 0
			for _, a := range c.All() {
				entries = max(entries, a.Len())
			}
			row := make([]float64, entries)
			number(uint64(entries))
			for t := range c.Len() {
				c.Read(t, row)
				for _, x := range row {
					if math.IsNaN(x) {
						x = math.NaN() // what is missing, however it was written
					}
					number(math.Float64bits(x))
				}
			}
			_, _ = sum.Write(b) // a hash takes all
			b = b[:0]
		}
	}
	return fmt.Sprintf("sha256:%x", sum.Sum(nil)[:8])
}
