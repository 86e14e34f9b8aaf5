package parquet_test

import (
	"bytes"
	"fmt"
	"strings"

	"unroll/data"
	"unroll/data/parquet"
)

func Example() {
	want := data.Options{Want: []data.Want{{Name: "y", Rows: 1}}}
	table, err := data.Read("shop.csv", strings.NewReader("unique_id,ds,y\na,2020-01-31,1.5\na,2020-02-29,2\n"), want)
	if err != nil {
		fmt.Println(err)
		return
	}
	months := table.Calendars[0]
	columns := append(data.Keys([]data.Span{{ID: "a", Calendar: months, From: 2, To: 4}}), data.Column{Name: "y", Numbers: []float64{2.5, 3}})
	var file bytes.Buffer
	if err := parquet.Write(&file, columns); err != nil {
		fmt.Println(err)
		return
	}
	back, err := parquet.Read("forecast.parquet", bytes.NewReader(file.Bytes()), int64(file.Len()), want)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(back.Set.Series[0].Columns["y"], back.Calendars[0].Label(0), back.Calendars[0].Label(1), back.Notes[1])
	// Output: [2.5 3] 2020-03-31 2020-04-30 frequency: every month
}
