package kb

import "fmt"

// MaxWanted is how many records one judged query may want.
const MaxWanted = 100

// JudgementList says what searches must find, so that a change of the search can
// be judged. Only editors read it.
type JudgementList struct {
	Head
	Name    string        `json:"name"`
	Queries []JudgedQuery `json:"queries"`
}

// JudgedQuery is a text that people type with the records that it must find.
type JudgedQuery struct {
	Text   string   `json:"text"`
	Wanted []Wanted `json:"wanted"`
}

// Wanted is a record that a query must find.
type Wanted struct {
	Record ID `json:"record"`
	// Grade is how good an answer it is: 3 the best, 1 related.
	Grade int    `json:"grade"`
	Why   string `json:"why,omitempty"`
}

// MaxGrade is the grade of the best answer; 1 is the lowest.
const MaxGrade = 3

// Kind is KindJudgements.
func (*JudgementList) Kind() Kind { return KindJudgements }

// Label is the name.
func (l *JudgementList) Label() string { return l.Name }

func (*JudgementList) access() []string { return []string{AccessEditors} }

func (l *JudgementList) check(c *checker) {
	c.line("name", l.Name)
	if len(l.Queries) == 0 {
		c.add("queries", Text{"noem ten minste één zoekvraag", "name at least one query"})
	}
	c.size("queries", len(l.Queries))
	for i, q := range l.Queries {
		q.check(c, fmt.Sprintf("queries[%d]", i))
	}
}

func (q JudgedQuery) check(c *checker, field string) {
	c.line(field+".text", q.Text)
	if n := len(q.Wanted); n < 1 || n > MaxWanted {
		c.add(field+".wanted", Text{
			fmt.Sprintf("noem 1 tot %d gewenste records", MaxWanted), fmt.Sprintf("name 1 to %d wanted records", MaxWanted),
		})
	}
	seen := map[ID]bool{}
	for i, w := range q.Wanted {
		at := fmt.Sprintf("%s.wanted[%d]", field, i)
		c.id(at+".record", w.Record)
		if seen[w.Record] {
			c.add(at+".record", Text{"staat er al", "is there already"})
		}
		seen[w.Record] = true
		if w.Grade < 1 || w.Grade > MaxGrade {
			c.add(at+".grade", Text{fmt.Sprintf("kies 1 tot en met %d", MaxGrade), fmt.Sprintf("choose 1 up to %d", MaxGrade)})
		}
		c.text(at+".why", w.Why, MaxText)
	}
}
