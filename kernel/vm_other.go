//go:build !amd64 || noasm

package kernel

// machineCode would be a program's assembly: there is none.
type machineCode struct{}

func (machineCode) ready() bool { return false }

// machineFrame would be what the assembly reads.
type machineFrame struct{}

func (p *Program[T]) assemble() machineCode { return machineCode{} }

func (f *Frame[T]) lay() machineFrame { return machineFrame{} }

func (f *Frame[T]) measure(int) {}

func (f *Frame[T]) steps(_, _, _, _ int) {}
