package kb

import "context"

// tellUnread tells who uploaded a file that it could not be read; equal bytes may be
// those of several.
func (t *Teller) tellUnread(ctx context.Context, r Record) error {
	e, err := decodeLive(r)
	x, ok := e.(*Extraction)
	if err != nil || !ok {
		return err
	}
	req := SearchRequest{Kinds: []Kind{KindFile}, Filter: Filter{States: []string{StateBytes(x.SHA256)}}, Sort: SortOldest, First: MaxPage}
	told := map[ID]*Notification{}
	err = eachPage(ctx, t.Search, req, func(hits []Hit) error {
		for _, hit := range hits {
			file, ok := hit.Entity.(*File)
			if !ok || told[file.CreatedBy] != nil {
				continue
			}
			to, err := t.accounts(ctx, []ID{file.CreatedBy})
			if err != nil {
				return err
			}
			for _, account := range to {
				n := t.notification(r, account)
				n.Record, n.Title = file.Record, cutText(file.Name, MaxLine)
				told[account.ID] = n
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	list := make([]*Notification, 0, len(told))
	for _, n := range told {
		list = append(list, n)
	}
	return t.write(ctx, list)
}
