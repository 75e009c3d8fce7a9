package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"leerkring/internal/kb"
	"leerkring/internal/web/operations"
)

// workFiles are the files of a material as those see them who work on it.
type workFiles struct {
	*layout
	At     string // where they are added
	Record string
	// Replaces is the file that the next one is a newer version of; empty for none.
	Replaces string
	Title    string
	Files    []workFile
	Inputs   []input
	MayAdd   bool
	Upload   string // the address of the script
	Most     string // how large a file may be
	Problems []problem
}

// workFile is one of them.
type workFile struct {
	fileCard
	ID, Work, For string
	Notes         []fileNote
	Similar       []similarFile
}

// fileNote is something that asks for an answer, with where it is given.
type fileNote struct {
	Text, URL string
	Serious   bool
}

// similarFile is another file with nearly the same text.
type similarFile struct {
	Text, Name, URL string
	// Ours is set when it is of the same material, and can make room for this one.
	Ours bool
	ID   string
}

// filesPath is where the files of a record are worked on.
func filesPath(record string) string { return "/bewerken/" + url.PathEscape(record) + "/bestanden" }

// filed opens the files of a record for who may change it.
func (v *visit) filed(id string) (*operations.FiledRecord, error) {
	r, err := operations.WorkFiles(v.Context(), v.client, id)
	if err != nil {
		return nil, err
	}
	if r.Node == nil || !kindOf(r.Node.Type).material {
		return nil, statusError{http.StatusNotFound}
	}
	if !may(r.Node.ViewerCan, operations.RecordActionEdit) && !v.can(operations.ViewerActionReview) {
		return nil, kb.Errorf(kb.Forbidden, kb.Text{NL: "Dit mag u niet wijzigen.", EN: "You may not change this."})
	}
	return r.Node, nil
}

// workFiles lists the files of a record.
func (v *visit) workFiles(l *layout, r *operations.FiledRecord) (*workFiles, error) {
	out := &workFiles{
		layout: l, At: filesPath(r.ID), Record: r.ID, Title: l.T("files.title"), Upload: v.site.assets.upload,
		MayAdd: may(r.ViewerCan, operations.RecordActionEdit),
	}
	limits, err := operations.UploadLimits(v.Context(), v.client)
	if err != nil {
		return nil, err
	}
	out.Most = v.lang.bytes(limits.UploadLimits.File)
	files, err := v.workedFiles(r.Work().Files)
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		out.Files = append(out.Files, v.workFileOf(r, f))
	}
	s := &shower{v: v, values: url.Values{"visibility": {"PUBLIC"}}, notes: &notes{}, prefix: "bestand-"}
	out.Inputs = s.inputs([]field{audienceField(), teamField()}, "")
	return out, nil
}

func teamField() field {
	return refer("team", one, "Leerkring of organisatie", "Learning circle or organisation", "LearningCircle", "Organisation").
		explained("Alleen als het voor één leerkring of organisatie is. Typ de naam.", "Only if it is for one learning circle or organisation. Type the name.")
}

// filesAtOnce is how many files one operation opens: more may cost too much.
const filesAtOnce = 10

// workedFiles opens files, without those that are gone.
func (v *visit) workedFiles(all []operations.FileID) (out []*operations.WorkFile, err error) {
	for part := range slices.Chunk(all, filesAtOnce) {
		var ids []string
		for _, f := range part {
			ids = append(ids, f.ID)
		}
		r, err := operations.WorkedFiles(v.Context(), v.client, ids)
		if err != nil {
			return nil, err
		}
		for _, f := range r.Nodes {
			if f != nil {
				out = append(out, f)
			}
		}
	}
	return out, nil
}

func (v *visit) workedFile(id string) (*operations.WorkFile, error) {
	r, err := operations.WorkedFile(v.Context(), v.client, id)
	if err != nil {
		return nil, err
	}
	return r.File, nil
}

func (v *visit) workFileOf(r *operations.FiledRecord, f *operations.WorkFile) workFile {
	w := workFile{
		fileCard: v.fileCardOf(&f.FileLine), ID: f.Id, Work: filesPath(r.ID) + "/" + url.PathEscape(f.Id),
		For: v.in(audienceField().options[slices.Index([]operations.Visibility{operations.VisibilityPublic, operations.VisibilityMembers, operations.VisibilityTeam}, f.Visibility)].text),
	}
	serious, others := 0, 0
	for _, x := range f.Findings {
		switch {
		case x.Explained != nil || x.Hidden:
		case x.Severity == operations.SeveritySerious:
			serious++
		default:
			others++
		}
	}
	note := func(n int, key message, anchor string) {
		if n > 0 {
			w.Notes = append(w.Notes, fileNote{v.text(key, n), w.Work + "#" + anchor, key == "file.serious"})
		}
	}
	note(serious, "file.serious", "controle")
	note(others, "file.findings", "controle")
	note(len(f.Suggestions), "file.suggestions", "voorstellen")
	for _, s := range f.Similar {
		x := similarFile{Text: s.Text, Name: s.File.Name, URL: pathOf(s.File.PageUrl), ID: s.File.Id}
		x.Ours = slices.ContainsFunc(r.Work().Files, func(id operations.FileID) bool { return id.ID == x.ID })
		w.Similar = append(w.Similar, x)
	}
	return w
}

// showFiles is the page of the files of a record. The script that follows their state
// asks for it as well.
func showFiles(v *visit) (answer, error) { return v.filesPage(&notes{}) }

func (v *visit) filesPage(wrong *notes) (answer, error) {
	r, err := v.filed(v.PathValue("id"))
	if err != nil {
		return answer{}, err
	}
	name := strings.TrimSpace(r.Work().Title)
	if name == "" {
		name = v.text("write.nameless")
	}
	p, err := v.workFiles(v.layout(v.text("files.of", name)), r)
	if err != nil {
		return answer{}, err
	}
	p.NoIndex, p.Title = true, p.layout.Title
	p.Problems = (&shower{v: v, notes: wrong}).problems(nil)
	if len(p.Problems) > 0 {
		p.status = http.StatusUnprocessableEntity
	}
	return answer{template: "files", page: p}, nil
}

// sendFiles takes the files of a form, one after the other, without keeping any of
// them here.
func sendFiles(v *visit) (answer, error) {
	id := v.PathValue("id")
	sent, wrong, err := v.upload(id)
	if err != nil {
		return answer{}, err
	}
	if sent == 0 && len(wrong.order) == 0 {
		wrong.add("", v.text("upload.nofile"))
	}
	if len(wrong.order) > 0 {
		return v.filesPage(wrong)
	}
	return done(filesPath(id), "done.uploaded"), nil
}

// pagesOf reads numbers of pages with commas between them; ok is false when there is
// something else.
func pagesOf(text string) (pages []int, ok bool) {
	pages = []int{}
	for part := range strings.SplitSeq(text, ",") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		n, err := strconv.Atoi(part)
		if err != nil || n < 1 {
			return nil, false
		}
		if !slices.Contains(pages, n) {
			pages = append(pages, n)
		}
	}
	slices.Sort(pages)
	return pages, true
}
