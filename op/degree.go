package op

// Degree says how a row's value scales with its arguments. What a factor c > 0 in some weights
// multiplies by c^d, entry by entry, is of degree d; what it leaves as it is, of degree 0. A Degree is
// which degrees the arguments must be of, and of which the value then is. The row's derivative keeps
// to it: Euler's identity holds, so that the sum of d·⟨a, derivative by a⟩ over the arguments a is
// that of the value. The number 0 is of any degree.
type Degree int

const (
	// Unscaled: every argument must be of degree 0, and so is the value. It is always true.
	Unscaled Degree = iota
	// Alike: the arguments and the value are of one degree, whichever: a + b, relu(a).
	Alike
	// OfFirst: the value is of the first argument's degree. The others are shapes and places.
	OfFirst
	// OfBranches: the value is of one degree with all arguments but the first, which only chooses.
	OfBranches
	// Added: the value's degree is the sum of the arguments': products.
	Added
	// Subtracted: the first argument's degree less the second's: quotients.
	Subtracted
	// Powered: the first argument's degree times the second argument, which is a constant number.
	// With any other exponent it is Unscaled.
	Powered
	// Halved: half of the argument's degree.
	Halved
	// Compared: the arguments are of one degree, whichever, and the value of degree 0.
	Compared
	// Held: the arguments are of any degrees, and the value of degree 0. It stays as it is, or the
	// derivative takes it for a constant.
	Held
)
