// Package kb is the domain of Leerkring: the nouns of the knowledge base, the
// rules that hold for them, and the ports through which the rest serves them.
//
// The invariant that a newcomer must know: kb imports nothing of ours. Stores
// only store, the index only finds, resolvers and pages only translate; every
// rule about what a record may hold and who may read it stands here, once.
package kb
