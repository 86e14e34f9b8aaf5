package main

import (
	"log"
	"os"
)

// What is copied, two steps later: y says again what x showed.
func Example() {
	if err := write(os.Stdout, copying, 1, 2, 1); err != nil {
		log.Fatal(err)
	}
	// Output:
	// series,t,x,y
	// 1,0,4,0
	// 1,1,7,0
	// 1,2,3,0
	// 1,3,1,0
	// 1,4,5,0
	// 1,5,5,0
	// 1,6,7,0
	// 1,7,5,0
	// 1,8,2,0
	// 1,9,5,0
	// 1,10,0,0
	// 1,11,9,0
	// 1,12,0,4
	// 1,13,0,7
	// 1,14,0,3
	// 1,15,0,1
	// 1,16,0,5
	// 1,17,0,5
	// 1,18,0,7
	// 1,19,0,5
	// 1,20,0,2
	// 1,21,0,5
}
