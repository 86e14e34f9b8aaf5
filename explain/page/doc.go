// Package page prints a worked solution, an explain.Document, for people: Text for a terminal of
// 80 columns, Markdown as GitHub shows it, LaTeX as a whole document for pdflatex, and HTML as one
// file that needs nothing else. In the HTML page a value that is pointed at lights up wherever it
// stands, with the values that it was computed from, and its line of the solution with numbers is
// shown; without a script the page reads just as well.
//
// It decides how things are laid out, and nothing of what is said: not for building documents
// (that is explain), nor for setting formulas (that is notation). The few words of its own, such
// as the name of a box without a title, are in English and Russian.
package page
