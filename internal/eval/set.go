package eval

import (
	"encoding/json"
	"io"
	"strconv"
	"strings"

	"leerkring/internal/kb"
)

// Set is a collection with queries and judgements.
type Set struct {
	Documents []Document
	// Queries are those with at least one relevant judgement, in the order of their file.
	Queries []Query
	// Remarks are what is odd about the set and was passed by.
	Remarks []kb.Text
}

// Document is one text of a set.
type Document struct {
	ID    string `json:"_id"`
	Title string `json:"title"`
	Text  string `json:"text"`
}

// Query is what somebody typed, with what it should find.
type Query struct {
	ID   string `json:"_id"`
	Text string `json:"text"`
	// Grades are the relevant documents by id with how relevant they are, from 1.
	Grades map[string]int `json:"-"`
}

// Load reads a set in the layout of BEIR (Thakur and others, NeurIPS 2021): in one
// folder corpus.jsonl (_id, title, text), queries.jsonl (_id, text) and qrels.tsv
// (query, document, grade; with or without a heading), each also gzipped.
// NotFound for a file that is not there, Invalid with the line for one that is wrong.
func Load(dir string) (*Set, error) {
	s := &Set{}
	if err := s.read(dir, s.readCorpus, "corpus.jsonl"); err != nil {
		return nil, err
	}
	var queries []Query
	if err := s.read(dir, func(r io.Reader, name string) (err error) {
		queries, err = s.readQueries(r, name)
		return err
	}, "queries.jsonl"); err != nil {
		return nil, err
	}
	if err := s.read(dir, func(r io.Reader, name string) error { return s.readJudgements(r, name, queries) }, "qrels.tsv"); err != nil {
		return nil, err
	}
	return s, s.check(queries)
}

// read opens a file of the set, or its gzipped form, and reads it.
func (s *Set) read(dir string, read func(io.Reader, string) error, name string) error {
	f, err := openFirst(dir, name, name+".gz")
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // it was only read
	return read(f, f.Name())
}

// check keeps the queries that something is relevant for.
func (s *Set) check(all []Query) error {
	for _, q := range all {
		if len(q.Grades) > 0 {
			s.Queries = append(s.Queries, q)
		}
	}
	if len(s.Queries) == 0 {
		return kb.Errorf(kb.Invalid, kb.Text{
			NL: "Geen enkele zoekvraag van deze set heeft een relevant document. Horen queries.jsonl en qrels.tsv bij elkaar?",
			EN: "No query of this set has a relevant document. Do queries.jsonl and qrels.tsv belong together?",
		})
	}
	have := make(map[string]bool, len(s.Documents))
	for _, d := range s.Documents {
		have[d.ID] = true
	}
	missing := 0
	for _, q := range s.Queries {
		for id := range q.Grades {
			if !have[id] {
				missing++
			}
		}
	}
	if missing > 0 {
		s.remark(kb.Text{
			NL: "%d relevante documenten staan niet in de collectie; ze gelden als niet gevonden.",
			EN: "%d relevant documents are not in the corpus; they count as not found.",
		}, missing)
	}
	return nil
}

func (s *Set) remark(text kb.Text, args ...any) {
	s.Remarks = append(s.Remarks, kb.Errorf(kb.Invalid, text, args...).Text)
}

// repeated remarks on ids that came before; the first stands.
func (s *Set) repeated(name string, n int) {
	if n > 0 {
		s.remark(kb.Text{
			NL: "%s: %d regels met een _id dat al eerder kwam; de eerste geldt.",
			EN: "%s: %d lines with an _id that came before; the first one stands.",
		}, name, n)
	}
}

func (s *Set) readCorpus(r io.Reader, name string) error {
	seen := map[string]bool{}
	repeated := 0
	err := eachLine(r, name, func(n int, line []byte) error {
		var d Document
		if err := object(name, n, line, &d, &d.ID); err != nil {
			return err
		}
		if seen[d.ID] {
			repeated++
			return nil
		}
		seen[d.ID] = true
		s.Documents = append(s.Documents, d)
		return nil
	})
	s.repeated(name, repeated)
	return err
}

func (s *Set) readQueries(r io.Reader, name string) ([]Query, error) {
	var out []Query
	seen := map[string]bool{}
	repeated := 0
	err := eachLine(r, name, func(n int, line []byte) error {
		q := Query{Grades: map[string]int{}}
		if err := object(name, n, line, &q, &q.ID); err != nil {
			return err
		}
		if seen[q.ID] {
			repeated++
			return nil
		}
		seen[q.ID] = true
		out = append(out, q)
		return nil
	})
	s.repeated(name, repeated)
	return out, err
}

// object reads a line as a JSON object, into which id points.
func object(name string, n int, line []byte, into any, id *string) error {
	if err := json.Unmarshal(line, into); err != nil {
		return kb.Wrap(err, kb.Invalid, kb.Text{
			NL: "%s, regel %d: dit is geen JSON-object met teksten als _id, title en text.",
			EN: "%s, line %d: this is not a JSON object with texts as _id, title and text.",
		}, name, n)
	}
	if *id == "" {
		return wrongLine(name, n, kb.Text{NL: "er is geen _id.", EN: "there is no _id."})
	}
	return nil
}

func (s *Set) readJudgements(r io.Reader, name string, queries []Query) error {
	grades := make(map[string]map[string]int, len(queries))
	for _, q := range queries {
		grades[q.ID] = q.Grades
	}
	unknown := 0
	err := eachLine(r, name, func(n int, line []byte) error {
		fields := strings.Split(string(line), "\t")
		if len(fields) != 3 {
			return wrongLine(name, n, kb.Text{
				NL: "hier horen drie kolommen met tabs ertussen: zoekvraag, document, graad.",
				EN: "there must be three columns with tabs between them: query, document, grade.",
			})
		}
		grade, err := strconv.Atoi(strings.TrimSpace(fields[2]))
		if err != nil && n == 1 {
			return nil // the heading
		}
		if err != nil {
			return wrongLine(name, n, kb.Text{NL: "de graad is geen geheel getal.", EN: "the grade is not a whole number."})
		}
		known, ok := grades[fields[0]]
		if !ok {
			unknown++
		} else if grade > 0 {
			known[fields[1]] = grade
		}
		return nil
	})
	if unknown > 0 {
		s.remark(kb.Text{
			NL: "%s: %d oordelen gaan over zoekvragen die er niet zijn.",
			EN: "%s: %d judgements are about queries that are not there.",
		}, name, unknown)
	}
	return err
}
