package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"leerkring/internal/web/operations"
)

// fileWorkPage is the page on which one file is worked on: what was found in it, and
// what one does about it.
type fileWorkPage struct {
	*layout
	workFile
	At          string
	Version     int
	Problems    []problem
	Suggestions []suggestionRow
	Material    int // the version of the material that suggestions go into
	Checked     bool
	Findings    []findingRow
	Settings    []input
	Replace     *workFiles
	MayChange   bool
	MayRemove   bool
}

// suggestionRow is a suggestion to take or refuse.
type suggestionRow struct {
	Key, Field, Label, Source, Sure string
	Passage                         []run
}

// findingRow is a finding with how it was answered.
type findingRow struct {
	operations.FileFinding
	Severity, Page, Explained, Hide string
	Passage                         []run
	Counted                         string
}

// fileAt opens the file that an address of work names.
func (v *visit) fileAt() (*operations.FiledRecord, *operations.WorkFile, error) {
	r, err := v.filed(v.PathValue("id"))
	if err != nil {
		return nil, nil, err
	}
	if !slices.Contains(r.Work().Files, operations.FileID{ID: v.PathValue("bestand")}) {
		return nil, nil, statusError{http.StatusNotFound}
	}
	f, err := v.workedFile(v.PathValue("bestand"))
	if err == nil && f == nil {
		err = statusError{http.StatusNotFound}
	}
	return r, f, err
}

func showFileWork(v *visit) (answer, error) { return v.fileWorkPage(&notes{}) }

func (v *visit) fileWorkPage(wrong *notes) (answer, error) {
	r, f, err := v.fileAt()
	if err != nil {
		return answer{}, err
	}
	p := &fileWorkPage{layout: v.layout(f.Name), workFile: v.workFileOf(r, f), Version: f.Version, Material: r.Version}
	p.NoIndex, p.At = true, p.Work
	p.MayChange = slices.Contains(f.ViewerCan, operations.FileActionChange)
	p.MayRemove = slices.Contains(f.ViewerCan, operations.FileActionRemove)
	p.Checked = !p.Busy
	fields := flat(kindOf(r.Type).form())
	for _, s := range f.Suggestions {
		p.Suggestions = append(p.Suggestions, suggestionRow{s.Key, v.fieldName(fields, s.Field), s.Label, s.Source, v.text(sureness(s.Confidence)), mark(s.Passage, s.Ranges)})
	}
	for _, x := range f.Findings {
		p.Findings = append(p.Findings, v.findingRow(f, x))
	}
	settings := []field{ask("name", line, "Naam", "Name"), audienceField(), teamField(), ask("hidden", line, "Verborgen pagina's", "Hidden pages").
		explained("Nummers van pagina's die lezers niet zien, met komma's ertussen, zoals 3, 7.", "Numbers of the pages that readers do not see, with commas between them, like 3, 7.")}
	values := url.Values{"name": {f.Name}, "visibility": {string(f.Visibility)}, "hidden": {joinNumbers(f.HiddenPages)}}
	if f.Team != nil {
		values.Set("team", f.Team.Name)
	}
	if v.form.Get(paramDo) == "wijzigen" {
		values = v.form
	}
	s := &shower{v: v, values: values, notes: wrong}
	p.Settings, p.Problems = s.inputs(settings, ""), s.problems(settings)
	if p.Replace, err = v.workFiles(p.layout, &operations.FiledRecord{ID: r.ID}); err != nil {
		return answer{}, err
	}
	p.Replace.Replaces, p.Replace.Inputs = f.Id, nil
	if len(p.Problems) > 0 {
		p.status = http.StatusUnprocessableEntity
	}
	return answer{template: "file", page: p}, nil
}

// fieldName is what the form of a kind calls a field.
func (v *visit) fieldName(fields []field, name string) string {
	for _, f := range fields {
		if f.name == name || f.key() == name {
			return v.in(f.label)
		}
	}
	return name
}

func (v *visit) findingRow(f *operations.WorkFile, x operations.FileFinding) findingRow {
	row := findingRow{FileFinding: x, Severity: v.text(message("finding." + string(x.Severity))), Passage: mark(x.Passage, x.Ranges)}
	if x.Count > 1 {
		row.Counted = v.text("finding.count", x.Count)
	}
	if x.Page > 0 {
		row.Page = pathOf(f.PageUrl) + "/" + strconv.Itoa(x.Page)
		row.Hide = v.text("finding.hide", x.Page)
	}
	if e := x.Explained; e != nil {
		row.Explained = v.text("finding.explained", v.who(e.By), v.when(e.At))
	}
	return row
}

