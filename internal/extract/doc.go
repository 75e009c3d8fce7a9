// Package extract reads files of strangers in child processes: the same program, run
// as "extract-worker", with limits on memory, time and files, and without a network.
//
// The invariant that a newcomer must know: bytes of a file are only looked at in a
// child, and nothing that a child says is believed. Frames, pages, texts and pictures
// have a most, which this side counts; a child that says something else, or nothing in
// time, is killed with all it started, and the file gets *kb.Unread. A child takes one
// file at a time, and gets it as a descriptor that it can only read.
package extract
