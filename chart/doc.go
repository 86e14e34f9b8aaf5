// Package chart draws forecasts and curves: a series' last stretch with its forecast, bands and the cut-off, or a
// loss by epoch, as SVG, as PNG and as a sketch of characters for a terminal. It takes plain numbers and functions that
// write labels, and knows nothing of cells, tables or models; what a worked solution shows is drawn by picture.
//
// [Forecast] and [Curves] are the two charts. The method Picture of each gives a file's bytes, Sketch gives lines of
// text. Numbers that are not finite are gaps. The same chart gives the same bytes.
package chart
