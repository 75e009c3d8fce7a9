package app

import (
	"crypto/rand"
	"time"

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
func (a *App) worker(site Site, people *kb.Accounts, sender worker.Sender, ticks <-chan time.Time) *worker.Worker {
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
		Files:      a.Files,
		Sender:     sender, Tick: ticks, Log: a.config.Log,
	})
}
