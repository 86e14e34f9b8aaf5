package picture

import (
	"fmt"
	"html"
	"strings"
)

// SVG draws the network.
func (n *Network) SVG() string {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" class="unrolled" viewBox="0 0 %d 600" width="%[1]d" height="600" role="img" aria-label="%s">`, 160*len(n.Columns), html.EscapeString(n.Title))
	for _, x := range n.Nodes {
		fmt.Fprintf(&b, `<g class="node" data-mark="%s"><title>%s</title><text x="%d" y="%d">%s %s = %s</text></g>`, html.EscapeString(x.ID), html.EscapeString(x.Hint), 160*x.Column+20, 560-80*x.Rank, html.EscapeString(x.Label.Base), html.EscapeString(x.Label.Sub), html.EscapeString(x.Value))
	}
	b.WriteString("</svg>")
	return b.String()
}

// SVG draws the matrix.
func (h *Heat) SVG() string {
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" class="heat" viewBox="0 0 100 100" width="100" height="100" role="img" aria-label="%s"></svg>`, html.EscapeString(h.Title))
}
