package pdf

import (
	"bytes"
	"crypto/md5"
	"crypto/rc4"
	"encoding/hex"
	"fmt"
	"image/png"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"leerkring/internal/kb"
)

func TestTextOfPages(t *testing.T) {
	r := read(t, small(lines("Wonen in de regio", "Energie voor iedereen"), lines("De tweede"), "0 0 50 50 re f").bytes(""))
	if diff := cmp.Diff([]string{"Wonen in de regio\nEnergie voor iedereen", "De tweede", ""}, texts(r)); diff != "" {
		t.Error(diff)
	}
	if r.Unit != kb.UnitPage || r.Cut || r.Pages[1].Picture || !r.Pages[2].Picture || r.Pages[2].Number != 3 {
		t.Errorf("got %+v", r)
	}
}

// PDFium gives U+FFFE for a hyphen that ends a line, and the word went in two.
func TestHyphensAtLineEnds(t *testing.T) {
	r := read(t, small(lines("De arbeids-", "markt van Noord-", "Holland en de A-", "wegen.")).bytes(""))
	if diff := cmp.Diff("De arbeidsmarkt van Noord-Holland en de A-wegen.", r.Pages[0].Text); diff != "" {
		t.Error(diff)
	}
}

func TestPropertiesOfADocument(t *testing.T) {
	f := small(lines("x")).with(1, "/Lang (nl-NL) /MarkInfo << /Marked true >>").
		and(4, "<< /Title (Regionale woondeal) /Author (J. Jansen; P. Pietersen) /Subject (Wonen) /CreationDate (D:20240305101500+01'00') >>")
	r := read(t, f.bytes("/Info 4 0 R"))
	created := time.Date(2024, 3, 5, 9, 15, 0, 0, time.UTC)
	if r.Title != "Regionale woondeal" || r.Subject != "Wonen" || r.Language != "nl-NL" || r.Created == nil || !r.Created.Equal(created) {
		t.Errorf("got %+v", r)
	}
	if diff := cmp.Diff([]string{"J. Jansen", "P. Pietersen"}, r.Authors); diff != "" {
		t.Error(diff)
	}
	if len(r.Findings) != 0 {
		t.Errorf("findings %+v", r.Findings)
	}
	bare := read(t, small(lines("x")).bytes(""))
	for _, kind := range []kb.FindingType{kb.FindingNoTitle, kb.FindingNoLanguage, kb.FindingUntagged} {
		if len(found(bare, kind)) != 1 {
			t.Errorf("a bare file has no %s", kind)
		}
	}
}

func TestFormsAndComments(t *testing.T) {
	f := small(lines("Aanvraag"), "").with(10, "/Annots [20 0 R 21 0 R 22 0 R 23 0 R]").with(11, "/Annots [24 0 R]").
		with(1, "/AcroForm << /Fields [20 0 R 21 0 R 24 0 R] >>").
		and(20, "<< /Type /Annot /Subtype /Widget /FT /Tx /T (naam) /V (Gemeente Utrecht) /Rect [40 100 200 120] >>").
		and(21, "<< /Type /Annot /Subtype /Widget /FT /Btn /T (akkoord) /V /Off /Rect [40 80 60 100] >>").
		and(22, "<< /Type /Annot /Subtype /Text /Contents (Klopt dit bedrag?) /Rect [0 0 20 20] >>").
		and(23, "<< /Type /Annot /Subtype /FreeText /Contents (Concept) /DA (/F 12 Tf) /Rect [0 0 20 20] >>").
		and(24, "<< /Type /Annot /Subtype /Widget /FT /Tx /T (plaats) /V (Zwolle) /Rect [40 100 200 120] >>")
	r := read(t, f.bytes(""))
	if diff := cmp.Diff([]string{"Aanvraag\nGemeente Utrecht\nConcept", "Zwolle"}, texts(r)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"1 0 Klopt dit bedrag?"}, found(r, kb.FindingComment)); diff != "" {
		t.Error(diff)
	}
	if r.Pages[1].Picture {
		t.Error("a page that was filled in is no picture")
	}
}

