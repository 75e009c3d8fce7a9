// Package office reads the documents of word processors, presentations and
// spreadsheets: the ZIP archives of XML parts that Office Open XML (ECMA-376) and
// OpenDocument (ISO/IEC 26300) are.
//
// The invariant that a newcomer must know: all bytes come through an archive, which
// counts what is unpacked and how many tokens are read of it, and every walk over XML is
// a loop over tokens. No part is ever read without a bound, and nothing that a document
// refers to outside itself is ever opened. Elements are known by their local names,
// since prefixes and namespaces differ between writers and editions of the standards.
package office
