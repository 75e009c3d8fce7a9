package kb

import (
	"fmt"
	"strings"
	"time"
)

// BuiltinSource is the Origin.Source of the records that come with the program.
const BuiltinSource = "builtin"

// builtinDate is the date of the data in data/: the same everywhere, so that the
// records of every installation are equal byte for byte.
func builtinDate() time.Time { return time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC) }

// Builtin gives the regions and then the themes that come with the program, as
// valid public records in an order that never depends on anything.
//
// It panics when one of the embedded lists does not parse: that is a broken
// build, not a state of the world.
func Builtin() []Entity {
	regions, themes := builtinRegions(), BuiltinThemes()
	all := make([]Entity, 0, len(regions)+len(themes))
	for _, r := range regions {
		all = append(all, r)
	}
	for _, t := range themes {
		all = append(all, t)
	}
	return all
}

// builtinHead is the head of a record that comes with the program. source and
// name make its id, and no other program gives that id to anything else.
func builtinHead(source, name, slug string) Head {
	at := builtinDate()
	return Head{
		ID:     DeriveID(source, name),
		Slug:   slug,
		Status: StatusPublished, Visibility: VisibilityPublic,
		CreatedAt: at, UpdatedAt: at, PublishedAt: &at,
		Origin: &Origin{Source: BuiltinSource, Key: name},
	}
}

// tableRows reads an embedded table: lines of columns separated by tabs, "#" before a comment.
func tableRows(name, table string, columns int) [][]string {
	var rows [][]string
	for i, line := range strings.Split(table, "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		row := strings.Split(line, "\t")
		if len(row) != columns {
			panic(fmt.Sprintf("kb: embedded %s line %d has %d columns, not %d", name, i+1, len(row), columns))
		}
		rows = append(rows, row)
	}
	return rows
}

// list splits a column that holds several values.
func list(column string) []string {
	if column == "" {
		return nil
	}
	return strings.Split(column, "|")
}