func TestOutline(t *testing.T) {
	f := small(lines("a"), lines("b"), lines("c")).with(1, "/Outlines 30 0 R").
		and(30, "<< /Type /Outlines /First 31 0 R /Last 33 0 R >>").
		and(31, "<< /Title (Inleiding) /Parent 30 0 R /Next 33 0 R /First 32 0 R /Last 32 0 R /Dest [11 0 R /Fit] >>").
		and(32, "<< /Title (Doel) /Parent 31 0 R /Dest [12 0 R /Fit] >>").
		and(33, "<< /Title (Nergens) /Parent 30 0 R >>")
	want := []kb.OutlineEntry{{Title: "Inleiding", Page: 2, Level: 1}, {Title: "Doel", Page: 3, Level: 2}, {Title: "Nergens", Page: 1, Level: 1}}
	if diff := cmp.Diff(want, read(t, f.bytes("")).Outline); diff != "" {
		t.Error(diff)
	}
	f[33] = "<< /Title (Rond) /Parent 30 0 R /Next 31 0 R >>"
	if n := len(read(t, f.bytes("")).Outline); n > maxOutline {
		t.Errorf("an outline that goes round has %d entries", n)
	}
}

// tagged is a page with a structure of one element of a kind, with entries of its own.
func tagged(kind, entries string) file {
	return small("/"+kind+" << /MCID 0 >> BDC "+lines("x")+" EMC").
		with(1, "/MarkInfo << /Marked true >> /StructTreeRoot 40 0 R").with(10, "/StructParents 0").
		and(40, "<< /Type /StructTreeRoot /K [41 0 R] /ParentTree << /Nums [0 [41 0 R]] >> >>").
		and(41, "<< /Type /StructElem /S /"+kind+" /P 40 0 R /Pg 10 0 R /K 0 "+entries+" >>")
}

