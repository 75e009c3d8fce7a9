package kb_test

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

// documents describes a material as it is stored now, and gives the files whose text
// could not be had.
func (w *filesWorld) documents(material kb.ID) (docs []kb.Document, unread []kb.ID) {
	w.t.Helper()
	d := kb.NewDescriber(w.store, kb.NewGazetteer())
	d.Blobs = w.blobs
	d.Unread = func(f *kb.File, _ error) { unread = append(unread, f.ID) }
	docs, err := d.Describe(context.Background(), []kb.Record{w.stored(material)})
	check(w.t, err)
	return docs, unread
}

// stored gives a record as it is now.
func (w *filesWorld) stored(id kb.ID) kb.Record {
	w.t.Helper()
	found, err := w.store.Get(context.Background(), []kb.ID{id})
	check(w.t, err)
	return found[id]
}

// shown gives the text of files in the document that an actor is shown: the highest
// variant that they may read.
func shown(docs []kb.Document, a kb.Actor) string {
	terms, all := a.Reads()
	var out []string
	for _, d := range docs {
		reads := all || slices.ContainsFunc(d.Access, func(t string) bool { return slices.Contains(terms, t) })
		if d.Copy || !reads {
			continue
		}
		out = nil
		for _, p := range d.Pages {
			out = append(out, p.Text)
		}
	}
	return strings.Join(out, "|")
}

// keepReading puts another reading in the place of what was read of a file.
func (w *filesWorld) keepReading(f *kb.File, data string) {
	w.t.Helper()
	check(w.t, w.blobs.PutDerived(context.Background(), f.SHA256, kb.ReadingName, strings.NewReader(data)))
}

// change has the editor change a file.
func (w *filesWorld) change(f *kb.File, c kb.FileChanges) {
	w.t.Helper()
	_, _, err := w.files.Change(context.Background(), w.editor, kb.Target{ID: f.ID}, c)
	check(w.t, err)
}

func forCircle(v kb.Visibility, team kb.ID) func(*kb.UploadRequest) {
	return func(q *kb.UploadRequest) { q.Visibility, q.Team = v, team }
}

// textCase is a published material with files, and what each sees of their text.
type textCase struct {
	// before is done with the draft, after with the published material and its files.
	before func(w *filesWorld, m kb.ID) []*kb.File
	after  func(w *filesWorld, m kb.ID, files []*kb.File)
	docs   int
	want   map[string]string
	unread int // files whose text cannot be had
}

// toEveryone is a text that all see.
func toEveryone(text string) map[string]string {
	return map[string]string{"visitor": text, "member": text, "guest": text, "both": text, "editor": text}
}

