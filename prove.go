package unroll

import "unroll/prove"

// Prove holds the derivative of the cell's loss by every weight against derivatives that are found in
// other ways, on small data that it draws itself. Of the options it takes the sizes, how scores become a loss,
// and the seed of what is drawn: what is fed back it goes through itself. The error says why nothing
// could be compared; whether all that was compared agrees is in the report.
func (c *Cell) Prove(o Options) (*prove.Report, error) {
	choices, err := o.choices()
	if err != nil {
		return nil, err
	}
	choices.Use = c.use
	return prove.Cell(c.file, choices, o.Seed)
}
