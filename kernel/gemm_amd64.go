//go:build !noasm

package kernel

import "unsafe"

//go:noescape
func tilesAVX2Float32(j *job)

//go:noescape
func tilesAVX2Float64(j *job)

//go:noescape
func tilesAVX512Float32(j *job)

//go:noescape
func tilesAVX512Float64(j *job)

//go:noescape
func packAVX2Float32(p *packing)

//go:noescape
func packAVX2Float64(p *packing)

//go:noescape
func packAVX512Float32(p *packing)

//go:noescape
func packAVX512Float64(p *packing)

//go:noescape
func turnFloat32(p *packing)

//go:noescape
func turnFloat64(p *packing)

func peakAVX2Float32(n int)
func peakAVX2Float64(n int)
func peakAVX512Float32(n int)
func peakAVX512Float64(n int)

// tiles runs a job.
func (s *Set[T]) tiles(j *job) {
	single := unsafe.Sizeof(T(0)) == 4
	switch {
	case s.family == AVX512 && single:
		tilesAVX512Float32(j)
	case s.family == AVX512:
		tilesAVX512Float64(j)
	case single:
		tilesAVX2Float32(j)
	default:
		tilesAVX2Float64(j)
	}
}

// copyGroups runs a packing.
func (s *Set[T]) copyGroups(p *packing) {
	single := unsafe.Sizeof(T(0)) == 4
	switch {
	case s.family == AVX512 && single:
		packAVX512Float32(p)
	case s.family == AVX512:
		packAVX512Float64(p)
	case single:
		packAVX2Float32(p)
	default:
		packAVX2Float64(p)
	}
}

// turnGroups turns blocks round: a vector of 32 bytes by as many rows, below each other.
func (s *Set[T]) turnGroups(p *packing) {
	if unsafe.Sizeof(T(0)) == 4 {
		turnFloat32(p)
	} else {
		turnFloat64(p)
	}
}

// peak does n times 12 fused multiply-adds of vectors on registers.
func (s *Set[T]) peak(n int) {
	single := unsafe.Sizeof(T(0)) == 4
	switch {
	case s.family == AVX512 && single:
		peakAVX512Float32(n)
	case s.family == AVX512:
		peakAVX512Float64(n)
	case single:
		peakAVX2Float32(n)
	default:
		peakAVX2Float64(n)
	}
}