// What stands in the files of a published material is in its documents, for each only
// as far as they may read it.
func TestTextOfFilesInDocuments(t *testing.T) {
	team, second := kb.DeriveID("team", "a"), kb.DeriveID("team", "b")
	members := kb.VisibilityMembers
	runTextCases(t, map[string]textCase{
		"no files": {docs: 1, want: toEveryone("")},
		"pages of a file for all": {
			before: func(w *filesWorld, m kb.ID) []*kb.File { return []*kb.File{w.add(m, "a.txt", "een\ftwee")} },
			docs:   1, want: toEveryone("een|twee"),
		},
		"files in the order of the material": {
			before: func(w *filesWorld, m kb.ID) []*kb.File {
				return []*kb.File{w.add(m, "z.txt", "eerst"), w.add(m, "a.txt", "daarna")}
			},
			docs: 1, want: toEveryone("eerst|daarna"),
		},
		"a page without text": {
			before: func(w *filesWorld, m kb.ID) []*kb.File { return []*kb.File{w.add(m, "a.txt", "een\fpicture\f \fvier")} },
			docs:   1, want: toEveryone("een|vier"),
		},
		"a file for members": {
			before: func(w *filesWorld, m kb.ID) []*kb.File {
				return []*kb.File{w.add(m, "a.txt", "open"), w.add(m, "b.txt", "besloten", forCircle(members, ""))}
			},
			docs: 3, want: map[string]string{"visitor": "open", "guest": "open", "member": "open|besloten", "both": "open|besloten", "editor": "open|besloten"},
		},
		"a file for a team": {
			before: func(w *filesWorld, m kb.ID) []*kb.File {
				return []*kb.File{w.add(m, "a.txt", "open"), w.add(m, "b.txt", "kring", forCircle(kb.VisibilityTeam, team))}
			},
			docs: 6, want: map[string]string{"visitor": "open", "member": "open", "guest": "open|kring", "both": "open|kring", "editor": "open|kring"},
		},
		"files for two teams": { // who is in both is shown those of one
			before: func(w *filesWorld, m kb.ID) []*kb.File {
				return []*kb.File{w.add(m, "a.txt", "een", forCircle(kb.VisibilityTeam, team)), w.add(m, "b.txt", "ander", forCircle(kb.VisibilityTeam, second))}
			},
			docs: 10, want: map[string]string{"visitor": "", "member": "", "guest": "een", "both": lastOf(team, second), "editor": "een|ander"},
		},
		"a hidden page": {
			before: func(w *filesWorld, m kb.ID) []*kb.File { return []*kb.File{w.add(m, "a.txt", "een\fgeheim\fdrie")} },
			after: func(w *filesWorld, _ kb.ID, files []*kb.File) {
				hidden := []int{2}
				w.change(files[0], kb.FileChanges{Hidden: &hidden})
			},
			docs: 1, want: toEveryone("een|drie"),
		},
		"all pages hidden": {
			before: func(w *filesWorld, m kb.ID) []*kb.File { return []*kb.File{w.add(m, "a.txt", "een\ftwee")} },
			after: func(w *filesWorld, _ kb.ID, files []*kb.File) {
				hidden := []int{1, 2}
				w.change(files[0], kb.FileChanges{Hidden: &hidden})
			},
			docs: 1, want: toEveryone(""),
		},
	})
}

