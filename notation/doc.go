// Package notation is formulas as on paper: a tree that is made of the language's syntax, of the
// TeX templates of the table of operations, or piece by piece, and printed as a line of Unicode, as
// TeX or as MathML. It knows how things are written and nothing of what they are: it neither
// computes nor simplifies, and is not for source text, which package lang prints.
//
// The main type is Math, a piece of mathematics. Expr makes one of an expression, Symbol of a name,
// Parse of TeX; Fill puts arguments into the holes of a template, Sum, Product, Neg and Call build
// on others, and all of them set brackets where precedence needs them. Text, TeX and MathML print.
//
//	cell language ──Expr──▶ Math ──Text, TeX, MathML──▶ print
//	TeX ──Parse──▶ template ──Fill──▶ Math
//
// # What TeX is read
//
// Parse reads what the table of operations and TeX write, which is a small part of TeX: letters,
// numbers, signs, scripts, fractions, roots, fences, accents, sums, functions, matrices and cases,
// with the holes #1, #2, … Two pieces beside each other are a product; a name before a round
// bracket, or a word before anything, is a function and its argument. A product before a round
// bracket is therefore written with \, or \cdot.
package notation
