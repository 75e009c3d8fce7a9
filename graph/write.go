package graph

import (
	"context"
	"encoding/json"

	"leerkring/graph/model"
	"leerkring/internal/kb"
)

// saved is the payload of every mutation that writes a record; the payloads of the
// schema are this under names of their own.
type saved[E kb.Entity] struct {
	Record     E
	UserErrors []*model.UserError
	Sequence   *int
}

// deleted is the payload of every mutation that deletes one.
type deleted struct {
	ID         *kb.ID
	UserErrors []*model.UserError
	Sequence   *int
}

// kindOf is the kind of a type of record; kb.Entity itself stands for any kind.
func kindOf[E kb.Entity]() kb.Kind {
	var none E
	if any(none) == nil {
		return ""
	}
	return none.Kind()
}

// write does one step at the desk and gives what came of it.
func write[E kb.Entity](ctx context.Context, target kb.Target, do func(actor kb.Actor) (kb.Saved, error)) (*saved[E], error) {
	reading := readingOf(ctx)
	done, err := attempt(reading, do)
	if wrong := recordErrors(ctx, target, err); len(wrong) > 0 {
		return &saved[E]{UserErrors: wrong}, nil
	}
	if err != nil {
		return nil, err
	}
	record, _ := done.Entity.(E)
	if done.Entity != nil {
		reading.expect(done.Entity)
	}
	return &saved[E]{Record: record, Sequence: sequence(ctx, done.Seq)}, nil
}

// attempt does something that changes records. What was read before is old then.
func attempt[T any](reading *reading, do func(actor kb.Actor) (T, error)) (T, error) {
	defer reading.forget()
	if !reading.known() {
		var none T
		return none, kb.Errorf(kb.Unauthenticated, kb.Text{NL: "Log eerst in.", EN: "Sign in first."})
	}
	return do(reading.actor)
}

func createRecord[E kb.Entity](ctx context.Context, desk *kb.Desk, input map[string]any) (*saved[E], error) {
	fields, err := fieldsOf(input)
	if err != nil {
		return nil, err
	}
	key, _ := input["idempotencyKey"].(*string)
	target := kb.Target{Kind: kindOf[E]()}
	return write[E](ctx, target, func(actor kb.Actor) (kb.Saved, error) {
		return desk.Create(ctx, actor, target.Kind, fields, deref(key))
	})
}

func updateRecord[E kb.Entity](ctx context.Context, desk *kb.Desk, input map[string]any) (*saved[E], error) {
	fields, err := fieldsOf(input)
	if err != nil {
		return nil, err
	}
	id, _ := input["id"].(kb.ID)
	version, _ := input["version"].(int)
	autosave, _ := input["autosave"].(*bool)
	target := kb.Target{Kind: kindOf[E](), ID: id, Version: version}
	return write[E](ctx, target, func(actor kb.Actor) (kb.Saved, error) {
		return desk.Update(ctx, actor, target, fields, deref(autosave))
	})
}

func withdrawRecord[E kb.Entity](ctx context.Context, desk *kb.Desk, in model.WithdrawInput) (*saved[E], error) {
	target := kb.Target{Kind: kindOf[E](), ID: in.ID, Version: in.Version}
	return write[E](ctx, target, func(actor kb.Actor) (kb.Saved, error) {
		return desk.Withdraw(ctx, actor, target, in.Reason, deref(in.ReplacedBy))
	})
}

func restoreRecord[E kb.Entity](ctx context.Context, desk *kb.Desk, in model.RestoreInput) (*saved[E], error) {
	target := kb.Target{Kind: kindOf[E](), ID: in.ID, Version: in.Version}
	return write[E](ctx, target, func(actor kb.Actor) (kb.Saved, error) {
		return desk.Restore(ctx, actor, target)
	})
}

func deleteRecord[E kb.Entity](ctx context.Context, desk *kb.Desk, in model.DeleteInput) (*deleted, error) {
	target := kb.Target{Kind: kindOf[E](), ID: in.ID, Version: in.Version}
	done, err := write[E](ctx, target, func(actor kb.Actor) (kb.Saved, error) {
		return desk.Delete(ctx, actor, target)
	})
	if err != nil {
		return nil, err
	}
	if len(done.UserErrors) > 0 {
		return &deleted{UserErrors: done.UserErrors}, nil
	}
	return &deleted{ID: &in.ID, Sequence: done.Sequence}, nil
}

// fieldsOf gives what an input says of a record, as encoding/json decodes it. What
// is absent stays absent, and what is null clears.
func fieldsOf(input map[string]any) (kb.Fields, error) {
	data, err := json.Marshal(input)
	if err != nil {
		return nil, err
	}
	var fields kb.Fields
	if err := decode(data, &fields); err != nil {
		return nil, err
	}
	for _, name := range []string{"id", "version", "autosave", "idempotencyKey"} {
		delete(fields, name)
	}
	return fields, nil
}

// deref gives what a pointer names, or the zero value.
func deref[T any](p *T) T {
	if p == nil {
		var none T
		return none
	}
	return *p
}
