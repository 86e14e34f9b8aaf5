//go:build !amd64 || noasm

package kernel

// Without assembly there is no family but Go, so nobody comes here.

func (s *Set[T]) tiles(*job) { panic("kernel: no assembly") }

func (s *Set[T]) copyGroups(*packing) { panic("kernel: no assembly") }

func (s *Set[T]) turnGroups(*packing) { panic("kernel: no assembly") }

func (s *Set[T]) peak(int) { panic("kernel: no assembly") }
