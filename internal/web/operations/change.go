package operations

import (
	"context"
	"strings"
	"time"

	"github.com/Khan/genqlient/graphql"
)

// Changed is what came of a change of a record.
type Changed struct {
	// Record is the record as it is now; nil when it was not done, and after it was deleted.
	Record *Record `json:"record"`
	// Errors tell why it was not done.
	Errors []Problem `json:"userErrors"`
}

// Problem is what is wrong with what was asked.
type Problem struct {
	Field    string        `json:"field"`
	Code     UserErrorCode `json:"code"`
	Message  string        `json:"message"`
	Conflict *Clash        `json:"conflict"`
}

// Clash tells who changed a record meanwhile.
type Clash struct {
	Version int       `json:"version"`
	By      *Who      `json:"by"`
	At      time.Time `json:"at"`
	Fields  []string  `json:"fields"`
}

// Mutation is a change of a record, like createCase or publish. They all take one
// input, and answer in one shape; so they are written once, here, rather than
// sixty times in a .graphql file.
type Mutation struct {
	// Name is the name of the field, Input that of its input.
	Name, Input string
}

// Create makes a draft of a kind, by the name of its type.
func Create(kind string) Mutation { return ofKind("create", kind, "Create"+kind) }

// Update changes a record of a kind.
func Update(kind string) Mutation { return ofKind("update", kind, "Update"+kind) }

// Withdraw takes a record of a kind away from readers.
func Withdraw(kind string) Mutation { return ofKind("withdraw", kind, "Withdraw") }

// Restore gives it back.
func Restore(kind string) Mutation { return ofKind("restore", kind, "Restore") }

// Delete deletes a record of a kind.
func Delete(kind string) Mutation { return ofKind("delete", kind, "Delete") }

func ofKind(verb, kind, input string) Mutation { return Mutation{verb + kind, input + "Input"} }

// Step is a step of the workflow, which is the same for all kinds: submitForReview and others.
func Step(name string) Mutation {
	return Mutation{name, strings.ToUpper(name[:1]) + name[1:] + "Input"}
}

// document writes the mutation.
func (m Mutation) document() string {
	record := "record { id version url status }"
	if strings.HasPrefix(m.Name, "delete") {
		record = ""
	}
	return "mutation Change($input: " + m.Input + "!) { done: " + m.Name + "(input: $input) { " + record +
		" userErrors { field code message conflict { version at by { id name } fields } } } }"
}

// Change makes a change.
func Change(ctx context.Context, c graphql.Client, m Mutation, input map[string]any) (*Changed, error) {
	var data struct {
		Done Changed `json:"done"`
	}
	err := c.MakeRequest(ctx, &graphql.Request{
		OpName: "Change", Query: m.document(), Variables: map[string]any{"input": input},
	}, &graphql.Response{Data: &data})
	return &data.Done, err
}
