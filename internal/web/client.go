package web

import (
	"context"
	"encoding/json"

	"github.com/Khan/genqlient/graphql"

	"leerkring/internal/kb"
)

// Operation is one GraphQL operation that a page needs.
type Operation struct {
	// Language is the language of labels and messages: "nl" or "en".
	Language  string
	Name      string
	Query     string
	Variables json.RawMessage
}

// Execute answers an operation as the reader that ctx belongs to. Its error is a
// *Failure when the operation, or a part of it, has no answer.
type Execute func(ctx context.Context, op Operation) (data json.RawMessage, err error)

// Failure is why an operation has no answer.
type Failure struct {
	Code kb.Code
	// Message is one sentence for the reader, in the language of the operation.
	Message string
	// Reference tells the fault in the log from all others; empty when it was not logged.
	Reference string
}

// Error is for logs.
func (f *Failure) Error() string { return string(f.Code) + ": " + f.Message }

// client lets the generated operations run in the process.
type client struct {
	execute  Execute
	language language
}

var _ graphql.Client = client{}

// MakeRequest executes one operation.
func (c client) MakeRequest(ctx context.Context, req *graphql.Request, resp *graphql.Response) error {
	variables, err := json.Marshal(req.Variables)
	if err != nil {
		return err
	}
	data, err := c.execute(ctx, Operation{
		Language: string(c.language), Name: req.OpName, Query: req.Query, Variables: variables,
	})
	if err != nil {
		return err
	}
	return json.Unmarshal(data, resp.Data)
}
