package app

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"leerkring/graph"
	"leerkring/internal/auth"
	"leerkring/internal/exchange"
	"leerkring/internal/extract"
	"leerkring/internal/files"
	"leerkring/internal/httpd"
	"leerkring/internal/kb"
	"leerkring/internal/mail"
	"leerkring/internal/sample"
	"leerkring/internal/web"
	"leerkring/internal/worker"
)

// Site is how the knowledge base is served.
type Site struct {
	// Addr is where to listen, like 127.0.0.1:8080; port 0 takes a free one.
	Addr string
	// BaseURL is the address by which readers know the site; empty is the one
	// that is listened on.
	BaseURL string
	// Origins are the other sites whose scripts may use GraphQL.
	Origins []string
	// SignIn is the file that describes the sign-ins of organisations; empty is none.
	SignIn string
	// OpenSignUp lets everyone open an account, with the rights of a visitor.
	OpenSignUp bool
	// SMTP is the address of the mail server (mail.Parse); empty is none, and links are
	// then shown to admins. It may hold a password and goes into no message.
	SMTP string
	// MailFrom is the sender of mails, like "Kennisbank <kennis@example.nl>".
	MailFrom string
	// TrustProxy takes who asks from X-Forwarded-For.
	TrustProxy bool
	// Language is that of the link in Started: nl or en.
	Language string
	// private says that nobody but this machine reaches the site.
	private bool
	// Demo brings the sample collection in where there is no material yet, and says
	// on every page that the records are examples. With another collection it does
	// nothing, and the log tells.
	Demo bool
}

// Serve seeds the store and answers requests until ctx ends, then stops within
// httpd.StopWithin. started is called as soon as the site is reached. Errors are those of httpd.Listen and kb.Seed, and Invalid for
// a site that cannot be.
func (a *App) Serve(ctx context.Context, site Site, started func(Started)) error {
	ln, err := httpd.Listen(ctx, site.Addr)
	if err != nil {
		return err
	}
	local := localURL(ln.Addr())
	if site.BaseURL == "" {
		site.BaseURL = local
	}
	site.BaseURL = strings.TrimSuffix(site.BaseURL, "/")
	site.private = onThisMachine(ln.Addr(), site.BaseURL)
	people := a.accounts(site)
	handler, begun, err := a.prepare(ctx, site, people)
	var sender worker.Sender
	if err == nil {
		sender, err = a.sender(site)
	}
	var reader *extract.Extractor
	if err == nil {
		reader, err = a.Extractor(ctx)
	}
	if err != nil {
		_ = ln.Close()
		return err
	}
	ticker := time.NewTicker(tick)
	defer ticker.Stop()
	again := time.NewTicker(tick)
	defer again.Stop()
	w := a.worker(site, people, sender, a.Extractions(reader, again.C), ticker.C)
	w.Begin(ctx)
	begun.URL = local
	started(begun)
	working, stop := context.WithCancel(ctx)
	var worked sync.WaitGroup
	worked.Go(func() { w.Run(working) })
	err = httpd.Serve(ctx, ln, handler, a.config.Log)
	stop()
	worked.Wait()
	return errors.Join(err, reader.Close())
}

// prepare sees to it that there is something to serve.
func (a *App) prepare(ctx context.Context, site Site, people *kb.Accounts) (http.Handler, Started, error) {
	if u, err := url.Parse(site.BaseURL); err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || strings.Trim(u.Path, "/") != "" {
		return nil, Started{}, kb.Errorf(kb.Invalid, kb.Text{
			NL: "%q is geen webadres voor --base-url. Een webadres begint met http:// of https:// en heeft geen pad, zoals https://kennis.voorbeeld.nl.",
			EN: "%q is no web address for --base-url. A web address begins with http:// or https:// and has no path, like https://kennis.example.nl.",
		}, site.BaseURL)
	}
	empty := false
	if site.Demo {
		var err error
		if empty, site.Demo, err = a.demo(ctx); err != nil {
			return nil, Started{}, err
		}
	}
	if err := kb.Seed(ctx, a.Store); err != nil {
		return nil, Started{}, err
	}
	if empty {
		if err := a.fillDemo(ctx); err != nil {
			return nil, Started{}, err
		}
	}
	handler, err := a.handler(site, people)
	if err != nil {
		return nil, Started{}, err
	}
	begun, err := a.welcome(ctx, site, people)
	return handler, begun, err
}

// localURL is where this machine reaches what listens on an address: one that
// stands for all addresses is no place to go to.
func localURL(addr net.Addr) string {
	if tcp, ok := addr.(*net.TCPAddr); ok && tcp.IP.IsUnspecified() {
		return "http://localhost:" + strconv.Itoa(tcp.Port)
	}
	return "http://" + addr.String()
}

