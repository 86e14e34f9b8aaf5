package kernel

// A packed operand is panels of panelWidth columns, one after the other. Within a panel, row follows
// row; the last panel is only as wide as it must be, in whole vectors, and padded with 0.

// lanes is the number of entries of a vector.
func lanes[T Real](f Family) int {
	if f == Go {
		return plainWidth
	}
	return plainWidth
}

// panelWidth is the number of columns of a panel.
func panelWidth[T Real](f Family) int {
	return lanes[T](f)
}

// packPanel packs a panel's cols columns into rows of wide entries.
func (s *Set[T]) packPanel(dst, src []T, k, cols, wide, rs, cs int) {
	for i := range k {
		row := dst[i*wide:][:wide]
		for j := range cols {
			row[j] = src[i*rs+j*cs]
		}
		clear(row[cols:])
	}
}
