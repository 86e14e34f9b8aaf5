// Package randcell draws random well-typed cells of the language, as text, with random data,
// weights and choices of a run. It is test help: whatever reads, runs, differentiates or prints
// cells is held against something else on what Draw gives.
//
// A cell is written down, not built: Draw knows the language's rules (what may be read now, lagged
// or ahead, which shape goes where, when a forecast would be fed to itself) and nothing of the
// packages that check them. So a cell that is refused is a finding, here or there.
//
// Probability alone would leave rare things untested. Draw therefore picks a few features first,
// evenly from the list of all (every row and family of the table is one), and makes sure of each;
// Cell.Features tells what a cell holds in the end.
//
// It is not for invalid cells. Its two main types are Mode and Cell.
package randcell