// What changes after publication is in the documents as well, or is not yet.
func TestChangesOfFilesInDocuments(t *testing.T) {
	ctx := context.Background()
	members, public := kb.VisibilityMembers, kb.VisibilityPublic
	runTextCases(t, map[string]textCase{
		"narrowed after publication": {
			before: func(w *filesWorld, m kb.ID) []*kb.File { return []*kb.File{w.add(m, "a.txt", "een")} },
			after: func(w *filesWorld, _ kb.ID, files []*kb.File) {
				w.change(files[0], kb.FileChanges{Visibility: &members})
			},
			docs: 3, want: map[string]string{"visitor": "", "guest": "", "member": "een", "both": "een", "editor": "een"},
		},
		"widened by an editor": {
			before: func(w *filesWorld, m kb.ID) []*kb.File {
				return []*kb.File{w.add(m, "a.txt", "een", forCircle(members, ""))}
			},
			after: func(w *filesWorld, _ kb.ID, files []*kb.File) {
				w.change(files[0], kb.FileChanges{Visibility: &public})
			},
			docs: 1, want: toEveryone("een"),
		},
		"a file that comes after publication": { // it is in the working copy
			before: func(w *filesWorld, m kb.ID) []*kb.File { return []*kb.File{w.add(m, "a.txt", "een")} },
			after:  func(w *filesWorld, m kb.ID, _ []*kb.File) { w.add(m, "b.txt", "later"); w.read() },
			docs:   2, want: toEveryone("een"),
		},
		"a file that is taken out of the copy": {
			before: func(w *filesWorld, m kb.ID) []*kb.File { return []*kb.File{w.add(m, "a.txt", "een")} },
			after: func(w *filesWorld, _ kb.ID, files []*kb.File) {
				_, err := w.files.Remove(ctx, w.expert, kb.Target{ID: files[0].ID})
				check(w.t, err)
			},
			docs: 2, want: toEveryone("een"),
		},
		"taken out and published": {
			before: func(w *filesWorld, m kb.ID) []*kb.File {
				return []*kb.File{w.add(m, "a.txt", "een"), w.add(m, "b.txt", "twee")}
			},
			after: func(w *filesWorld, m kb.ID, files []*kb.File) {
				_, err := w.files.Remove(ctx, w.expert, kb.Target{ID: files[0].ID})
				check(w.t, err)
				w.publish(m)
			},
			docs: 1, want: toEveryone("twee"),
		},
		"a file of another material": {
			before: func(w *filesWorld, m kb.ID) []*kb.File { return []*kb.File{w.add(m, "a.txt", "een")} },
			after: func(w *filesWorld, m kb.ID, files []*kb.File) {
				f := *files[0]
				f.Record, f.Version = kb.DeriveID("other", "1"), w.stored(f.ID).Version
				w.put(&f)
			},
			docs: 1, want: toEveryone(""),
		},
		"an encrypted file": {
			before: func(w *filesWorld, m kb.ID) []*kb.File {
				f := w.add(m, "a.txt", "encrypted words")
				w.read()
				_, _, err := w.files.Explain(ctx, w.expert, kb.Target{ID: f.ID}, kb.UncheckedKey, "alleen een formulier")
				check(w.t, err)
				return []*kb.File{f, w.add(m, "b.txt", "twee")}
			},
			docs: 1, want: toEveryone("twee"),
		},
		"a reading that is gone": {
			before: func(w *filesWorld, m kb.ID) []*kb.File {
				return []*kb.File{w.add(m, "a.txt", "een"), w.add(m, "b.txt", "twee")}
			},
			after: func(w *filesWorld, _ kb.ID, files []*kb.File) {
				check(w.t, w.blobs.DropDerived(ctx, files[0].SHA256, kb.ReadingName))
			},
			docs: 1, want: toEveryone("twee"), // verify tells of it
		},
		"a reading that is damaged": {
			before: func(w *filesWorld, m kb.ID) []*kb.File {
				return []*kb.File{w.add(m, "a.txt", "een"), w.add(m, "b.txt", "twee")}
			},
			after: func(w *filesWorld, _ kb.ID, files []*kb.File) { w.keepReading(files[1], "geen archief") },
			docs:  1, want: toEveryone("een"), unread: 1,
		},
		"bytes that are gone": {
			before: func(w *filesWorld, m kb.ID) []*kb.File {
				return []*kb.File{w.add(m, "a.txt", "een"), w.add(m, "b.txt", "twee")}
			},
			after: func(w *filesWorld, _ kb.ID, files []*kb.File) {
				for _, f := range files {
					check(w.t, w.blobs.Delete(ctx, f.SHA256))
				}
			},
			docs: 1, want: toEveryone(""), // verify tells of them
		},
		"withdrawn": {
			before: func(w *filesWorld, m kb.ID) []*kb.File { return []*kb.File{w.add(m, "a.txt", "een")} },
			after: func(w *filesWorld, m kb.ID, _ []*kb.File) {
				w.done(w.Withdraw(ctx, w.editor, w.target(m), "verouderd", ""))
			},
			docs: 1, want: toEveryone(""),
		},
	})
}

