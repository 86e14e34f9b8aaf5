package main

import (
	"fmt"
	"math/big"
	"reflect"
	"strings"

	"unroll/lang"
)

// tree prints a file's syntax: a node a line, what is in it indented below it. It walks the nodes
// by reflection, so that a new kind of node needs nothing here.
func tree(f *lang.File) string {
	t := &treePrinter{}
	for _, s := range f.Stmts {
		t.node(0, "", reflect.ValueOf(s))
	}
	return t.b.String()
}

type treePrinter struct{ b strings.Builder }

var (
	posType  = reflect.TypeFor[lang.Pos]()
	headType = reflect.TypeFor[lang.Head]()
	ratType  = reflect.TypeFor[*big.Rat]()
)

// node prints a struct: its kind, its place and its plain fields on one line, the rest below.
func (t *treePrinter) node(depth int, label string, v reflect.Value) {
	for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	head := label + v.Type().Name()
	var below []reflect.StructField
	for i := range v.NumField() {
		field := v.Type().Field(i)
		switch text, plain := plainField(v.Field(i), field); {
		case field.Name == "Text" && sameAsRead(v):
		case plain:
			head += text
		default:
			below = append(below, field)
		}
	}
	t.b.WriteString(strings.Repeat("  ", depth) + head + "\n")
	for _, field := range below {
		t.field(depth+1, field.Name, v.FieldByIndex(field.Index))
	}
}

// sameAsRead tells whether a sign or a name is written as it is read: not · for *, or σ for sigmoid.
func sameAsRead(v reflect.Value) bool {
	for _, name := range []string{"Op", "Fn"} {
		if read := v.FieldByName(name); read.IsValid() {
			return read.String() == v.FieldByName("Text").String()
		}
	}
	return false
}

// field prints what a field holds: a node, or a list of nodes.
func (t *treePrinter) field(depth int, name string, v reflect.Value) {
	if v.Kind() == reflect.Slice {
		for i := range v.Len() {
			t.node(depth, name+": ", v.Index(i))
		}
		return
	}
	t.node(depth, name+": ", v)
}

// plainField is a field that is said on its node's line, "" if there is nothing to say.
func plainField(v reflect.Value, field reflect.StructField) (text string, plain bool) {
	switch {
	case v.Type() == posType:
		return place(v.Interface().(lang.Pos), field.Name), true
	case v.Type() == headType:
		h := v.Interface().(lang.Head)
		return place(h.At, "At") + quoted("", h.Note), true
	case v.Type() == ratType:
		return "", true // the number as written says it
	case v.Kind() == reflect.String:
		return quoted(field.Name, v.String()), true
	case v.Kind() == reflect.Bool:
		return flagged(v.Bool(), field.Name), true
	case v.Kind() == reflect.Slice:
		return "", v.Len() == 0
	}
	return "", v.IsZero()
}

func flagged(on bool, field string) string {
	switch {
	case !on:
		return ""
	case field == "PerSeries":
		return " per series"
	}
	return " " + strings.ToLower(field)
}

func place(at lang.Pos, field string) string {
	switch {
	case at.Src == nil:
		return ""
	case field != "At":
		return fmt.Sprintf(" %s %d:%d", strings.ToLower(field), at.Line, at.Col)
	}
	return fmt.Sprintf(" %d:%d", at.Line, at.Col)
}

// quoted is a text; what a sign or a name was written as needs no label.
func quoted(field, s string) string {
	switch {
	case s == "":
		return ""
	case field == "Name", field == "Op", field == "Fn":
		return " " + s
	}
	return fmt.Sprintf(" %q", s)
}
