package transfer

import "hash/maphash"

// accounts knows whose museums a file has brought so far, by hashes of the addresses: 100,000 take a few MB. Two museums of
// one person in a file of ours come of somebody's mistake, and which of them is right is not for us to say.
type accounts struct {
	seed maphash.Seed
	seen map[uint64]struct{}
}

func newAccounts() accounts { return accounts{maphash.MakeSeed(), map[uint64]struct{}{}} }

// add tells whether the account has come before.
func (a accounts) add(email string) (again bool) {
	key := maphash.String(a.seed, email)
	_, again = a.seen[key]
	a.seen[key] = struct{}{}
	return again
}
