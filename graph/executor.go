package graph

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"maps"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"

	"leerkring/graph/internal/exec"
	"leerkring/internal/kb"
)

// Config is what the GraphQL edge needs. All fields but Timeout are required.
type Config struct {
	Library   *kb.Library
	Editorial *kb.Editorial
	Gazetteer *kb.Gazetteer
	Desk      *kb.Desk
	Accounts  *kb.Accounts
	// Notifications are what people were told, Counting what is read and searched for.
	Notifications *kb.Notifications
	Counting      *kb.Counting
	// Files are what was uploaded.
	Files *kb.Files
	// SignIn is how one can sign in.
	SignIn SignIn
	// BaseURL is the address of the site, without a slash at the end.
	BaseURL string
	Log     *slog.Logger
	Now     func() time.Time
	// Ready reports whether the index has caught up with the store.
	Ready func() bool
	// Reference makes a short text that tells one fault in the log from all others.
	Reference func() string
	// Timeout is how long one operation may take; 0 is 10 seconds.
	Timeout time.Duration
}

// SignIn is how one can sign in.
type SignIn struct {
	// Open lets everyone open an account.
	Open      bool
	Providers []Provider
}

// Provider is the sign-in of an organisation.
type Provider struct {
	// Name is its short name, Label what people call it.
	Name, Label string
	// URL is the address that begins to sign in.
	URL string
}

// Executor answers GraphQL operations, for the handler and in the process itself.
// It may be used by many goroutines.
type Executor struct {
	sources sources
	engine  *executor.Executor
	parsed  documents
	errors  presenter
	timeout time.Duration
}

// NewExecutor makes an executor. The limits and the presentation of errors are set
// here, once, for every way in.
func NewExecutor(c Config) *Executor {
	if c.Timeout == 0 {
		c.Timeout = 10 * time.Second
	}
	e := &Executor{
		sources: sources{c.Library, c.Desk, c.Accounts.Names, c.Counting, c.Files},
		engine: executor.New(exec.NewExecutableSchema(exec.Config{Schema: schema(), Resolvers: &Resolver{
			library: c.Library, editorial: c.Editorial, desk: c.Desk, gazetteer: c.Gazetteer, accounts: c.Accounts,
			notifications: c.Notifications, signIn: c.SignIn, now: c.Now, baseURL: c.BaseURL, ready: c.Ready, files: c.Files,
		}})),
		parsed:  documents{lru.New[*ast.QueryDocument](256)},
		errors:  presenter{c.Log, c.Reference},
		timeout: c.Timeout,
	}
	e.engine.SetErrorPresenter(e.errors.present)
	e.engine.SetRecoverFunc(e.errors.recover)
	e.engine.SetQueryCache(e.parsed)
	e.engine.SetParserTokenLimit(maxTokens)
	e.engine.SetDisableSuggestion(true)
	e.engine.SetDefaultRulesFn(validationRules)
	return e
}

// schema is the schema without @defer: one request has one answer here, and gqlgen
// would leave out of it what was deferred.
func schema() *ast.Schema {
	s := *exec.NewExecutableSchema(exec.Config{}).Schema()
	s.Directives = maps.Clone(s.Directives)
	delete(s.Directives, "defer")
	return &s
}

// Error is one error of an answer.
type Error struct {
	Message   string              `json:"message"`
	Locations []gqlerror.Location `json:"locations,omitempty"`
	Path      ast.Path            `json:"path,omitempty"`
	// Extensions hold the code, and what belongs to it.
	Extensions map[string]any `json:"extensions"`
}

// Code is the code of the error.
func (e Error) Code() kb.Code { return e.Extensions["code"].(kb.Code) }

// Do answers one operation. data is nil when the operation was refused before
// anything of it was executed; then there is at least one error. variables is a
// JSON object or empty. Cancelling ctx answers with the code TIMEOUT.
func (e *Executor) Do(ctx context.Context, query, operationName string, variables json.RawMessage) (data json.RawMessage, errs []Error) {
	op := operation{Query: query, OperationName: operationName}
	if len(variables) > 0 {
		dec := json.NewDecoder(bytes.NewReader(variables))
		dec.UseNumber()
		if err := dec.Decode(&op.Variables); err != nil {
			refusal := kb.Wrap(err, BadRequest, kb.Text{NL: "De variabelen zijn geen JSON-object.", EN: "The variables are not a JSON object."})
			return nil, e.present(ctx, refusal)
		}
	}
	return e.run(ctx, op)
}

