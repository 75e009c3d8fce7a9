package search

import "context"

func (p *plan) correct(context.Context, *Index) error { return nil }

func (p *plan) recognise(*Index) {}

func (v *view) named(*Index, string, any) []string { return nil }
