package page

import "unroll/explain"

// labels are the words that a page adds to its document.
type labels struct {
	contents, picture, close string
	boxes                    map[explain.BoxKind]string
}

// labelsOf are the words in the language of a document: English, unless it is one that is here.
func labelsOf(d *explain.Document) labels {
	if d.Lang == "ru" {
		return labels{
			contents: "Содержание", picture: "Рисунок", close: "Закрыть",
			boxes: map[explain.BoxKind]string{explain.Remark: "Замечание", explain.Check: "Проверка", explain.Warning: "Внимание"},
		}
	}
	return labels{
		contents: "Contents", picture: "Picture", close: "Close",
		boxes: map[explain.BoxKind]string{explain.Remark: "Note", explain.Check: "Check", explain.Warning: "Warning"},
	}
}

// heading is the title of a box, or the name of its kind.
func (l labels) heading(b explain.Box) explain.Text {
	if len(b.Title) > 0 {
		return b.Title
	}
	return explain.Text{{Words: l.boxes[b.Kind]}}
}
