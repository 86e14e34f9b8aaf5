package parquet_test

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"unroll/data"
	"unroll/data/parquet"
)

// BenchmarkRead reads a million hours of a thousand series.
func BenchmarkRead(b *testing.B) {
	columns := []data.Column{{Name: "unique_id"}, {Name: "ds"}, {Name: "y"}}
	start := time.Date(2016, 7, 1, 0, 0, 0, 0, time.UTC)
	for s := range 1000 {
		for i := range 1000 {
			columns[0].Words = append(columns[0].Words, fmt.Sprint("series", s))
			columns[1].Times = append(columns[1].Times, start.Add(time.Duration(i)*time.Hour))
			columns[2].Numbers = append(columns[2].Numbers, float64(s*i%99991)/7)
		}
	}
	var file bytes.Buffer
	if err := parquet.Write(&file, columns); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := read(file.Bytes(), data.Options{Want: wantY}); err != nil {
			b.Fatal(err)
		}
	}
}
