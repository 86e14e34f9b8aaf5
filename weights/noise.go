package weights

import "encoding/binary"

// Stream is the random numbers of one name in one series at one training step: a function of the
// time and the entry. It has no state, so it can be read in any order and from many goroutines.
type Stream uint64

// NewStream is the stream of a seed, a training step, a series and the id of what draws.
//
// The hash takes in 64-bit words w one after another: h = mix((h ^ w) + 0x9e3779b97f4a7c15), where
// mix is the finaliser of SplitMix64 (Steele, Lea & Flood, "Fast Splittable Pseudorandom Number
// Generators", OOPSLA 2014; Stafford's variant 13). The words are seed, step, and of series and of
// id each its length and then its bytes, eight to a word, little-endian, the last filled with
// zeros; then, when a number is taken, the time and the entry.
func NewStream(seed, step uint64, series, id string) Stream {
	return Stream(0).word(seed).word(step).text(series).text(id)
}

// Bits are 64 random bits for a time and an entry.
func (s Stream) Bits(t, entry int) uint64 {
	return uint64(s.word(uint64(t)).word(uint64(entry)))
}

// Uniform is a random k, to be read as the exact number k/2^32 in [0, 1).
func (s Stream) Uniform(t, entry int) uint32 { return uint32(s.Bits(t, entry) >> 32) }

// Unit is uniform in (0, 1): an odd multiple of 2^-53, so neither end is reached.
func (s Stream) Unit(t, entry int) float64 {
	return (float64(s.Bits(t, entry)>>12) + 0.5) * 0x1p-52
}

// Gauss is standard normal: the quantile of Unit. It lies within ±8.3.
func (s Stream) Gauss(t, entry int) float64 { return quantile(s.Unit(t, entry)) }

// Uniform is NewStream(seed, step, series, id).Uniform(t, entry).
func Uniform(seed, step uint64, series, id string, t, entry int) uint32 {
	return NewStream(seed, step, series, id).Uniform(t, entry)
}

// Gauss is NewStream(seed, step, series, id).Gauss(t, entry).
func Gauss(seed, step uint64, series, id string, t, entry int) float64 {
	return NewStream(seed, step, series, id).Gauss(t, entry)
}

func (s Stream) word(w uint64) Stream {
	h := (uint64(s) ^ w) + 0x9e3779b97f4a7c15
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h = (h ^ h>>27) * 0x94d049bb133111eb
	return Stream(h ^ h>>31)
}

func (s Stream) text(text string) Stream {
	s = s.word(uint64(len(text)))
	for len(text) > 0 {
		var chunk [8]byte
		n := copy(chunk[:], text)
		s, text = s.word(binary.LittleEndian.Uint64(chunk[:])), text[n:]
	}
	return s
}
