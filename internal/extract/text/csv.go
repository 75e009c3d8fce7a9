package text

import (
	"encoding/csv"
	"strings"

	"leerkring/internal/extract/format"
	"leerkring/internal/kb"
)

// ReadCSV reads a table as one sheet, with a tab between cells. What divides the cells is
// guessed: a semicolon (as Dutch programs write), comma, tab or bar.
func ReadCSV(in format.Input) (*kb.Reading, error) {
	b, cut, err := read(in)
	if err != nil {
		return nil, err
	}
	text, err := decode(b, cut)
	if err != nil {
		return nil, err
	}
	var out strings.Builder
	rows := csv.NewReader(strings.NewReader(text))
	rows.Comma = delimiter(text)
	rows.LazyQuotes, rows.FieldsPerRecord, rows.ReuseRecord = true, -1, true
	for {
		row, err := rows.Read()
		if err != nil {
			break // the end: with lazy quotes there is nothing else
		}
		for i, cell := range row {
			row[i] = strings.Join(strings.Fields(cell), " ")
		}
		line := strings.TrimRight(strings.Join(row, "\t"), "\t")
		if int64(out.Len()+len(line)) >= in.Limits.Text {
			cut = true
			break
		}
		if line != "" {
			out.WriteString(line + "\n")
		}
	}
	if out.Len() == 0 {
		return nil, format.Problemf(kb.ExtractionEmpty, "no cells")
	}
	page := kb.ReadPage{Number: 1, Text: strings.TrimRight(out.String(), "\n")}
	return &kb.Reading{Unit: kb.UnitSheet, Pages: []kb.ReadPage{page}, Cut: cut}, nil
}

// delimiter guesses what divides the cells: what the first lines have equally often, and
// most of.
func delimiter(text string) rune {
	if first, rest, ok := strings.Cut(text, "\n"); ok && strings.HasPrefix(strings.ToLower(first), "sep=") && len(first) == 5 && rest != "" {
		return rune(first[4])
	}
	best, score := ';', 0
	for _, d := range []rune{';', ',', '\t', '|'} {
		counts := map[int]int{}
		for i, line := range strings.SplitN(text, "\n", 21) {
			if i < 20 && strings.TrimSpace(line) != "" {
				counts[strings.Count(outsideQuotes(line), string(d))]++
			}
		}
		for n, lines := range counts {
			if n > 0 && lines*100+n > score {
				best, score = d, lines*100+n
			}
		}
	}
	return best
}

func outsideQuotes(line string) string {
	var b strings.Builder
	for i, piece := range strings.Split(line, `"`) {
		if i%2 == 0 {
			b.WriteString(piece)
		}
	}
	return b.String()
}
