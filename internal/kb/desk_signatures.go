package kb

import "context"

func comes() error { return Errorf(Unavailable, Text{"Dit is er nog niet.", "This is not there yet."}) }

// Revisions is to come.
func (d *Desk) Revisions(ctx context.Context, actor Actor, id ID, before, limit int) ([]Revision, error) {
	return nil, comes()
}

// Compare is to come.
func (d *Desk) Compare(ctx context.Context, actor Actor, id ID, from, to int) ([]FieldChange, error) {
	return nil, comes()
}

// Audit is to come.
func (d *Desk) Audit(ctx context.Context, actor Actor, req AuditRequest) (AuditPage, error) {
	return AuditPage{}, comes()
}
