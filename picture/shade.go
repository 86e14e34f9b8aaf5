package picture

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Scale is how a number becomes a colour.
type Scale int

// The scales.
const (
	Factor Scale = iota // norms: by their logarithms, white at 1, so that growing and vanishing differ
	Signed              // proportionally, white at 0
)

// shade is a scale for the numbers of one matrix.
type shade struct {
	scale Scale
	most  float64 // the number, or for factors the logarithm to base 10, that has the last colour
}

// mostDecades is how far the colours of factors reach; smaller and larger ones look alike.
const mostDecades = 12

func (h *Heat) shade() shade {
	s := shade{scale: h.Scale}
	for _, row := range h.Entries {
		for _, e := range row {
			size := math.Abs(e.Value)
			if h.Scale == Factor {
				size = math.Abs(math.Log10(size))
			}
			if e.Text != "" && !math.IsInf(size, 0) && !math.IsNaN(size) {
				s.most = max(s.most, size)
			}
		}
	}
	if h.Scale == Factor {
		s.most = min(max(1, math.Ceil(s.most)), mostDecades)
	} else if s.most == 0 {
		s.most = 1
	}
	return s
}

// of is where a number stands on the scale, from -1 to 1.
func (s shade) of(v float64) float64 {
	if s.scale == Factor {
		v = math.Log10(math.Abs(v))
	}
	if math.IsNaN(v) {
		return 0
	}
	return min(max(v/s.most, -1), 1)
}

// ticks are the numbers at the beginning, the middle and the end of the scale.
func (s shade) ticks() [3]string {
	if s.scale == Factor {
		n := strconv.Itoa(int(s.most))
		up := strings.NewReplacer("0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹").Replace(n)
		return [3]string{"10⁻" + up, "1", "10" + up}
	}
	m := fmt.Sprintf("%.3g", s.most)
	return [3]string{"−" + m, "0", m}
}

// stops are the colours from the least number to the largest: blue, white, orange, which also those
// tell apart who see no red or no green.
var stops = [5][3]float64{{33, 84, 148}, {146, 190, 222}, {248, 248, 248}, {250, 184, 112}, {166, 71, 4}}

// colour is that of a place on the scale, from -1 to 1.
func colour(at float64) string {
	x := (at + 1) / 2 * float64(len(stops)-1)
	i := min(int(x), len(stops)-2)
	f := x - float64(i)
	var c [3]int
	for k := range c {
		c[k] = int(math.Round(stops[i][k]*(1-f) + stops[i+1][k]*f))
	}
	return fmt.Sprintf("#%02x%02x%02x", c[0], c[1], c[2])
}
