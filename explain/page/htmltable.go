package page

import (
	"unroll/explain"
)

// table scrolls within its own box where it is wider than the page. On paper it can't, and is set
// as small as makes it fit: --columns says about how wide it is.
func (h *hyper) table(t explain.Table) {
	h.put("<figure class=\"table\">\n")
	if len(t.Caption) > 0 {
		h.put("<figcaption>%s</figcaption>\n", inHTML(t.Caption))
	}
	g := gridOf(t, textWidth, setCell)
	wide := 0
	for _, n := range g.wide {
		wide += tableGap + n
	}
	h.put("<div class=\"scroll\" style=\"--columns:%d\">\n<table>\n<thead><tr>", wide)
	for _, cell := range g.rows[0] {
		h.put("<th scope=\"col\">%s</th>", inHTML(cell))
	}
	h.put("</tr></thead>\n<tbody>\n")
	for i, r := range t.Rows {
		if t.Left > 0 && i == t.LeftAt {
			h.leftOut(t, len(g.wide))
		}
		h.row(r, len(g.wide))
	}
	if t.Left > 0 && t.LeftAt >= len(t.Rows) {
		h.leftOut(t, len(g.wide))
	}
	h.put("</tbody>\n</table>\n</div>\n</figure>\n")
}

// row is a row of n cells, the first its head.
func (h *hyper) row(cells []explain.Cell, n int) {
	h.put("<tr>")
	for j := range n {
		var c explain.Cell
		if j < len(cells) {
			c = cells[j]
		}
		if j == 0 {
			h.put("<th scope=\"row\"%s>%s</th>", mark(c.Mark), inHTML(c.Text))
		} else {
			h.put("<td%s>%s</td>", mark(c.Mark), inHTML(c.Text))
		}
	}
	h.put("</tr>\n")
}

func (h *hyper) leftOut(t explain.Table, n int) {
	h.put("<tr class=\"left-out\"><td colspan=\"%d\">⋯ %s</td></tr>\n", max(1, n), inHTML(t.LeftSay))
}
