package safety_test

import (
	"strings"
	"testing"
	"time"

	"leerkring/internal/extract/safety"
)

func TestZZ(t *testing.T) {
	const size = 1 << 20
	for _, piece := range []string{
		"1", "1 ", "123456782 ", "BSN 123456782 ", "@", "a@", "NL91", "NL91 ABNA 0417 1643 00 ", "06 ", "06 1 2 3 4 5 6 7 ", "Aa ", "A. ", "Aa 1 1234 ",
		"A.A.A.", "\xff", "bsn", "b s n ", "BSN;", "BSN\n", "12-", "Van de Van de ", "a\xc2\xa01", "AD24", "De raad heeft op 12 mei 2020 besloten. ", "Dorp 12, 1234 AB ", "a.b@gmail.com ", "J. Jansen 06 12345678\n", "12\n", "MT31", "\n", "0612345678 ",
	} {
		r := page(strings.Repeat(piece, size/len(piece)))
		s := time.Now()
		n := len(safety.Check(r))
		t.Logf("%-20q %v %d", piece, time.Since(s), n)
	}
}
