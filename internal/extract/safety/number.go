package safety

import "strings"

// number is a number of eight or nine digits, as it stands in a text.
type number struct {
	start, end int
	digits     string
	// joined: without anything between the digits; grouped: as people write citizen
	// service numbers, in three groups.
	joined, grouped bool
	separator       byte // between the groups
}

// numberAt gives the number that begins at a place where a digit is and none before:
// groups of digits with the same single sign between them. ok is false when
// there is none of eight or nine digits there.
func numberAt(text string, start int) (n number, ok bool) {
	digits, groups := make([]byte, 0, 10), make([]int, 0, 10)
	separator := byte(0)
	for i := start; i < len(text); {
		from := i
		for i < len(text) && isDigit(text[i]) && len(digits) < 10 {
			digits = append(digits, text[i])
			i++
		}
		groups = append(groups, i-from)
		if len(digits) > 9 {
			return n, ok
		}
		if len(digits) == 9 || len(digits) == 8 {
			n, ok = number{start: start, end: i, digits: string(digits), joined: len(groups) == 1, grouped: usual(groups), separator: separator}, true
		}
		width := separatorAt(text, i)
		if len(digits) == 9 || width == 0 || i+width >= len(text) || !isDigit(text[i+width]) || separator != 0 && text[i] != separator {
			return n, ok
		}
		separator = text[i]
		i += width
	}
	return n, ok
}

// splitAt gives the number of nine digits that begins at a place and goes on in the next line.
func splitAt(text string, start int) (n number, ok bool) {
	if strings.IndexByte(text[start:min(len(text), start+20)], '\n') < 0 {
		return n, false
	}
	digits, ends := make([]byte, 0, 9), 0
	i := start
	for ; i < len(text) && len(digits) < 9; i++ {
		switch {
		case isDigit(text[i]):
			digits = append(digits, text[i])
		case text[i] == '\n':
			ends++
		case !strings.ContainsRune(" .-\r", rune(text[i])) || i-start > 20:
			return n, false
		}
	}
	n = number{start: start, end: i, digits: string(digits)}
	return n, len(digits) == 9 && ends == 1 && (i == len(text) || !isDigit(text[i]))
}

// separatorAt gives the length of the sign between groups: a space, also one that
// does not break, a full stop or a hyphen.
func separatorAt(text string, i int) int {
	if i >= len(text) {
		return 0
	}
	switch text[i] {
	case ' ', '.', '-':
		return 1
	case 0xc2: // U+00A0
		if i+1 < len(text) && text[i+1] == 0xa0 {
			return 2
		}
	case 0xe2: // U+2010, U+2011, U+2009, U+202F
		if i+2 < len(text) && text[i+1] == 0x80 && (text[i+2] == 0x90 || text[i+2] == 0x91 || text[i+2] == 0x89 || text[i+2] == 0xaf) {
			return 3
		}
	}
	return 0
}

func usual(groups []int) bool {
	if len(groups) != 3 {
		return false
	}
	switch [3]int(groups) {
	case [3]int{3, 3, 3}, [3]int{4, 2, 3}, [3]int{2, 3, 4}, [3]int{3, 2, 4}:
		return true
	}
	return false
}

// elevenTest is that of citizen service numbers (Besluit burgerservicenummer, article 3):
// the digits times 9, 8, … 2 and the last times -1 add up to a multiple of 11. A number of eight digits
// has a zero before it.
func elevenTest(digits string) bool {
	sum, any := 0, byte(0)
	weight := len(digits)
	for i := range len(digits) {
		d := digits[i] - '0'
		any |= d
		if weight == 1 {
			weight = -1
		}
		sum += weight * int(d)
		weight--
	}
	return any != 0 && sum%11 == 0
}

// dateLike reports whether eight digits are a day, the year first or last.
func dateLike(d string) bool {
	if len(d) != 8 {
		return false
	}
	day := func(year, month, day string) bool {
		return year >= "1850" && year < "2100" && month >= "01" && month <= "12" && day >= "01" && day <= "31"
	}
	return day(d[:4], d[4:6], d[6:]) || day(d[4:], d[2:4], d[:2]) || d[:4] >= "1900" && d[:4] < "2100" && d[4:] >= "1900" && d[4:] < "2100"
}
