//go:build !amd64 || noasm

package kernel

// assembled are none.
func assembled() []Family { return nil }