func (a *App) handler(site Site, people *kb.Accounts) (http.Handler, error) {
	gate, err := auth.NewGate(auth.Config{
		Accounts: people, BaseURL: site.BaseURL, Origins: site.Origins, TrustProxy: site.TrustProxy,
		Private: a.tried(site), Log: a.config.Log,
	})
	if err != nil {
		return nil, err
	}
	providers, err := readProviders(site.SignIn)
	if err != nil {
		return nil, err
	}
	notifications := kb.NewNotifications(a.Store, a.Index, a.Own, a.config.Now)
	executor := graph.NewExecutor(graph.Config{
		Library: a.Library, Editorial: kb.NewEditorial(a.Store, a.Index, a.Own, a.config.Now), Gazetteer: a.Places,
		Desk: kb.NewDesk(a.Store, a.Index, a.Own, a.config.Now, newID), Accounts: people,
		Notifications: notifications, Counting: a.Counting, Files: a.Files,
		SignIn: signInSettings(site, providers), BaseURL: site.BaseURL, Log: a.config.Log, Now: a.config.Now,
		Ready: a.Indexer.Ready, Reference: reference,
	})
	pages, err := web.New(web.Config{
		Execute: inProcess(executor), GraphQL: graph.Handler(executor, a.config.Log), Log: a.config.Log, Reference: httpd.RequestID, Demo: site.Demo,
		SetSession: gate.SetSession, ClearSession: gate.ClearSession, NewKey: reference,
	})
	if err != nil {
		return nil, err
	}
	signIn := auth.NewSignIn(gate, providers, a.config.Now)
	edge := files.Config{Files: a.Files, MaxFile: a.Files.Limits.File, Reference: httpd.RequestID, Log: a.config.Log}
	return httpd.NewHandler(httpd.Config{
		Pages: gate.Pages(signIn.Handler(mail.Stopping(notifications.Stop, a.config.Log, pages))), GraphQL: gate.GraphQL(graph.Handler(executor, a.config.Log)),
		Files: gate.Pages(files.ByReader(edge)), BySecret: files.BySecret(edge),
		Origins: site.Origins, Ready: a.Ready, Reference: reference, Now: a.config.Now, Log: a.config.Log,
	})
}

// signInSettings tells front-ends how one can sign in.
func signInSettings(site Site, providers []auth.Provider) graph.SignIn {
	out := graph.SignIn{Open: site.OpenSignUp}
	for _, p := range providers {
		out.Providers = append(out.Providers, graph.Provider{Name: p.Name, Label: p.Label, URL: site.BaseURL + "/aanmelden/" + p.Name})
	}
	return out
}

// inProcess lets the pages ask GraphQL like any other client, without the network.
func inProcess(executor *graph.Executor) web.Execute {
	return func(ctx context.Context, op web.Operation) (json.RawMessage, error) {
		data, errs := executor.Do(graph.WithLanguage(ctx, op.Language), op.Query, op.Name, op.Variables)
		if len(errs) == 0 {
			return data, nil
		}
		ref, _ := errs[0].Extensions["reference"].(string)
		return nil, &web.Failure{Code: errs[0].Code(), Message: errs[0].Message, Reference: ref}
	}
}

// reference makes a text of 26 characters that no other request has.
func reference() string { return strings.ToLower(rand.Text()) }

// demo tells whether there is no material yet, and whether what there is (or will
// be) is the sample collection.
func (a *App) demo(ctx context.Context) (empty, ours bool, err error) {
	last, err := a.Store.Last(ctx)
	if err != nil {
		return false, false, err
	}
	if err := a.Indexer.WaitFor(ctx, last); err != nil {
		return false, false, err
	}
	total := 0
	for _, status := range []kb.Status{kb.StatusPublished, kb.StatusInReview, kb.StatusDraft, kb.StatusWithdrawn} {
		found, err := a.Library.Search(ctx, kb.System(), kb.SearchRequest{Filter: kb.Filter{States: []string{string(status)}}})
		if err != nil {
			return false, false, err
		}
		total += found.Total
	}
	if total == 0 {
		return true, true, nil
	}
	if ours, err = a.holdsSample(ctx); err == nil && !ours {
		a.config.Log.WarnContext(ctx, "the demonstration is left out, since the store holds another collection; name an empty folder with --data for it")
	}
	return false, ours, err
}

// holdsSample reports whether any record of the sample collection is in the store.
func (a *App) holdsSample(ctx context.Context) (bool, error) {
	var ids []kb.ID
	for line := range bytes.Lines(sample.Collection()) {
		var r struct{ ID string }
		if err := json.Unmarshal(line, &r); err != nil {
			return false, err
		}
		ids = append(ids, kb.DeriveID(sample.Source, r.ID))
	}
	records, err := a.Store.Get(ctx, ids)
	for _, r := range records {
		if !r.Deleted {
			return true, err
		}
	}
	return false, err
}

// fillDemo brings the sample collection in.
func (a *App) fillDemo(ctx context.Context) error {
	var bad []error
	report, err := Import(ctx, a.Store, a.config.Now, bytes.NewReader(sample.Collection()), exchange.Options{
		Source:   sample.Source,
		Progress: func(exchange.Report) {},
		Problem:  func(p exchange.Problem) { bad = append(bad, p.Err) },
	})
	if err := errors.Join(append(bad, err)...); err != nil {
		return err
	}
	return a.Settle(ctx, report.Last)
}
