package kernel

// Joins tells whether operands of n columns each, packed one after the other, are one packed operand: so
// that several products of the same left operand are one.
func (s *Set[T]) Joins(n int) bool { return n%panelWidth[T](s.family) == 0 }