func joinNumbers(numbers []int) string {
	var out []string
	for _, n := range numbers {
		out = append(out, strconv.Itoa(n))
	}
	return strings.Join(out, ", ")
}

// workFile does with a file what a form of its page asks.
func workOnFile(v *visit) (answer, error) {
	r, f, err := v.fileAt()
	if err != nil {
		return answer{}, err
	}
	version, _ := strconv.Atoi(v.form.Get(paramVersion)) // what is no number is a conflict
	input := map[string]any{"id": f.Id, "version": version}
	at := filesPath(r.ID) + "/" + url.PathEscape(f.Id)
	switch v.form.Get(paramDo) {
	case "overnemen", "weigeren":
		return v.answerSuggestions(r, f, version, at)
	case "verbergen":
		page, _ := strconv.Atoi(v.form.Get("pagina")) // 0 is refused as no page
		input["hiddenPages"] = append(slices.Clone(f.HiddenPages), page)
		return v.fileChange("changeFile", input, at, "done.hidden")
	case "uitleggen":
		return v.fileChange("explainFinding", map[string]any{"file": f.Id, "version": version, "finding": v.form.Get("punt"), "reason": v.sent("reden")}, at, "done.explained")
	case "weghalen":
		return v.fileChange("removeFile", input, filesPath(r.ID), "done.removed")
	case "oude-weghalen":
		return v.takePlace(f, input, at)
	case "wijzigen":
		wrong, err := v.settings(input)
		if err != nil {
			return answer{}, err
		}
		if len(wrong.order) > 0 {
			return v.fileWorkPage(wrong)
		}
		return v.fileChange("changeFile", input, at, "done.file")
	}
	return answer{}, statusError{http.StatusBadRequest}
}

// takePlace makes a file the newer version of another one, which it then takes away.
func (v *visit) takePlace(f *operations.WorkFile, input map[string]any, at string) (answer, error) {
	i := slices.IndexFunc(f.Similar, func(s operations.SimilarFile) bool { return s.File.Id == v.form.Get("oud") })
	if i < 0 {
		return answer{}, statusError{http.StatusNotFound}
	}
	old := f.Similar[i].File
	input["replaces"] = old.Id
	if a, err := v.fileChange("changeFile", input, at, "done.file"); err != nil || a.template != "" {
		return a, err // it says why not
	}
	return v.fileChange("removeFile", map[string]any{"id": old.Id, "version": old.Version}, at, "done.removed")
}

// settings reads the form of the name of a file and for whom it is.
func (v *visit) settings(input map[string]any) (*notes, error) {
	reading := v.reader(v.form, map[string]reference{})
	input["name"], input["visibility"] = v.sent("name"), v.form.Get("visibility")
	if v.form.Get("visibility") == string(operations.VisibilityTeam) {
		input["team"] = teamField().read(reading, "")
	}
	pages, ok := pagesOf(v.form.Get("hidden"))
	if !ok {
		reading.notes.add("hidden", v.text("work.pages.wrong"))
	}
	input["hiddenPages"] = pages
	return &reading.notes, reading.err
}

// answerSuggestions takes or refuses the suggestions that were chosen.
func (v *visit) answerSuggestions(r *operations.FiledRecord, f *operations.WorkFile, version int, at string) (answer, error) {
	keys := v.form["voorstel"]
	if len(keys) == 0 {
		wrong := &notes{}
		wrong.add("", v.text("suggestions.choose"))
		return v.fileWorkPage(wrong)
	}
	if v.form.Get(paramDo) == "weigeren" {
		return v.fileChange("refuseSuggestions", map[string]any{"file": f.Id, "keys": keys}, at, "done.refused")
	}
	input := map[string]any{"record": r.ID, "version": version, "file": f.Id, "keys": keys}
	return v.fileChange("takeSuggestions", input, "/bewerken/"+url.PathEscape(r.ID), "done.taken")
}

// fileChange makes a change, and goes on or says why not.
func (v *visit) fileChange(name string, input map[string]any, to string, code message) (answer, error) {
	problems, err := operations.ChangeFile(v.Context(), v.client, name, input)
	if err != nil && !isRefusal(err) {
		return answer{}, err
	}
	wrong := &notes{}
	if err != nil {
		wrong = v.refusal(err)
	}
	for _, p := range problems {
		wrong.add("", p.Message)
	}
	if len(wrong.order) > 0 {
		return v.fileWorkPage(wrong)
	}
	return done(to, code), nil
}
