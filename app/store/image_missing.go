package store

import (
	"context"
	"fmt"
	"strings"

	"github.com/mathmuseums/mathmuseums/app"
)

// MissingImages returns those of the given photos that a user does not have, in the order given. Another user's photo
// with the same bytes does not count.
func (s *Store) MissingImages(ctx context.Context, userID int64, hashes []app.ImageHash) ([]app.ImageHash, error) {
	if len(hashes) == 0 {
		return nil, nil
	}
	places, values := make([]string, len(hashes)), []any{userID}
	for i := range hashes {
		places[i] = fmt.Sprintf("$%d", i+2)
		values = append(values, hashes[i][:])
	}
	rows, err := s.reading().query(ctx, `select sha256 from image_owners join images on images.id = image_id
		where user_id = $1 and sha256 in (`+strings.Join(places, ", ")+`)`, values...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	there := map[app.ImageHash]bool{}
	for rows.Next() {
		var found app.ImageHash
		if err := rows.Scan(hash{&found}); err != nil {
			return nil, err
		}
		there[found] = true
	}
	var missing []app.ImageHash
	for _, each := range hashes {
		if !there[each] {
			missing = append(missing, each)
		}
	}
	return missing, rows.Err()
}
