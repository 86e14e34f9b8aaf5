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

// inBytes writes a size as people say it.
func inBytes(n int) string {
	const unit = 1024.0
	x := float64(n)
	for _, name := range []string{"bytes", "KiB", "MiB", "GiB"} {
		if x < unit {
			return fmt.Sprintf("%.3g %s", x, name)
		}
		x /= unit
	}
	return fmt.Sprintf("%.3g TiB", x)
}
