package plan

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"unsafe"

	"unroll/kernel"
)

func sizeOf[T kernel.Real]() int { return int(unsafe.Sizeof(T(0))) }

// aligned is memory for n entries that begins at a vector's boundary.
func aligned[T kernel.Real](n int) []T {
	l := lanes[T]()
	all := make([]T, n+l)
	skip := 0
	if over := int(uintptr(unsafe.Pointer(&all[0])) % uintptr(l*sizeOf[T]())); over > 0 {
		skip = l - over/sizeOf[T]()
	}
	return all[skip : skip+n : skip+n]
}

// freeMemory is how many bytes the machine can give, where it tells.
func freeMemory() (int, bool) {
	f, err := os.Open("/proc/meminfo")
	if err != nil {
		return 0, false
	}
	defer f.Close() //nolint:errcheck // it is only read
	for s := bufio.NewScanner(f); s.Scan(); {
		var kb int
		if strings.HasPrefix(s.Text(), "MemAvailable:") {
			_, err := fmt.Sscanf(s.Text(), "MemAvailable: %d kB", &kb)
			return kb << 10, err == nil
		}
	}
	return 0, false
}

// memoryLimit is how many bytes a bound plan may take at most, whatever the machine says.
const memoryLimit = 1 << 40

// affordable finds that so many entries are more than there is memory for.
func affordable[T kernel.Real](entries float64) error {
	bytes, most := entries*float64(sizeOf[T]()), float64(memoryLimit)
	if free, ok := freeMemory(); ok {
		most = min(most, float64(free))
	}
	if bytes <= most {
		return nil
	}
	return fmt.Errorf("the run needs %s of memory, and there are %s; take fewer series at once, shorter ones, or smaller sizes", inBytes(bytes), inBytes(most))
}

// least is how many entries the shards need whatever shares memory: those of their largest values. It
// can't overflow, as their sum might.
func (b *Bound[T]) least(parts [][]int) float64 {
	sum := 0.0
	for _, part := range parts {
		rows := float64(len(part)) * float64(b.leaves.T(part[0]))
		most := rows
		for _, v := range b.plan.l.values {
			if v.hold == full && (v.leaf || b.plan.routes == nil) {
				most = max(most, float64(v.width)*rows)
			}
		}
		sum += most
	}
	return sum
}

// inBytes writes a size as people say it.
func inBytes(x float64) string {
	const unit = 1024.0
	for _, name := range []string{"bytes", "KiB", "MiB", "GiB"} {
		if x < unit {
			return fmt.Sprintf("%.4g %s", x, name)
		}
		x /= unit
	}
	return fmt.Sprintf("%.4g TiB", x)
}
