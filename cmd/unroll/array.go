package main

import (
	"fmt"
	"math/big"
	"strings"

	"unroll/series"
)

// parseArray reads an exact number, a list as [1, 1/2], or a matrix as [[1, 2], [3, 4]].
func parseArray(text string) (series.Array, error) {
	inner, list, err := unbracket(text)
	if err != nil {
		return series.Array{}, err
	}
	if !list {
		n, err := entry(text)
		return series.Number(n), err
	}
	if !strings.HasPrefix(strings.TrimSpace(inner), "[") {
		row, err := entries(inner)
		return series.Vector(row...), err
	}
	return parseMatrix(splitRows(inner))
}

// parseMatrix reads rows of the same length.
func parseMatrix(rows []string) (series.Array, error) {
	var all []*big.Rat
	columns := 0
	for i, r := range rows {
		inner, list, err := unbracket(r)
		if err != nil || !list {
			return series.Array{}, fmt.Errorf("%q is not a row; write a matrix as in [[1, 2], [3, 4]]", strings.TrimSpace(r))
		}
		row, err := entries(inner)
		if err != nil {
			return series.Array{}, err
		}
		if i > 0 && len(row) != columns {
			return series.Array{}, fmt.Errorf("the rows have different lengths, %d and %d; write a matrix as in [[1, 2], [3, 4]]", columns, len(row))
		}
		columns = len(row)
		all = append(all, row...)
	}
	return series.Rats(len(rows), columns, all), nil
}

// unbracket takes the brackets off a list.
func unbracket(text string) (inner string, list bool, err error) {
	text = strings.TrimSpace(text)
	inner, list = strings.CutPrefix(text, "[")
	inner, closed := strings.CutSuffix(inner, "]")
	if list != closed {
		return "", false, fmt.Errorf("%q lacks a bracket; write a list as in [1, 2]", text)
	}
	return inner, list, nil
}

func entries(text string) ([]*big.Rat, error) {
	var all []*big.Rat
	for _, part := range strings.Split(text, ",") {
		n, err := entry(part)
		if err != nil {
			return nil, err
		}
		all = append(all, n)
	}
	return all, nil
}

func entry(text string) (*big.Rat, error) {
	n, err := series.ParseNumber(text)
	if err == nil && n == nil {
		err = fmt.Errorf("a weight has no missing entries")
	}
	return n, err
}

// splitRows splits at the commas outside brackets.
func splitRows(text string) []string {
	var rows []string
	depth, begin := 0, 0
	for i, r := range text {
		switch {
		case r == '[':
			depth++
		case r == ']':
			depth--
		case r == ',' && depth == 0:
			rows, begin = append(rows, text[begin:i]), i+1
		}
	}
	return append(rows, text[begin:])
}
