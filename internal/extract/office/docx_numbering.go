package office

import (
	"strconv"
	"strings"
)

// maxListLevel is the deepest level of a list, counted from 0 (ECMA-376, 17.9.3).
const maxListLevel = 8

// numbered is the place of a paragraph in a list.
type numbered struct {
	list  string
	level int
}

// numbering gives the paragraphs of lists their numbers, which files do not hold.
type numbering struct {
	abstract map[string]string // by list
	levels   map[string]*[maxListLevel + 1]listLevel
	counts   map[string]*[maxListLevel + 1]int // by abstract list
}

type listLevel struct {
	format, text string
	start        int
}

func (d *docx) readNumbering() *numbering {
	n := &numbering{abstract: map[string]string{}, levels: map[string]*[maxListLevel + 1]listLevel{}, counts: map[string]*[maxListLevel + 1]int{}}
	for _, name := range ofKind(d.relations, "numbering") {
		abstract, list, level := "", "", -1
		d.aside(name, handler{start: func(w *walk, e element) error {
			switch e.name {
			case "abstractNum":
				abstract = e.attr("abstractNumId")
				n.levels[abstract] = &[maxListLevel + 1]listLevel{}
			case "num":
				list, abstract = e.attr("numId"), ""
			case "abstractNumId":
				n.abstract[list] = e.attr("val")
			case "lvl":
				level, _ = strconv.Atoi(e.attr("ilvl"))
			}
			if levels := n.levels[abstract]; levels != nil && level >= 0 && level <= maxListLevel && w.parent() == "lvl" {
				levels[level].set(e)
			}
			return nil
		}})
	}
	return n
}

func (l *listLevel) set(e element) {
	switch e.name {
	case "start":
		l.start, _ = strconv.Atoi(e.attr("val"))
	case "numFmt":
		l.format = e.attr("val")
	case "lvlText":
		l.text = e.attr("val")
	}
}

// next counts a paragraph and gives what stands before it, or nothing for one with a
// bullet or in no list.
func (n *numbering) next(p numbered) string {
	abstract := n.abstract[p.list]
	levels := n.levels[abstract]
	if levels == nil || p.level < 0 || p.level > maxListLevel {
		return ""
	}
	counts := n.counts[abstract]
	if counts == nil {
		counts = &[maxListLevel + 1]int{}
		n.counts[abstract] = counts
	}
	counts[p.level]++
	clear(counts[p.level+1:])
	if levels[p.level].format == "bullet" || levels[p.level].format == "none" {
		return ""
	}
	text := levels[p.level].text
	for i := range p.level + 1 {
		count := max(counts[i], 1) - 1 + levels[i].start
		text = strings.ReplaceAll(text, "%"+strconv.Itoa(i+1), listNumber(count, levels[i].format))
	}
	return text
}

// listNumber writes the number of an item (ECMA-376, 17.18.59).
func listNumber(n int, format string) string {
	if n < 1 || n > 3999 {
		return strconv.Itoa(n)
	}
	switch format {
	case "lowerLetter":
		return letters(n)
	case "upperLetter":
		return strings.ToUpper(letters(n))
	case "lowerRoman":
		return roman(n)
	case "upperRoman":
		return strings.ToUpper(roman(n))
	case "decimalZero":
		if n < 10 {
			return "0" + strconv.Itoa(n)
		}
	}
	return strconv.Itoa(n)
}

// letters counts a, b, … z, aa, bb, … as word processors do.
func letters(n int) string {
	return strings.Repeat(string(rune('a'+(n-1)%26)), (n-1)/26+1)
}

func roman(n int) string {
	values := []int{1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1}
	signs := strings.Fields("m cm d cd c xc l xl x ix v iv i")
	var b strings.Builder
	for i, v := range values {
		for ; n >= v; n -= v {
			b.WriteString(signs[i])
		}
	}
	return b.String()
}
