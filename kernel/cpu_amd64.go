//go:build amd64 && !noasm

package kernel

import "golang.org/x/sys/cpu"

// assembled are the families of assembly that this CPU runs.
func assembled() []Family {
	var out []Family
	if cpu.X86.HasAVX2 && cpu.X86.HasFMA {
		out = append(out, AVX2)
		if cpu.X86.HasAVX512F && cpu.X86.HasAVX512DQ && cpu.X86.HasAVX512BW && cpu.X86.HasAVX512VL {
			out = append(out, AVX512)
		}
	}
	return out
}
