package operations

import (
	"context"
	"strings"

	"github.com/Khan/genqlient/graphql"
)

// FiledRecord is a piece of material with the ids of its files. It is written by hand
// for the reason that Named has.
type FiledRecord struct {
	Type        string         `json:"__typename"`
	ID          string         `json:"id"`
	Version     int            `json:"version"`
	Title       string         `json:"title"`
	ViewerCan   []RecordAction `json:"viewerCan"`
	Files       []FileID       `json:"files"`
	WorkingCopy *FiledRecord   `json:"workingCopy"`
}

// FileID names a file.
type FileID struct {
	ID string `json:"id"`
}

// Work is what is being worked on: the working copy where there is one.
func (r *FiledRecord) Work() *FiledRecord {
	if r.WorkingCopy != nil {
		return r.WorkingCopy
	}
	return r
}

// ChangeFile does one of changeFile, removeFile, explainFinding, takeSuggestions and
// refuseSuggestions: they take one input, and tell what is wrong in one way.
func ChangeFile(ctx context.Context, c graphql.Client, name string, input map[string]any) ([]Problem, error) {
	var data struct {
		Done struct {
			Errors []Problem `json:"userErrors"`
		} `json:"done"`
	}
	err := c.MakeRequest(ctx, &graphql.Request{
		OpName: "ChangeFile",
		Query: "mutation ChangeFile($input: " + strings.ToUpper(name[:1]) + name[1:] + "Input!) { done: " + name +
			"(input: $input) { userErrors { field code message conflict { version at by { id name } fields } } } }",
		Variables: map[string]any{"input": input},
	}, &graphql.Response{Data: &data})
	return data.Done.Errors, err
}

// UploadFile is the mutation that a form with a file sends, as a multipart request.
const UploadFile = "mutation UploadFile($input: UploadFileInput!) { uploadFile(input: $input) { userErrors { field code message } } }"
