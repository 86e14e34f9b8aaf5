// Package spell finds the name that a mistyped one was meant to be, for "did you mean". It knows
// nothing of what is named: its one function takes a name and those that exist.
package spell
