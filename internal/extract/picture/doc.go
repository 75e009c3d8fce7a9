// Package picture makes the pictures that stand for pages: images made smaller, cards
// with the beginning of a text, decks drawn by LibreOffice, and the text in pictures,
// recognised by Tesseract. Both programs are optional.
//
// The invariant that a newcomer must know: all of this runs inside the child process of
// package extract, with its limits and without a network. The programs are started from
// there and inherit both; they are given a folder of their own that is removed.
package picture