func runTextCases(t *testing.T, cases map[string]textCase) {
	team, second := kb.DeriveID("team", "a"), kb.DeriveID("team", "b")
	for name, tt := range cases {
		t.Run(name, func(t *testing.T) {
			w := newFilesWorld(t)
			who := map[string]kb.Actor{
				"visitor": kb.Visitor(), "member": w.member, "editor": w.editor,
				"guest": w.account("Gast", kb.RoleVisitor, kb.Membership{Team: team, Role: kb.TeamParticipant}),
				"both":  w.account("Beide", kb.RoleMember, kb.Membership{Team: team, Role: kb.TeamParticipant}, kb.Membership{Team: second, Role: kb.TeamOrganiser}),
			}
			m := w.draft("Wonen").ID
			var files []*kb.File
			if tt.before != nil {
				files = tt.before(w, m)
			}
			w.read()
			w.publish(m)
			if tt.after != nil {
				tt.after(w, m, files)
			}
			docs, unread := w.documents(m)
			got := map[string]string{}
			for name, actor := range who {
				got[name] = shown(docs, actor)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
			if len(docs) != tt.docs || len(unread) != tt.unread {
				t.Errorf("%d documents, want %d; %d files unread, want %d", len(docs), tt.docs, len(unread), tt.unread)
			}
			for i, d := range docs {
				if !d.Copy && d.Variant != i {
					t.Errorf("document %d is variant %d", i, d.Variant)
				}
				if d.Copy && len(d.Pages) > 0 {
					t.Errorf("a working copy has the text %v", d.Pages)
				}
			}
		})
	}
}

// lastOf gives the text of the team whose circle comes last, by the order of their ids.
func lastOf(team, second kb.ID) string {
	if team > second {
		return "een"
	}
	return "ander"
}

// Nothing of a draft's files is in any document, whoever asks for it.
func TestADraftShowsNoTextOfItsFiles(t *testing.T) {
	w := newFilesWorld(t)
	m := w.draft("Wonen").ID
	w.add(m, "a.txt", "een")
	w.read()
	docs, unread := w.documents(m)
	if len(docs) != 1 || len(docs[0].Pages) != 0 || len(unread) != 0 {
		t.Errorf("%d documents, unread %v", len(docs), unread)
	}
	w.done(w.Submit(context.Background(), w.expert, w.target(m), ""))
	for _, d := range first(w.documents(m)) {
		if len(d.Pages) > 0 {
			t.Errorf("submitted: %v", d.Pages)
		}
	}
}

func first(docs []kb.Document, _ []kb.ID) []kb.Document { return docs }

// A document is described again when a file of it, or what was read of one, changes.
func TestDocumentsReferToFilesAndReadings(t *testing.T) {
	w := newFilesWorld(t)
	m := w.draft("Wonen").ID
	f := w.add(m, "a.txt", "een")
	w.read()
	w.publish(m)
	for _, d := range first(w.documents(m)) {
		for _, id := range []kb.ID{f.ID, kb.ExtractionID(f.SHA256)} {
			if !slices.Contains(d.Refers, string(id)) {
				t.Errorf("variant %d does not refer to %s", d.Variant, id)
			}
			if named := w.stored(id).NamedBy(); !slices.Contains(named, string(id)) {
				t.Errorf("%s is named by %v", id, named)
			}
		}
	}
	if r := w.stored(m); !r.ListsFiles() {
		t.Error("its files are not seen in the record")
	}
}

// The text of all files of a material is bounded: what is over it is left out.
func TestTextOfFilesIsBounded(t *testing.T) {
	w := newFilesWorld(t)
	m := w.draft("Wonen").ID
	a, b := w.add(m, "a.txt", "een"), w.add(m, "b.txt", "twee")
	w.read()
	w.publish(m)
	long := strings.Repeat("woord ", 1_500_000) // 9 MB
	reading := &kb.Reading{State: kb.ExtractionRead, Pages: []kb.ReadPage{{Number: 1, Text: long}, {Number: 2, Text: long}}}
	var z strings.Builder
	check(t, kb.WriteReading(&z, reading))
	w.keepReading(a, z.String())
	reading.Pages = []kb.ReadPage{{Number: 1, Text: "past"}, {Number: 2, Text: long}, {Number: 3, Text: "niet meer"}}
	z.Reset()
	check(t, kb.WriteReading(&z, reading))
	w.keepReading(b, z.String())
	got := map[kb.ID][]int{}
	for _, p := range first(w.documents(m))[0].Pages {
		got[p.File] = append(got[p.File], p.Number)
	}
	if diff := cmp.Diff(map[kb.ID][]int{a.ID: {1, 2}, b.ID: {1}}, got); diff != "" {
		t.Error(diff)
	}
}

// The words of a page are its heading, its text and its notes, each once.
func TestWordsOfAPage(t *testing.T) {
	w := newFilesWorld(t)
	m := w.draft("Wonen").ID
	f := w.add(m, "a.txt", "een")
	w.read()
	w.publish(m)
	for name, tt := range map[string]struct {
		page kb.ReadPage
		want string
	}{
		"text":                     {kb.ReadPage{Text: "een"}, "een"},
		"a heading of its own":     {kb.ReadPage{Title: "Kop", Text: "een"}, "Kop\neen"},
		"a heading in the text":    {kb.ReadPage{Title: "Kop ", Text: " Kop\neen"}, " Kop\neen"},
		"a heading alone":          {kb.ReadPage{Title: "Kop"}, "Kop"},
		"notes":                    {kb.ReadPage{Title: "Kop", Text: "een", Notes: "zeg dit"}, "Kop\neen\nzeg dit"},
		"notes alone":              {kb.ReadPage{Notes: "zeg dit", Text: " \n"}, "zeg dit"},
		"hidden by the document":   {kb.ReadPage{Text: "een", Hidden: true}, "een"},
		"recognised in a picture":  {kb.ReadPage{Text: "een", Picture: true}, "een"},
		"nothing":                  {kb.ReadPage{}, ""},
		"nothing but empty spaces": {kb.ReadPage{Title: " ", Text: "\n", Notes: "\t"}, ""},
	} {
		tt.page.Number = 1
		var z strings.Builder
		check(t, kb.WriteReading(&z, &kb.Reading{State: kb.ExtractionRead, Pages: []kb.ReadPage{tt.page}}))
		w.keepReading(f, z.String())
		if got := shown(first(w.documents(m)), kb.Visitor()); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}

// What people find in files follows what happens to their material.
func TestWordsOfFilesAreFoundWhileTheyMayBe(t *testing.T) {
	ctx := context.Background()
	w := newFilesWorld(t)
	m := w.draft("Wonen").ID
	open := w.add(m, "a.txt", "zandhagedis")
	w.add(m, "b.txt", "ringslang", forCircle(kb.VisibilityMembers, ""))
	w.read()
	finds := func(step string, want map[string]bool) {
		t.Helper()
		w.follow()
		got := map[string]bool{}
		for word := range maps.Keys(want) {
			who, text, _ := strings.Cut(word, " ")
			actor := map[string]kb.Actor{"visitor": kb.Visitor(), "member": w.member}[who]
			found, err := w.index.Search(ctx, actor, kb.SearchRequest{Text: text, First: 1, AsTyped: true})
			check(t, err)
			got[word] = found.Total == 1
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", step, diff)
		}
	}
	finds("a draft", map[string]bool{"visitor zandhagedis": false, "member ringslang": false})
	w.publish(m)
	published := map[string]bool{"visitor zandhagedis": true, "visitor ringslang": false, "member zandhagedis": true, "member ringslang": true}
	finds("published", published)
	_, err := w.files.Remove(ctx, w.expert, kb.Target{ID: open.ID})
	check(t, err)
	finds("taken out of the copy", published)
	w.publish(m)
	finds("taken out", map[string]bool{"visitor zandhagedis": false, "member zandhagedis": false, "member ringslang": true})
	w.done(w.Withdraw(ctx, w.editor, w.target(m), "verouderd", ""))
	finds("withdrawn", map[string]bool{"visitor zandhagedis": false, "member ringslang": false})
	w.done(w.Restore(ctx, w.editor, w.target(m)))
	finds("restored", map[string]bool{"visitor ringslang": false, "member ringslang": true})
}
