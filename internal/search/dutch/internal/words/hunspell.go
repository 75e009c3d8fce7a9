package main

import (
	"bufio"
	"fmt"
	"io"
	"regexp"
	"strings"
)

// affix is one line of an affix file: how a form is made of a word.
type affix struct {
	prefix     bool
	strip, add string
	// adds are the flags of the form itself.
	adds      []string
	condition *regexp.Regexp // nil for none
}

// rules is an affix file: the lines of each flag.
type rules struct {
	long    bool // flags have two letters
	affixes map[string][]affix
}

// form is a word of the list, or one that an affix makes of it.
type form struct {
	text string
	// flag is the affix that made it; empty for the word as it is listed.
	flag string
	// flags are those of the listed word, or those that the affix adds.
	flags []string
	// listed is the word that it is made of, prefix what stands in front of that.
	listed, prefix string
}

func readRules(r io.Reader) (*rules, error) {
	out := &rules{affixes: map[string][]affix{}}
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		f := strings.Fields(lines.Text())
		if len(f) == 2 && f[0] == "FLAG" {
			out.long = f[1] == "long"
		}
		if len(f) < 4 || f[0] != "SFX" && f[0] != "PFX" {
			continue
		}
		if len(f) == 4 && (f[2] == "Y" || f[2] == "N") {
			continue // the head of the flag
		}
		a, err := out.affix(f)
		if err != nil {
			return nil, fmt.Errorf("%q: %w", lines.Text(), err)
		}
		out.affixes[f[1]] = append(out.affixes[f[1]], a)
	}
	return out, lines.Err()
}

func (r *rules) affix(f []string) (affix, error) {
	add, flags, _ := strings.Cut(f[3], "/")
	a := affix{prefix: f[0] == "PFX", strip: none(f[2]), add: none(add), adds: r.split(flags)}
	if len(f) < 5 || f[4] == "." || strings.HasPrefix(f[4], "ts:") {
		return a, nil
	}
	pattern := f[4] + "$"
	if a.prefix {
		pattern = "^" + f[4]
	}
	var err error
	a.condition, err = regexp.Compile(pattern)
	return a, err
}

func none(s string) string {
	if s == "0" {
		return ""
	}
	return s
}

// split takes the flags of a word apart.
func (r *rules) split(flags string) []string {
	if !r.long {
		return strings.Split(flags, "")
	}
	var out []string
	for i := 0; i+1 < len(flags); i += 2 {
		out = append(out, flags[i:i+2])
	}
	return out
}

// expand gives a line of the list: the word as it stands, and all its forms.
func (r *rules) expand(line string, yield func(form)) {
	text, flags, _ := strings.Cut(strings.TrimSpace(line), "/")
	own := r.split(flags)
	bare := form{text: text, flags: own, listed: text}
	yield(bare)
	r.suffixes(bare, yield)
	for _, flag := range own {
		for _, a := range r.affixes[flag] {
			if !a.prefix || a.condition != nil && !a.condition.MatchString(text) {
				continue
			}
			f := form{text: a.add + text, prefix: a.add, listed: text, flags: own}
			yield(f)
			r.suffixes(f, yield)
		}
	}
}

func (r *rules) suffixes(f form, yield func(form)) {
	for _, flag := range f.flags {
		for _, a := range r.affixes[flag] {
			if a.prefix || !strings.HasSuffix(f.text, a.strip) || a.condition != nil && !a.condition.MatchString(f.text) {
				continue
			}
			text := strings.TrimSuffix(f.text, a.strip) + a.add
			if text != f.text {
				yield(form{text: text, flag: flag, flags: a.adds, listed: f.listed, prefix: f.prefix})
			}
		}
	}
}
