package data

import (
	"bytes"
	"fmt"
	"runtime"
	"testing"
	"time"
)

// million is a long table of a million hours in a thousand series, one below the other or interleaved.
func million(interleaved bool) []byte {
	var b bytes.Buffer
	b.WriteString("unique_id,ds,y\n")
	start := time.Date(2016, 7, 1, 0, 0, 0, 0, time.UTC)
	for i := range 1_000_000 {
		s, t := i/1000, i%1000
		if interleaved {
			s, t = t, s
		}
		fmt.Fprintf(&b, "series%d,%s,%.3f\n", s, start.Add(time.Duration(t)*time.Hour).Format("2006-01-02 15:04:05"), float64(s*t%99991)/7)
	}
	return b.Bytes()
}

// BenchmarkRead reads a million rows. Held is what the table takes once it is read.
func BenchmarkRead(b *testing.B) {
	b.Run("below", func(b *testing.B) { benchmarkRead(b, million(false)) })
	b.Run("interleaved", func(b *testing.B) { benchmarkRead(b, million(true)) })
}

func benchmarkRead(b *testing.B, file []byte) {
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
