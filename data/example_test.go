package data_test

import (
	"fmt"
	"os"
	"strings"

	"unroll/data"
)

func Example() {
	file, err := os.Open("testdata/AirPassengers.csv")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer file.Close()
	table, err := data.Read("AirPassengers.csv", file, data.Options{Want: []data.Want{{Name: "y", Rows: 1}}, Target: "value"})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, note := range table.Notes {
		fmt.Println(note)
	}
	y, months := table.Set.Series[0].Columns["y"], table.Calendars[0]
	fmt.Println(y.At(0), "at", months.Label(0), "…", y.At(143), "at", months.Label(143))
	fmt.Println("then comes", months.Label(144))
	// Output:
	// a row is a time: y from value; times in time
	// frequency: every month
	// 112 at 1949 … 432 at 1960.91666666667
	// then comes 1961
}

func ExampleInline() {
	want := []data.Want{{Name: "y", Rows: 1}, {Name: "k", Rows: 1, PerSeries: true}}
	set, err := data.Inline([]string{"y=0, 1/3, -1; 2,,4", "k=3; 4"}, want)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range set.Series {
		fmt.Println(s.ID, s.Columns["y"], s.Consts["k"])
	}
	// Output:
	// 1 [0 1/3 -1] 3
	// 2 [2 – 4] 4
}

func ExampleError() {
	file := strings.NewReader("date,value\n2020-01-01,5\n2020-01-02,\"5,1\"\n")
	_, err := data.Read("shop.csv", file, data.Options{Want: []data.Want{{Name: "value", Rows: 1}}})
	fmt.Println(err)
	// Output:
	// shop.csv:3:12: column value: "5,1" is not a number such as 3, -1/3, 0.25 or 1e-3 (2020-01-02); write a decimal point, not a comma, or separate cells by ;
}
