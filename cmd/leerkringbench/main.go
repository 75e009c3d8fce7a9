// Command leerkringbench measures Leerkring from outside and proves that it
// loses nothing: it runs the same composition as the program, in processes of
// its own that it may kill.
//
// The invariant: it prints what it measured, with the machine, and judges by
// what was acknowledged, never by a clock; figures of one run are compared with
// each other, since machines are shared.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

type commands struct {
	Import        importCommand        `cmd:"" help:"Import a collection into a new embedded store: records a second, peak memory, size."`
	Start         startCommand         `cmd:"" help:"Time from starting the program on a filled data folder until /readyz says yes."`
	Visible       visibleCommand       `cmd:"" help:"Time from an acknowledged write until a search finds it, while writes come in."`
	Graphql       graphqlCommand       `cmd:"" help:"What GraphQL over HTTP adds to the index's own search, and an answer with prepared cards."`
	Mutations     mutationsCommand     `cmd:"" help:"Durable mutations a second over HTTP, next to the store alone, and whether a search finds one's own write right after the answer."`
	Search        searchCommand        `cmd:"" help:"Searches over HTTP with facets and highlights, by one client and by several, next to a prepared response."`
	Files         filesCommand         `cmd:"" help:"Upload a folder of files, those of strangers too: in which states they end, memory, and how long others wait."`
	CrashFiles    crashFilesCommand    `cmd:"" help:"Kill the program while files are uploaded and read, and check that nothing acknowledged is lost or done twice."`
	Crash         crashCommand         `cmd:"" help:"Kill the program at random moments and check that nothing acknowledged is lost."`
	Full          fullCommand          `cmd:"" help:"Fill a small disk and check that nothing acknowledged is lost."`
	Writers       writersCommand       `cmd:"" help:"Prove that the feed skips no change: writer processes on one MongoDB that pause and are killed."`
	ExtractWorker extractWorkerCommand `cmd:"" hidden:"" help:"Reads files for a victim."`
	Victim        victimCommand        `cmd:"" hidden:"" help:"A process to be killed."`
	Clients       clientsCommand       `cmd:"" hidden:"" help:"The clients of the command search."`
	Writer        writerCommand        `cmd:"" hidden:"" help:"A writer process of the command writers."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var cli commands
	chosen := kong.Parse(&cli, kong.Name("leerkringbench"), kong.Description("Measures Leerkring."))
	chosen.BindTo(ctx, (*context.Context)(nil))
	if err := chosen.Run(); err != nil {
		fmt.Fprintln(os.Stderr, "leerkringbench:", err)
		os.Exit(1)
	}
}

var errFailed = errors.New("what was to be proved does not hold; see above")
