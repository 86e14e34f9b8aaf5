// Package picture draws what a worked solution shows: a network unrolled over its steps, with the
// values going forward and the derivatives coming back, and a matrix of numbers as colours. It
// makes SVG from plain descriptions and knows nothing of cells or graphs: which nodes there are,
// how high they stand and what is written in them is said by the caller. It isn't for plots of
// series, nor for interaction: a page's script finds the nodes and edges by their data attributes.
//
// [Network] is the unrolled network, [Heat] the matrix; the method SVG of each gives an element that
// can stand alone as a file or inside HTML. Its styles hold for itself only.
package picture
