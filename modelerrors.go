package unroll

import (
	"context"

	"unroll/series"
	"unroll/train"
)

// StandardErrors are the standard errors of a member's weights on the data it was trained on: from the Hessian of the
// loss, which must be the negative logarithm of a likelihood and have its minimum at the weights. See package train.
// Of scaled data they are on the scale of training, as the weights are.
func (m *Model) StandardErrors(ctx context.Context, set series.Set, member int) (*train.Errors, error) {
	r, err := m.Bind(set, member)
	if err != nil {
		return nil, err
	}
	return train.StandardErrors(ctx, r.training())
}
