package app

import (
	"context"
	"crypto/rand"
	"path/filepath"
	"time"

	"leerkring/internal/extract"
	"leerkring/internal/extract/picture"
	"leerkring/internal/extract/safety"
	"leerkring/internal/kb"
	"leerkring/internal/mail"
	"leerkring/internal/worker"
)

// tick is how often the worker looks at what the clock asks for.
const tick = time.Minute

// sender gives what speaks to the mail server of a site, nil for a site without one.
// Invalid for an address or a sender that cannot be; it never repeats the address.
func (a *App) sender(site Site) (worker.Sender, error) {
	if site.SMTP == "" {
		return nil, nil // mails are off, and that is no error
	}
	server, err := mail.Parse(site.SMTP, site.MailFrom)
	if err != nil {
		return nil, err
	}
	return mail.NewSender(server, mail.Options{Now: a.config.Now}), nil
}

// worker makes what does what is due for a site, at each tick and as things happen.
func (a *App) worker(site Site, people *kb.Accounts, sender worker.Sender, reads *kb.Extractions, ticks <-chan time.Time) *worker.Worker {
	return worker.New(worker.Config{
		Wait: a.Store.Wait,
		Teller: kb.NewTeller(kb.TellerConfig{
			Store: a.Store, Search: a.Index, Follow: a.Indexer.WaitFor, Now: a.config.Now, Mails: sender != nil,
		}),
		Outbox: kb.NewOutbox(kb.OutboxConfig{
			Store: a.Store, Search: a.Index, Now: a.config.Now, NewID: newID, Random: rand.Reader,
			BaseURL: site.BaseURL, Tickets: people.IssueTicket,
		}),
		Counting: a.Counting, Expiry: kb.NewExpiry(a.Store, a.config.Now),
		PublishDue: kb.NewDesk(a.Store, a.Index, a.Own, a.config.Now, newID).PublishDue,
		Files:      a.Files, Extractions: reads,
		Sender: sender, Tick: ticks, Log: a.config.Log,
	})
}

// Extractions reads the files of the store with an extractor, and looks at each tick
// for what is to be tried again.
func (a *App) Extractions(reader kb.Extractor, ticks <-chan time.Time) *kb.Extractions {
	return kb.NewExtractions(kb.ExtractionsConfig{
		Store: a.Store, Search: a.Index, Blobs: a.Blobs, Extractor: reader, Check: safety.Check,
		Follow: a.Indexer.WaitFor, Now: a.config.Now, NewID: newID, Log: a.config.Log, Tick: ticks, AtOnce: a.config.Readers,
	})
}

// Extractor reads files in child processes of this program, which the caller closes.
func (a *App) Extractor(ctx context.Context) (*extract.Extractor, error) {
	return extract.New(extract.Config{
		Command: a.config.Extract, Workers: a.config.Readers, Memory: a.config.ReaderMemory, Cache: compiled(filepath.Join(a.config.Data, "cache")), Programs: picture.Find(ctx), Log: a.config.Log,
	})
}
