// Command unroll explains, differentiates, checks and lays out recurrent networks that are written
// as equations. main.go holds the verbs together, flags.go and source.go what they share; each verb is
// a file. That of explain goes on in solution.go (what is made), output.go (files, whole or not at
// all), watch.go and look.go (made again when a file changes).
//
// It turns flags into calls and results into words, and computes nothing. What is printed goes to
// standard output in one piece once it is complete; the exit status is 1 for a run that failed and 2
// for a call that was wrong. What there is to say goes to standard error: diagnostic.go makes
// diagnostics of errors, report.go writes them in the form of --diagnostics, terminal.go knows colours,
// and next.go what a person at a terminal is told besides. docs/errors.md promises the forms, and
// testdata/errors.txt holds all that is said.
package main