func TestWhatScreenReadersNeed(t *testing.T) {
	for _, c := range []struct {
		name string
		file file
		kind kb.FindingType
		want []string
	}{
		{"a picture", tagged("Figure", ""), kb.FindingNoAlternative, []string{"1 1 "}},
		{"a described picture", tagged("Figure", "/Alt (Kaart van de regio)"), kb.FindingNoAlternative, nil},
		{"a picture of text", tagged("Figure", "/ActualText (Logo)"), kb.FindingNoAlternative, nil},
		{"a table", tagged("Table", ""), kb.FindingNoTableHeader, []string{"1 1 "}},
		{"a header", tagged("TH", ""), kb.FindingNoTableHeader, nil},
		{"a paragraph", tagged("P", ""), kb.FindingUntagged, nil},
	} {
		if diff := cmp.Diff(c.want, found(read(t, c.file.bytes("")), c.kind)); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

func TestWhatIsInsideOfADocument(t *testing.T) {
	f := small(lines("x")).
		with(1, "/Names << /EmbeddedFiles << /Names [(geheim.xlsx) 50 0 R] >> /JavaScript << /Names [(a) 52 0 R] >> >>").
		and(50, "<< /Type /Filespec /F (geheim.xlsx) /UF (geheim.xlsx) /EF << /F 51 0 R >> >>").
		and(51, stream("/Type /EmbeddedFile", "inhoud")).
		and(52, "<< /S /JavaScript /JS (app.alert\\(1\\)) >>")
	r := read(t, f.bytes(""))
	if diff := cmp.Diff([]string{"0 1 geheim.xlsx"}, found(r, kb.FindingEmbeddedFile)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"0 1 JavaScript"}, found(r, kb.FindingMacro)); diff != "" {
		t.Error(diff)
	}
}

// encrypted is a file that asks for a password that nobody knows (ISO 32000-1, 7.6.3, revision 2).
func encrypted() []byte {
	owner, id := strings.Repeat("o", 32), strings.Repeat("i", 16)
	padding := "\x28\xBF\x4E\x5E\x4E\x75\x8A\x41\x64\x00\x4E\x56\xFF\xFA\x01\x08\x2E\x2E\x00\xB6\xD0\x68\x3E\x80\x2F\x0C\xA9\xFE\x64\x53\x69\x7A"
	key := md5.Sum([]byte(("geheim" + padding)[:32] + owner + "\xff\xff\xff\xff" + id))
	cipher, err := rc4.NewCipher(key[:5])
	if err != nil {
		panic(err)
	}
	user := []byte(padding)
	cipher.XORKeyStream(user, user)
	f := small(lines("geheim")).and(60, fmt.Sprintf("<< /Filter /Standard /V 1 /R 2 /P -1 /O <%s> /U <%s> >>", hex.EncodeToString([]byte(owner)), hex.EncodeToString(user)))
	return f.bytes(fmt.Sprintf("/Encrypt 60 0 R /ID [<%[1]s> <%[1]s>]", hex.EncodeToString([]byte(id))))
}

func TestFilesThatCannotBeRead(t *testing.T) {
	whole := small(lines("x")).bytes("")
	for _, c := range []struct {
		name  string
		bytes []byte
		want  kb.ExtractionState
	}{
		{"a password", encrypted(), kb.ExtractionEncrypted},
		{"only a beginning", whole[:20], kb.ExtractionBroken},
		{"no pages", small().bytes(""), kb.ExtractionBroken},
	} {
		_, err := engine(t).Read(input(c.bytes))
		if err == nil {
			t.Errorf("%s: no error", c.name)
			continue
		}
		if got := problemOf(t, err); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
	moved := bytes.Replace(whole, []byte("startxref\n"), []byte("startxref\n9"), 1)
	if got := texts(read(t, moved)); len(got) != 1 || got[0] != "x" {
		t.Errorf("a file whose table is elsewhere gives %q", got)
	}
}

func TestLimits(t *testing.T) {
	lie := small(lines("een"))
	lie[2] = strings.Replace(lie[2], "/Count 1", "/Count 900000", 1)
	in := input(lie.bytes(""))
	in.Limits.Pages = 50
	r, err := engine(t).Read(in)
	if err != nil || len(r.Pages) > 50 || r.Pages[0].Text != "een" {
		t.Errorf("900,000 pages: %d, %v", len(r.Pages), err)
	}
	in = input(small(lines("een"), lines("twee"), lines("drie")).bytes(""))
	in.Limits.Pages = 2
	if r, err = engine(t).Read(in); err != nil || len(r.Pages) != 2 || !r.Cut {
		t.Errorf("at most 2 pages: %+v, %v", r, err)
	}
	in.Limits.Pages, in.Limits.Text = 9, 5
	if r, err = engine(t).Read(in); err != nil || len(r.Pages) != 2 || !r.Cut || r.Pages[1].Text != "tw" {
		t.Errorf("at most 5 bytes: %+v, %v", r, err)
	}
	in.Limits.Text, in.Late = 999, func() bool { return true }
	if r, err = engine(t).Read(in); err != nil || len(r.Pages) != 0 || !r.Cut {
		t.Errorf("late: %+v, %v", r, err)
	}
}

func TestPagesAreDrawn(t *testing.T) {
	b := small("1 0 0 rg 0 0 400 300 re f", "0 0 1 rg 0 0 400 300 re f").bytes("")
	got := map[int]string{}
	err := engine(t).Draw(input(b), []int{0, 2, 7}, 80, func(page int, drawn []byte) error {
		if drawn == nil {
			got[page] = "nothing"
			return nil
		}
		img, err := png.Decode(bytes.NewReader(drawn))
		if err != nil {
			return err
		}
		red, _, blue, _ := img.At(40, 30).RGBA()
		got[page] = fmt.Sprint(img.Bounds().Size(), red>>8, blue>>8)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[int]string{0: "(80,60) 255 0", 2: "(80,60) 0 255", 7: "nothing"}, got); diff != "" {
		t.Error(diff)
	}
	if err := engine(t).Draw(input(b[:9]), []int{1}, 80, nil); problemOf(t, err) != kb.ExtractionBroken {
		t.Error(err)
	}
	refused := fmt.Errorf("full")
	if err := engine(t).Draw(input(b), []int{1}, 80, func(int, []byte) error { return refused }); err == nil || !strings.Contains(err.Error(), "full") {
		t.Errorf("what put refuses is %v", err)
	}
}
