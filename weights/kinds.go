package weights

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"unroll/internal/spell"
)

// Kind is one way of drawing a weight's start.
type Kind struct {
	Name string
	Args []string // what its arguments are called
	Doc  string   // a sentence, for the language reference

	check func(args []float64) error                                    // of the arguments' values; may be nil
	draw  func(args []float64, s size, noise source) ([]float64, error) // row-major entries
}

// size is a weight's.
type size struct{ rows, cols int }

// source is the noise of one weight: t is 0, or counts fresh attempts.
type source struct{ Stream }

// Kinds are the ways of drawing a start.
var Kinds = []Kind{
	{Name: "glorot", Doc: "Uniform in ±sqrt(6/(rows + columns)): keeps the variance of values and derivatives of a map (Glorot & Bengio, 2010).",
		draw: glorot},
	{Name: "he", Doc: "Normal with deviation sqrt(2/columns): keeps the variance through relu (He et al., 2015).",
		draw: he},
	{Name: "orthogonal", Doc: "Rows or columns, whichever are fewer, orthonormal, uniformly among all such matrices (Saxe et al., 2014; Mezzadri, 2007).",
		draw: orthogonal},
	{Name: "identity", Doc: "1 on the diagonal and 0 beside it (Le, Jaitly & Hinton, 2015).",
		draw: identity},
	{Name: "normal", Args: []string{"mean", "sd"}, Doc: "Normal with this mean and standard deviation.",
		check: checkNormal, draw: normal},
	{Name: "uniform", Args: []string{"lo", "hi"}, Doc: "Uniform between lo and hi.",
		check: checkUniform, draw: uniform},
	{Name: "spectral", Args: []string{"radius", "density"}, Doc: "A square matrix in which a share density of the entries is not 0, scaled so that its largest eigenvalue has this magnitude (Jaeger, 2001).",
		check: checkSpectral, draw: spectral},
}

// Draw is a random start of the kind named, for a weight of rows × cols: row-major entries. Entry i
// is a function of seed, name (in which a dot is the same as `_`) and i; the orthonormal and the
// scaled ones are of all entries drawn so. It is an error if the kind is unknown, or if the number
// of arguments, their values or the shape don't suit it.
func Draw(kind string, args []float64, rows, cols int, seed uint64, name string) ([]float64, error) {
	k, err := find(kind)
	if err != nil {
		return nil, err
	}
	if err := k.checkCall(args); err != nil {
		return nil, err
	}
	if rows < 0 || cols < 0 {
		return nil, fmt.Errorf("%s: a weight of %d×%d", kind, rows, cols)
	}
	noise := NewStream(seed, 0, "weight", strings.ReplaceAll(name, ".", "_"))
	return k.draw(args, size{rows, cols}, source{noise})
}

// CheckKind is the error that Draw would give for a kind and its arguments, whatever the shape.
func CheckKind(kind string, args []float64) error {
	k, err := find(kind)
	if err != nil {
		return err
	}
	return k.checkCall(args)
}

func find(kind string) (Kind, error) {
	i := slices.IndexFunc(Kinds, func(k Kind) bool { return k.Name == kind })
	if i >= 0 {
		return Kinds[i], nil
	}
	names := make([]string, len(Kinds))
	for i, k := range Kinds {
		names[i] = k.Name
	}
	help := "a start is one of " + strings.Join(names, ", ")
	if near := spell.Nearest(kind, names); near != "" {
		help = "did you mean " + near + "?"
	}
	return Kind{}, fmt.Errorf("no start is called %s; %s", kind, help)
}

func (k Kind) checkCall(args []float64) error {
	call := k.Name
	if len(k.Args) > 0 {
		call += "(" + strings.Join(k.Args, ", ") + ")"
	}
	if len(args) != len(k.Args) {
		return fmt.Errorf("%s has %d arguments, not %d; write %s", k.Name, len(k.Args), len(args), call)
	}
	for i, a := range args {
		if math.IsNaN(a) || math.IsInf(a, 0) {
			return fmt.Errorf("%s: %s is %v", call, k.Args[i], a)
		}
	}
	if k.check == nil {
		return nil
	}
	if err := k.check(args); err != nil {
		return fmt.Errorf("%s: %w", call, err)
	}
	return nil
}

func checkNormal(args []float64) error {
	if args[1] < 0 {
		return fmt.Errorf("sd is %v, but a deviation is not negative", args[1])
	}
	return nil
}

func checkUniform(args []float64) error {
	if args[0] > args[1] {
		return fmt.Errorf("lo is %v and hi %v; write the smaller first", args[0], args[1])
	}
	return nil
}

func checkSpectral(args []float64) error {
	if args[0] < 0 {
		return fmt.Errorf("radius is %v, but a radius is not negative", args[0])
	}
	if args[1] <= 0 || args[1] > 1 {
		return fmt.Errorf("density is %v; it is a share, more than 0 and at most 1", args[1])
	}
	return nil
}
