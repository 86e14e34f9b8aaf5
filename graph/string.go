package graph

import (
	"fmt"
	"strings"
)

func (s Scope) String() string {
	return [...]string{"one", "one a series", "each step", "each time"}[s]
}

// String is the node's printed form, on one line: `12 = relu(11) [3] each step`. Arguments are
// numbers of nodes.
func (n *Node) String() string {
	return fmt.Sprintf("%d = %s %s, %s", n.ID, n.what(), n.Shape, n.Scope)
}

func (n *Node) what() string {
	args := make([]string, len(n.Args))
	for i, a := range n.Args {
		args[i] = "?"
		if a != nil {
			args[i] = fmt.Sprint(a.ID)
		}
	}
	list := strings.Join(args, ", ")
	switch n.Kind {
	case Const:
		return "const " + constText(n)
	case Weight:
		return "weight " + n.Name
	case Input:
		return "input " + n.Name
	case Time:
		return "t"
	case Mask:
		return n.maskText()
	case Draw:
		return "draw " + n.Draw.ID
	case Row:
		return fmt.Sprintf("%s(%s)", n.Row.Name, list)
	case Name:
		return fmt.Sprintf("%s: %s", n.Name, list)
	case Shift:
		return fmt.Sprintf("shift(%s, %d)", list, n.K)
	case Window:
		return fmt.Sprintf("window(%s, %d..%d)", list, n.P, n.Q)
	case Fold:
		return fmt.Sprintf("fold(%s, %d..%d)", list, n.P, n.Q)
	case Total:
		return fmt.Sprintf("total(%s)", list)
	}
	return fmt.Sprintf("pooled(%s)", list)
}

func constText(n *Node) string {
	if n.sameNumber() {
		return n.Value[0].RatString()
	}
	var all []string
	for i, v := range n.Value {
		if i == 6 {
			all = append(all, "…")
			break
		}
		all = append(all, v.RatString())
	}
	return strings.Join(all, " ")
}

// sameNumber tells whether all entries of a constant are one number.
func (n *Node) sameNumber() bool {
	for _, v := range n.Value {
		if v.Cmp(n.Value[0]) != 0 {
			return false
		}
	}
	return len(n.Value) > 0
}

func (n *Node) maskText() string {
	switch n.Mask.Kind {
	case Inside:
		return fmt.Sprintf("inside(%s)", timeText(n.Mask.K))
	case Observed:
		return fmt.Sprintf("observed(%s, %s)", n.Mask.Inputs[0], timeText(n.Mask.K))
	case Past:
		return fmt.Sprintf("past(%s)", timeText(n.Mask.K))
	case First:
		return "first time of " + join(n.Mask.Inputs)
	}
	return "last time of " + join(n.Mask.Inputs)
}
