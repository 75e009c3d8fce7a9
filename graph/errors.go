package graph

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"leerkring/internal/kb"
)

// The codes that only this edge gives.
const (
	// BadRequest is a request that is no GraphQL request.
	BadRequest kb.Code = "BAD_REQUEST"
	// MethodNotAllowed is a request by a method that cannot carry the operation.
	MethodNotAllowed kb.Code = "METHOD_NOT_ALLOWED"
	// UnsupportedMediaType is a body that is no JSON.
	UnsupportedMediaType kb.Code = "UNSUPPORTED_MEDIA_TYPE"
	// QueryTooComplex is a document over one of the limits.
	QueryTooComplex kb.Code = "QUERY_TOO_COMPLEX"
	// ParseFailed is a document that is not GraphQL.
	ParseFailed kb.Code = errcode.ParseFailed
	// ValidationFailed is a document or a variable that does not fit the schema.
	ValidationFailed kb.Code = errcode.ValidationFailed
)

// statusOf gives the HTTP status of a request that was refused with a code before
// anything of it was executed.
func statusOf(code kb.Code) int {
	switch code {
	case MethodNotAllowed:
		return http.StatusMethodNotAllowed
	case UnsupportedMediaType:
		return http.StatusUnsupportedMediaType
	case kb.TooLarge:
		return http.StatusRequestEntityTooLarge
	case kb.Internal:
		return http.StatusInternalServerError
	}
	return http.StatusBadRequest
}

// argumentError is a value of an argument that cannot be.
type argumentError struct {
	argument string
	cause    *kb.Error
}

func badArgument(name string, t kb.Text, args ...any) error {
	return &argumentError{name, kb.Errorf(kb.Invalid, t, args...)}
}

// Error is for logs.
func (e *argumentError) Error() string { return e.argument + ": " + e.cause.Error() }

// Unwrap gives the coded error.
func (e *argumentError) Unwrap() error { return e.cause }

// refused is a coded error in the form in which an executor stops an operation.
func refused(code kb.Code, t kb.Text, args ...any) *gqlerror.Error {
	return gqlerror.Wrap(kb.Errorf(code, t, args...))
}

// presenter turns errors into what a client may see. It is an allow-list: what it
// does not know is INTERNAL with a reference, and only the log tells more.
type presenter struct {
	log       *slog.Logger
	reference func() string
}

// present is the graphql.ErrorPresenterFunc.
func (p presenter) present(ctx context.Context, err error) *gqlerror.Error {
	out := &gqlerror.Error{Path: graphql.GetPath(ctx)}
	from, ok := errors.AsType[*gqlerror.Error](err)
	if ok {
		out.Path, out.Locations = from.Path, from.Locations
	}
	lang := languageOf(ctx)
	switch coded, isCoded := errors.AsType[*kb.Error](err); {
	case isCoded && coded.Code != kb.Internal && coded.Code != kb.Damaged:
		if coded.Cause != nil {
			p.log.WarnContext(ctx, "graphql: a field could not be answered", "code", coded.Code, "path", out.Path.String(), "cause", coded.Cause)
		}
		out.Message, out.Extensions = coded.Text.In(lang), extensions(err, coded, lang)
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		out.Message = kb.Text{NL: "De vraag duurde te lang en is afgebroken.", EN: "The request took too long and was cut off."}.In(lang)
		out.Extensions = map[string]any{"code": kb.Timeout}
	case ok && from.Extensions["code"] == errcode.ParseFailed:
		out.Message, out.Extensions = shorten(from.Message), map[string]any{"code": ParseFailed}
	case ok && from.Extensions["code"] == errcode.ValidationFailed:
		out.Message, out.Extensions = shorten(from.Message), map[string]any{"code": ValidationFailed}
	default:
		out.Message, out.Extensions = p.internal(ctx, err, out.Path.String())
	}
	return out
}

// internal logs a fault of ours and gives what a client may know of it.
func (p presenter) internal(ctx context.Context, err error, path string) (string, map[string]any) {
	ref := p.reference()
	p.log.ErrorContext(ctx, "graphql: a field failed", "reference", ref, "path", path, "error", err)
	t := kb.Text{NL: "Er ging bij ons iets mis. Noem bij vragen het kenmerk %s.", EN: "Something went wrong on our side. Please mention reference %s when you ask about it."}
	e := kb.Errorf(kb.Internal, t, ref)
	return e.Text.In(languageOf(ctx)), map[string]any{"code": kb.Internal, "reference": ref}
}

// recover is the graphql.RecoverFunc: the stack goes to the log, not the value,
// which may hold what a person typed.
func (p presenter) recover(ctx context.Context, value any) error {
	p.log.ErrorContext(ctx, "graphql: a resolver panicked", "type", fmt.Sprintf("%T", value), "stack", string(debug.Stack()))
	return kb.Errorf(kb.Internal, kb.Text{NL: "Er ging bij ons iets mis.", EN: "A resolver panicked."})
}

func extensions(err error, coded *kb.Error, lang string) map[string]any {
	ext := map[string]any{"code": coded.Code}
	if arg, ok := errors.AsType[*argumentError](err); ok {
		ext["argument"] = arg.argument
	}
	if len(coded.Problems) > 0 {
		problems := make([]map[string]string, len(coded.Problems))
		for i, p := range coded.Problems {
			problems[i] = map[string]string{"field": p.Field, "message": p.Text.In(lang)}
		}
		ext["problems"] = problems
	}
	return ext
}

// shorten keeps a message that quotes the document from echoing all of it.
func shorten(message string) string {
	const most = 300
	if r := []rune(message); len(r) > most {
		return string(r[:most]) + "…"
	}
	return message
}
