// Command leerkring is the knowledge base of a community of practice: it serves
// the pages and GraphQL, and brings collections in and out.
//
// The invariant that a newcomer must know: each command is one file, says what
// is wrong and what to do in the user's language on stderr, and ends with an
// exit code from the one table in exit.go. What others read goes to stdout.
package main

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"leerkring/internal/app"
	"leerkring/internal/httpd"
	"leerkring/internal/kb"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	unsetEmpty()
	t := newTerminal(os.Stdout, os.Stderr, os.Getenv)
	code := run(ctx, os.Args[1:], t)
	stop()
	os.Exit(code)
}

// unsetEmpty takes an empty LEERKRING_* variable for one that is not set: compose
// files write "${X:-}", and kong would refuse it as a switch or a choice.
func unsetEmpty() {
	for _, pair := range os.Environ() {
		if name, ok := strings.CutSuffix(pair, "="); ok && strings.HasPrefix(name, "LEERKRING_") {
			_ = os.Unsetenv(name)
		}
	}
}

// commands are what the program can do.
type commands struct {
	Serve   serveCommand   `cmd:"" help:"${serve}"`
	Import  importCommand  `cmd:"" help:"${import}"`
	Export  exportCommand  `cmd:"" help:"${export}"`
	Backup  backupCommand  `cmd:"" help:"${backup}"`
	Restore restoreCommand `cmd:"" help:"${restore}"`
	Reindex reindexCommand `cmd:"" help:"${reindex}"`
	Verify  verifyCommand  `cmd:"" help:"${verify}"`
	Eval    evalCommand    `cmd:"" help:"${eval}"`
	Analyze analyzeCommand `cmd:"" help:"${analyze}"`

	Tune          tuneCommand          `cmd:"" help:"${tune}"`
	EvalCompounds evalCompoundsCommand `cmd:"" help:"${compounds}"`

	Synonyms   synonymsCommand   `cmd:"" help:"${synonyms}"`
	Judgements judgementsCommand `cmd:"" help:"${judgements}"`

	User  userCommand  `cmd:"" help:"${user}"`
	Token tokenCommand `cmd:"" help:"${token}"`
	Role  roleCommand  `cmd:"" help:"${role}"`

	Version versionCommand `cmd:"" help:"${version}"`

	Check       checkCommand       `cmd:"" help:"${check}"`
	ImportFiles importFilesCommand `cmd:"" help:"${import_files}"`
	Reextract   reextractCommand   `cmd:"" help:"${reextract}"`

	ExtractWorker extractWorkerCommand `cmd:"" hidden:""` // a child of a server that reads files
}

// helped is what kong's exit hook throws after it has shown the help.
type helped struct{}

// run does one command and gives the exit code.
func run(ctx context.Context, args []string, t *terminal) (code int) {
	var cli commands
	parser, err := kong.New(&cli,
		kong.Name("leerkring"), kong.Description(t.text(description())), kong.Vars(helpTexts(t.lang)),
		kong.Writers(t.out, t.err), kong.Exit(func(int) { panic(helped{}) }),
	)
	if err != nil {
		panic("leerkring: the commands are not well-formed: " + err.Error())
	}
	defer func() {
		switch v := recover().(type) {
		case nil:
		case helped:
			code = exitOK
		default:
			panic(v)
		}
	}()
	chosen, err := parser.Parse(args)
	if err != nil {
		t.wrongUsage(err)
		return exitUsage
	}
	chosen.BindTo(ctx, (*context.Context)(nil))
	return t.finish(ctx, chosen.Run(t))
}

// where are the flags that say where the data is.
type where struct {
	Data  string `help:"${data}" env:"LEERKRING_DATA" type:"path" placeholder:"${folder}"`
	Store string `help:"${store}" env:"LEERKRING_STORE" placeholder:"URI"`
}

// defaultData is the folder of the data when none is named.
const defaultData = "leerkring-data"

func (w where) folder() string {
	if w.Data == "" {
		return defaultData
	}
	return w.Data
}

func (w where) config(log *slog.Logger) app.Config {
	return app.Config{Data: w.folder(), Store: w.Store, Log: log, Now: time.Now}
}

// Validate refuses a file where a folder belongs.
func (w where) Validate() error {
	if info, err := os.Stat(w.folder()); err == nil && !info.IsDir() {
		return kb.Errorf(kb.Invalid, kb.Text{
			NL: "%s is een bestand en geen map. Noem met --data de map met de gegevens.",
			EN: "%s is a file and not a folder. Name the folder of the data with --data.",
		}, w.folder())
	}
	return nil
}

// mustExist refuses a folder that is not there, for commands that only look.
func (w where) mustExist() error {
	if _, err := os.Stat(w.folder()); w.Store == "" && errors.Is(err, fs.ErrNotExist) {
		return kb.Errorf(kb.NotFound, kb.Text{
			NL: "De map %s bestaat niet. Noem met --data de map met de gegevens.",
			EN: "The folder %s does not exist. Name the folder of the data with --data.",
		}, w.folder())
	}
	return nil
}

// newLog makes the log of a server; other commands speak in messages.
func newLog(w io.Writer, format string) *slog.Logger {
	var h slog.Handler = slog.NewTextHandler(w, nil)
	if format == "json" {
		h = slog.NewJSONHandler(w, nil)
	}
	return slog.New(httpd.WithRequestID(h))
}

// quiet is the log of commands that say themselves what happens.
func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }
