package exchange

import (
	"bufio"
	"context"
	"errors"
	"io"
	"time"

	"golang.org/x/sync/errgroup"

	"leerkring/internal/kb"
)

// DefaultSource is the name of a collection that says none.
const DefaultSource = "import"

// Sizes of one batch: enough to make one durable write of many records, little
// enough to hold a few in memory.
const (
	batchRecords = 1_000
	batchBytes   = 16 << 20
)

// Options say how to read a file.
type Options struct {
	// Source names the collection; lines may name their own. Empty is DefaultSource.
	Source string
	// Map gives the column or field of the file for a field of ours.
	Map map[string]string
	// Strict stops at the first line that is refused.
	Strict  bool
	Themes  Themes
	Regions Regions
	Now     func() time.Time
	// Prepare is called before the first record of a file that is no export.
	Prepare func(context.Context) error
	// Progress is called after every batch, from one goroutine at a time.
	Progress func(Report)
	// Problem is called for every line that is refused or that has a remark, from
	// one goroutine at a time.
	Problem func(Problem)
}

// Problem is what is to be said about one line.
type Problem struct {
	Line int
	// Refused says that the line is not in; otherwise it is, and this is a remark.
	Refused bool
	// Err carries the text for the user.
	Err error
}

// Report counts what became of the lines of one file.
type Report struct {
	Created, Updated, Unchanged, Refused int
	// Repeated lines are those that stood in the file before, word for word.
	Repeated int
	// Remarks counts the lines that are in and that something was said about.
	Remarks int
	// Themes and Unused count the names of themes that nobody knows (they became
	// keywords), and the fields that nothing of ours takes.
	Themes, Unused map[string]int
	// Last is the number of the last write, 0 when there was none.
	Last kb.Seq
}

// Done is the number of lines that are in the store now.
func (r *Report) Done() int { return r.Created + r.Updated + r.Unchanged + r.Repeated }

// mostNames bounds the names that a report counts: field names are foreign input.
const mostNames = 200

// count adds to a count by name.
func count(m map[string]int, name string) {
	if _, have := m[name]; have || len(m) < mostNames {
		m[name]++
	}
}

// errStrict ends a strict import.
func errStrict(line int) error {
	return kb.Errorf(kb.Invalid, kb.Text{
		NL: "Gestopt bij regel %d, omdat dat zo gevraagd is (--strict). Wat ervoor stond is verwerkt.",
		EN: "Stopped at line %d, as was asked (--strict). What stood before it was processed.",
	}, line)
}

// Import reads one file into a store: JSON Lines, CSV or an export, also
// gzipped, told apart by their content. The report holds what happened also when
// there is an error: that of the store, or Invalid for a file that broke off.
// Importing a file again goes on where it stopped and writes nothing twice.
func Import(ctx context.Context, store kb.Store, file io.Reader, opts Options) (Report, error) {
	if opts.Source == "" {
		opts.Source = DefaultSource
	}
	im := &importer{store: store, opts: opts, report: Report{Themes: map[string]int{}, Unused: map[string]int{}}}
	in, err := decompress(file)
	if err != nil {
		return im.report, err
	}
	if sniffExport(in) {
		err = im.replay(ctx, in)
	} else {
		err = im.foreign(ctx, in)
	}
	return im.report, err
}

// importer is one Import under way. Its report belongs to the goroutine that writes.
type importer struct {
	store  kb.Store
	opts   Options
	report Report
}

func (im *importer) refuse(line int, err error) error {
	im.report.Refused++
	im.opts.Problem(Problem{Line: line, Refused: true, Err: err})
	if im.opts.Strict {
		return errStrict(line)
	}
	return nil
}

func (im *importer) remark(line int, text kb.Text, args ...any) {
	im.report.Remarks++
	im.opts.Problem(Problem{Line: line, Err: kb.Errorf(kb.Invalid, text, args...)})
}

// entry is one line that was read: an entity, or why there is none.
type entry struct {
	line int
	converted
	err error
}

// foreign reads and writes at the same time, each in its own goroutine.
func (im *importer) foreign(ctx context.Context, in *bufio.Reader) error {
	conv, err := newConverter(&im.opts)
	if err != nil {
		return err
	}
	if err := im.opts.Prepare(ctx); err != nil {
		return err
	}
	group, ctx := errgroup.WithContext(ctx)
	batches := make(chan []entry, 1)
	var broken error // why the file cannot be read further; what came before it counts
	group.Go(func() error {
		defer close(batches)
		var err error
		broken, err = im.read(ctx, conv, in, batches)
		return err
	})
	group.Go(func() error {
		ingest := kb.NewIngest(im.store, im.opts.Now)
		for batch := range batches {
			if err := im.write(ctx, ingest, batch); err != nil {
				return err
			}
		}
		return nil
	})
	return errors.Join(group.Wait(), broken)
}

// read converts the rows and hands them on in batches. broken is about the
// file, err about ctx.
func (im *importer) read(ctx context.Context, conv *converter, in *bufio.Reader, batches chan<- []entry) (broken, err error) {
	source, broken := openRows(in)
	if broken != nil {
		return broken, nil
	}
	for end := false; !end; {
		var batch []entry
		for size := 0; len(batch) < batchRecords && size < batchBytes; {
			r, err := source.next()
			if err != nil {
				if err != io.EOF {
					broken = err
				}
				end = true
				break
			}
			batch = append(batch, im.entry(conv, r))
			size += r.size
		}
		select {
		case batches <- batch:
		case <-ctx.Done():
			return broken, ctx.Err()
		}
	}
	return broken, nil
}

func (im *importer) entry(conv *converter, r row) entry {
	e := entry{line: r.line, err: r.err}
	if r.err == nil {
		e.converted, e.err = conv.convert(r)
	}
	if im.opts.Strict && e.err == nil {
		e.err = breaks(e.entity)
	}
	return e
}

// breaks says which rule an entity breaks, before it has the slug that Ingest
// gives it: a strict import writes nothing after the first line that does.
func breaks(e kb.Entity) error {
	h := e.Base()
	wish := h.Slug
	h.Slug = kb.Slugify(e.Label(), kb.MaxSlug)
	err := kb.Validate(e)
	h.Slug = wish
	return err
}

// write brings one batch in and tells what became of each line, in their order.
func (im *importer) write(ctx context.Context, ingest *kb.Ingest, batch []entry) error {
	entities := make([]kb.Entity, 0, len(batch))
	if im.opts.Strict {
		batch = untilBad(batch)
	}
	for _, e := range batch {
		if e.err == nil && !e.repeated {
			entities = append(entities, e.entity)
		}
	}
	results, err := ingest.Write(ctx, entities)
	if err != nil {
		return err
	}
	for _, e := range batch {
		switch {
		case e.err != nil:
			err = im.refuse(e.line, e.err)
		case e.repeated:
			im.report.Repeated++
		default:
			err = im.settle(e, results[0])
			results = results[1:]
		}
		if err != nil {
			return err
		}
	}
	im.opts.Progress(im.report)
	return nil
}

// untilBad gives the entries up to the first that is bad, that one included.
func untilBad(batch []entry) []entry {
	for i, e := range batch {
		if e.err != nil {
			return batch[:i+1]
		}
	}
	return batch
}

func (im *importer) settle(e entry, res kb.Ingested) error {
	im.report.Last = max(im.report.Last, res.Seq)
	switch res.Action {
	case kb.Created:
		im.report.Created++
	case kb.Updated:
		im.report.Updated++
	case kb.Unchanged:
		im.report.Unchanged++
	default:
		return im.refuse(e.line, res.Err)
	}
	for _, name := range e.regions {
		im.remark(e.line, kb.Text{
			NL: "De regio %q is niet bekend; de naam is als trefwoord of code bewaard.",
			EN: "The region %q is not known; the name was kept as a keyword or code.",
		}, name)
	}
	for _, name := range e.themes {
		count(im.report.Themes, name)
	}
	for _, name := range e.unused {
		count(im.report.Unused, name)
	}
	return nil
}
