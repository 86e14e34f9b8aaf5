package plan

import "fmt"

func (r ref) String() string {
	if r.v == nil {
		return ""
	}
	name := fmt.Sprintf("v%d", r.v.id)
	if r.v.hold == temp {
		name = fmt.Sprintf("r%d", r.v.id)
	}
	if r.lag != 0 {
		name += fmt.Sprintf("[%+d]", -r.lag)
	}
	return name
}

func (t *task) String() string {
	text := fmt.Sprintf("%s = %s of", ref{v: t.out}, t.way)
	for _, r := range t.in {
		text += " " + r.String()
	}
	return text
}
