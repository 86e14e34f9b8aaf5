package train

import "context"

func (e *each) descend(ctx context.Context) error { return nil }
