package graph

import (
	"cmp"
	"maps"
	"math/big"
	"slices"
)

// basis has, for each of the first n unknowns that isn't solved, the degrees of the weights if that
// is 1 and the others 0. Each begins at another weight, where all others are 0.
func (d *degrees) basis(n int) []degree {
	of := make([]degree, n)
	for _, k := range d.weights {
		for free, c := range d.reduced(unknown(k)) {
			if free >= n {
				continue
			}
			if of[free] == nil {
				of[free] = degree{}
			}
			of[free][k] = c
		}
	}
	return slices.DeleteFunc(of, func(v degree) bool { return v == nil })
}

// sparser takes multiples of vectors from others for as long as one gets simpler: layers that are
// next to each other, rather than each with the last.
func sparser(basis []degree) []degree {
	for again := true; again; {
		again = false
		for i := range basis {
			for j := 1; j < len(basis); j++ { // the next one first: as a rule it is the one
				if v := simplest(basis[i], basis[(i+j)%len(basis)]); v != nil {
					basis[i], again = v, true
				}
			}
		}
	}
	slices.SortFunc(basis, func(a, b degree) int { return slices.Compare(a.keys(), b.keys()) })
	return basis
}

// simplest is a less that multiple of b that makes it simplest; nil if none makes it simpler than it is.
func simplest(a, b degree) degree {
	var common []int
	for _, k := range a.keys() {
		if b[k] != nil {
			common = append(common, k)
		}
	}
	if len(b) > 2*len(common) {
		return nil // more entries of b come in than go out
	}
	var best degree
	ratios := map[string]*big.Rat{}
	for _, k := range common {
		c := new(big.Rat).Quo(a[k], b[k])
		ratios[c.String()] = c
	}
	for _, name := range slices.Sorted(maps.Keys(ratios)) {
		c := ratios[name]
		if v := a.plus(c.Neg(c), b); simpler(v, a) && (best == nil || simpler(v, best)) {
			best = v
		}
	}
	return best
}

// simpler tells whether a vector has fewer entries than another, or as many that are closer together.
func simpler(a, b degree) bool {
	k, l := a.keys(), b.keys()
	return cmp.Or(cmp.Compare(len(k), len(l)), cmp.Compare(k[len(k)-1]-k[0], l[len(l)-1]-l[0])) < 0
}

func (a degree) keys() []int { return slices.Sorted(maps.Keys(a)) }

// scaling is a vector as exponents of weights in file order, the last positive. It is nil if they
// are beyond all reason.
func scaling(v degree, weights []*Param) Scaling {
	var out Scaling
	exponents := integers(v)
	for i, w := range weights {
		for _, k := range []int{i, len(weights) + i} {
			switch e := exponents[k]; {
			case e == nil:
			case !e.IsInt64():
				return nil
			default:
				out = append(out, Scaled{w.Name, int(e.Int64())})
			}
		}
	}
	if out[len(out)-1].Exponent < 0 {
		for i := range out {
			out[i].Exponent *= -1
		}
	}
	return out
}

// integers are the smallest whole numbers that a vector is a multiple of.
func integers(v degree) map[int]*big.Int {
	denominator, divisor := big.NewInt(1), new(big.Int)
	for _, c := range v {
		common := new(big.Int).GCD(nil, nil, denominator, c.Denom())
		denominator.Mul(denominator, common.Quo(c.Denom(), common))
	}
	out := map[int]*big.Int{}
	for k, c := range v.times(new(big.Rat).SetInt(denominator)) {
		out[k] = c.Num()
		divisor.GCD(nil, nil, divisor, new(big.Int).Abs(c.Num()))
	}
	for k, n := range out {
		out[k] = new(big.Int).Quo(n, divisor)
	}
	return out
}