// operation is one request, whatever way it came in.
type operation struct {
	Query         string
	OperationName string
	Variables     map[string]any
	// Extensions are read only to refuse what is no object: we know none.
	Extensions map[string]any
	// readOnly refuses everything but queries.
	readOnly bool
	// uploads are the files that come with it; nil for none.
	uploads *uploads
}

// run answers one operation, with its time limit.
func (e *Executor) run(ctx context.Context, op operation) (data json.RawMessage, errs []Error) {
	ctx = withReading(graphql.StartOperationTrace(ctx), newReading(e.sources, kb.ActorOf(ctx), languageOf(ctx)))
	ctx, cancel := e.limited(ctx, op.uploads)
	defer cancel()
	defer func() {
		if v := recover(); v != nil {
			data, errs = nil, e.present(ctx, e.errors.recover(ctx, v))
		}
	}()
	if err := e.check(ctx, op); err != nil {
		return nil, e.present(ctx, err)
	}
	opCtx, list := e.engine.CreateOperationContext(ctx, &graphql.RawParams{
		Query: op.Query, OperationName: op.OperationName, Variables: op.Variables,
	})
	if len(list) > 0 {
		return nil, e.present(ctx, errorsOf(list)...)
	}
	if err := checkCost(opCtx); err != nil {
		return nil, e.present(ctx, err)
	}
	opCtx.DisableIntrospection = false
	respond, ctx := e.engine.DispatchOperation(ctx, opCtx)
	resp := respond(ctx)
	if resp == nil { // the time was over before it began
		return nil, e.present(ctx, ctx.Err())
	}
	return resp.Data, wire(resp.Errors)
}

// limited gives an operation its time. It stands still while files are waited for,
// and begins anew with each piece of them: a large file over a slow line takes its time.
func (e *Executor) limited(ctx context.Context, u *uploads) (context.Context, context.CancelFunc) {
	if u == nil {
		return context.WithTimeout(ctx, e.timeout)
	}
	ctx, cancel := context.WithCancel(ctx)
	timer := time.AfterFunc(e.timeout, cancel)
	u.body.waiting = func() func() {
		timer.Stop()
		return func() { timer.Reset(e.timeout) }
	}
	return ctx, func() {
		u.body.waiting = func() func() { return func() {} }
		timer.Stop()
		cancel()
	}
}

// check refuses what must not reach the validator. A document that was accepted
// before has passed it.
func (e *Executor) check(ctx context.Context, op operation) error {
	if len(op.Query) > maxDocument {
		return kb.Errorf(kb.TooLarge, kb.Text{NL: "Het document is te groot: hoogstens %d bytes.", EN: "The document is too large: at most %d bytes."}, maxDocument)
	}
	doc, known := e.parsed.Get(ctx, op.Query)
	if !known {
		if err := checkTokens(op.Query); err != nil {
			return err
		}
		var err error
		if doc, err = parser.ParseQuery(&ast.Source{Input: op.Query}); err != nil {
			return nil //nolint:nilerr // the engine parses again and says what is wrong
		}
		if err := checkShape(doc); err != nil {
			return err
		}
	}
	if def := doc.Operations.ForName(op.OperationName); op.readOnly && def != nil && def.Operation != ast.Query {
		return kb.Errorf(MethodNotAllowed, kb.Text{NL: "Met GET kunt u alleen vragen stellen; gebruik POST.", EN: "GET takes queries only; use POST."})
	}
	return nil
}

// present turns the errors of a refused operation into what a client may see.
func (e *Executor) present(ctx context.Context, list ...error) []Error {
	out := make(gqlerror.List, len(list))
	for i, err := range list {
		out[i] = e.errors.present(ctx, err)
	}
	return wire(out)
}

// errorsOf gives the first errors of a document; it may have thousands.
func errorsOf(list gqlerror.List) []error {
	const most = 20
	out := make([]error, min(len(list), most))
	for i := range out {
		out[i] = list[i]
	}
	return out
}

func wire(list gqlerror.List) []Error {
	out := make([]Error, len(list))
	for i, err := range list {
		out[i] = Error{err.Message, err.Locations, err.Path, err.Extensions}
	}
	return out
}

// documents caches the documents that were accepted. Large ones are not kept, so
// that strangers cannot fill the memory with them.
type documents struct {
	graphql.Cache[*ast.QueryDocument]
}

// Add keeps a document.
func (d documents) Add(ctx context.Context, query string, doc *ast.QueryDocument) {
	if len(query) <= 8<<10 {
		d.Cache.Add(ctx, query, doc)
	}
}
