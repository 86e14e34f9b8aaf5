// Package kernel is arithmetic on slices, as fast as the machine does it: matrix products, and
// programs of entry-by-entry operations. Assembly for AVX2 and AVX-512, made by the avo programs in
// kernel/asm, stands beside plain Go that computes the same, for other machines and for the build
// tag noasm. It knows nothing of graphs, time or networks.
//
// A Set is the kernels of one family for one kind of numbers. Best picks the family by the CPU;
// Families lists those that can run here. A Set has no state and may be used by many goroutines.
//
// What it promises about bits: an entry of a product is one chain of fused multiply-adds over its
// terms in their order, cut at a fixed length; sums have a fixed tree. So a result depends neither
// on how many rows are computed at once nor on where they lie. Between families results may differ
// by rounding.
package kernel
