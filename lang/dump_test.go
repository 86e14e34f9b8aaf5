package lang

import (
	"fmt"
	"math/big"
	"reflect"
	"strings"
)

// dump writes a syntax tree without its places. With meaning only, spellings and brackets are left
// out too, so that a tree made by a program compares with the one that its text gives.
type dump struct{ meaning bool }

func (d dump) of(v any) string { return d.value(reflect.ValueOf(v)) }

func (d dump) value(v reflect.Value) string {
	switch x := v.Interface().(type) {
	case Pos:
		return ""
	case *big.Rat:
		return x.RatString()
	case *Num:
		if d.meaning && !x.Val.IsInt() && x.Text == "" {
			return fmt.Sprintf("(/ (Num %s) (Num %s))", x.Val.Num(), x.Val.Denom())
		}
		if d.meaning {
			return "(Num " + x.Val.RatString() + ")"
		}
	case *Paren:
		if d.meaning {
			return d.of(x.X)
		}
	case *Binary:
		if d.meaning {
			return "(" + x.Op + " " + d.of(x.X) + " " + d.of(x.Y) + ")"
		}
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return "-"
		}
		return d.value(v.Elem())
	case reflect.Slice:
		var out []string
		for i := range v.Len() {
			out = append(out, d.value(v.Index(i)))
		}
		return "[" + strings.Join(out, " ") + "]"
	case reflect.Struct:
		var out []string
		for i := range v.NumField() {
			if f := v.Type().Field(i).Name; f == "Src" || d.meaning && f == "Text" {
				continue
			}
			out = append(out, d.value(v.Field(i)))
		}
		return "(" + v.Type().Name() + " " + strings.Join(out, " ") + ")"
	}
	return fmt.Sprintf("%#v", v.Interface())
}
