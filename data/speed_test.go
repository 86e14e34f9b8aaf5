package data

import (
	"bytes"
	"fmt"
	"runtime"
	"testing"
	"time"
)

// million is a long table of a million hours in a thousand series.
func million() []byte {
	var b bytes.Buffer
	b.WriteString("unique_id,ds,y\n")
	start := time.Date(2016, 7, 1, 0, 0, 0, 0, time.UTC)
	for s := range 1000 {
		for i := range 1000 {
			fmt.Fprintf(&b, "series%d,%s,%.3f\n", s, start.Add(time.Duration(i)*time.Hour).Format("2006-01-02 15:04:05"), float64(s*i%99991)/7)
		}
	}
	return b.Bytes()
}

// BenchmarkRead reads a million rows. Held is what the table takes once it is read.
func BenchmarkRead(b *testing.B) {
	file := million()
	b.SetBytes(int64(len(file)))
	b.ReportAllocs()
	var table *Table
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for b.Loop() {
		var err error
		if table, err = Read("million.csv", bytes.NewReader(file), Options{Want: []Want{scalarY}}); err != nil {
			b.Fatal(err)
		}
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/(1<<20), "MB-held")
	runtime.KeepAlive(table)
	runtime.KeepAlive(file)
}
