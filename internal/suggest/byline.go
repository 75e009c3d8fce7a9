package suggest

import (
	"regexp"

	"leerkring/internal/kb"
)

// sureByline is an estimate: the texts with known authors that there are to measure with
// name them in their properties only.
const sureByline = .5

var (
	byline = regexp.MustCompile(`(?im)^[ \t]*(?:auteurs?|auteur\(s\)|authors?|(?:geschreven|opgesteld|samengesteld) door|written by|door|by)[ \t]*:?[ \t]+([^\n]{5,200})$`)
	author = regexp.MustCompile(`^(?:(?:[Dd]rs?|[Ii]r|[Mm]r|[Ii]ng|[Pp]rof)\. ?)*((?:\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)?|(?:\p{Lu}\.)+) (?:(?:van|de|der|den|ter|ten|te|het|'t|el|von|la) ){0,3}\p{Lu}[\p{L}'’-]+(?: (?:van|de|der|den)? ?\p{Lu}[\p{L}'’-]+)?)$`)
	andOne = regexp.MustCompile(` *(?:,|;|&| en | and ) *`)
)

// byline gives the names in a line of authors on the first pages, when all that stands
// in it are names.
func (g *gathering) byline() {
	for i, p := range g.reading.Pages[:min(datePages, len(g.reading.Pages))] {
		body := kb.TextAfter(p.Text, 0, 20_000)
		for _, m := range byline.FindAllStringSubmatchIndex(body, 10) {
			var names []string
			for _, part := range andOne.Split(body[m[2]:m[3]], mostOfOne+1) {
				name := author.FindStringSubmatch(part)
				if name == nil {
					names = nil
					break
				}
				names = append(names, name[1])
			}
			for _, name := range names {
				g.add("authors", name, name, sureByline, span{p.Number, i, m[2], m[3]})
			}
			if len(names) > 0 {
				return
			}
		}
	}
}
