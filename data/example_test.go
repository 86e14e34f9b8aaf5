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
	set, err := data.ReadCSV("AirPassengers.csv", file, []data.Want{{Name: "y", Rows: 1}}, map[string][]string{"y": {"value"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	y := set.Series[0].Columns["y"]
	fmt.Println(y.Len(), "months:", y.Slice(0, 3), "…", y.At(143))
	// Output: 144 months: [112 118 132] … 432
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
	_, err := data.ReadCSV("shop.csv", file, []data.Want{{Name: "value", Rows: 1}}, nil)
	fmt.Println(err)
	// Output:
	// shop.csv:3:12: column value: "5,1" is not a number such as 3, -1/3, 0.25 or 1e-3; write a decimal point, not a comma
}
