// Package transfer writes museums into files, and reads them from files: for moving, for keeping, for looking at.
//
// # The export
//
// The format "json" is JSON Lines in UTF-8: one object a line, each with a "kind". It holds everything that people made.
// It does not hold what belongs to one installation or is a secret: passwords, sessions, sign-in codes, counters, the
// audit log; a backup has them. The same museum always gives the same bytes, and so does a museum that was imported from
// them. The lines are, in this order:
//
//	{"kind":"math-museums","format":1}   the first line. A higher format means that something has another meaning
//	{"kind":"photo", ...}                "sha256" names the photo, "media_type", "bytes" in base64. Ordered by name
//	{"kind":"user", ...}                 in the order of "id". "email" as its owner writes it; "photos" are the names of those
//	                                     that the user has. The user's lines follow:
//	{"kind":"preferences", ...}          at most one. "user" is the e-mail address in small letters, here and below
//	{"kind":"tile", ...}                 in the order of "id", also those that were taken down ("deleted"). The fields are those
//	                                     of the API. "description_version", "state_version" and "item_versions" say with
//	                                     which version the notes, the graph, and each item of it were last changed.
//	                                     The tile's lines follow:
//	{"kind":"version", ...}              in the order of "version". Fields that describe the tile are left out all
//	                                     together where the version is the tile as it is now
//	{"kind":"end"}                       the last line, without which the file was cut off
//
// Times are UTC, as in the API. A photo in a graph is named there as api/images/ and its sha256.
//
// # The archive
//
// The format "zip" has README.txt, which says what the files are, and a folder for each person, named by the address; see
// fileName. What somebody downloads has the same without the folder. In it are, in this order:
//
//	museum.json   everything but the bytes of photos, in UTF-8: one object with, in this order,
//	              "format"       2. A higher format means that something has another meaning
//	              "made_at"      when the file was written
//	              "account"      "id", "email", "display_name", "is_active", "date_joined", "last_login" (null: never). Rights
//	                             are not in it: students have such files in their hands
//	              "preferences"  as in the export, or null
//	              "photos"       a list with "sha256" and "file", the name below the folder, and what the API says of a photo
//	              "tiles"        a list of tiles as in the export, each with its "versions" as the last key
//	notes/        a text file for each tile that hangs and has notes. They are not read
//	photos/       the photos
//
// What is written into the museum meanwhile may be in an archive or not.
package transfer

// exportFormat is the version of the export. It grows by one where a reader of the older one would go wrong.
const exportFormat = 1

// kinds of lines.
const (
	kindHeader      = "math-museums"
	kindPhoto       = "photo"
	kindUser        = "user"
	kindPreferences = "preferences"
	kindTile        = "tile"
	kindVersion     = "version"
	kindEnd         = "end"
)
