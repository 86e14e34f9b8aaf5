package main

import (
	"log"
	"os"
	"strings"
)

func Example() {
	const archive = "# a comment\n@problemName Two\n@classLabel true low high\n@data\n0.5,1:low\n2,-3:high\n"
	if err := convert(strings.NewReader(archive), os.Stdout); err != nil {
		log.Fatal(err)
	}
	// Output:
	// series,t,x,k
	// 1,0,0.5,0
	// 1,1,1,0
	// 2,0,2,1
	// 2,1,-3,1
}
