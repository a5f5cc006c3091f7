// Package transfer exports museums to files and imports them, for moving, archiving and viewing.
//
// # The export
//
// The format "json" is JSON Lines in UTF-8: one object per line, each with a "kind". It contains everything that people
// made, but nothing that belongs to one installation or is secret: passwords, sessions, sign-in codes, counters and the
// audit log, which are in backups. The same museum always produces the same bytes, and so does a museum that was imported
// from them. The lines are, in this order:
//
//	{"kind":"math-museums","format":1}   the first line. A higher format means that the meaning of something has changed
//	{"kind":"photo", ...}                "sha256" identifies the photo; "media_type"; "bytes" in base64. Sorted by hash
//	{"kind":"user", ...}                 sorted by "id". "email" as its owner writes it; "photos" are the hashes of the user's
//	                                     photos. The user's lines follow:
//	{"kind":"preferences", ...}          at most one. "user" is the e-mail address in lower case, here and below
//	{"kind":"tile", ...}                 sorted by "id", including deleted ones ("deleted"). The fields are those of the API.
//	                                     "description_version", "state_version" and "item_versions" are the versions that
//	                                     last changed the notes, the graph, and each item of it. The tile's lines follow:
//	{"kind":"version", ...}              sorted by "version". If the version equals the current tile, all fields that
//	                                     describe the tile are omitted
//	{"kind":"end"}                       the last line; without it the file was truncated
//
// Times are UTC, as in the API. Graphs refer to a photo as api/images/ and its hash.
//
// # The archive
//
// The format "zip" has README.txt, which describes the files, and a folder for each person, named after the address; see
// fileName. A student's own download has the same files without the folder. They are, in this order:
//
//	museum.json   everything but the bytes of photos, in UTF-8: one object with, in this order,
//	              "format"       2. A higher format means that the meaning of something has changed
//	              "made_at"      time of the export
//	              "account"      "id", "email", "display_name", "is_active", "date_joined", "last_login" (null if never). Roles
//	                             are not included, because students can edit such files
//	              "preferences"  as in the export, or null
//	              "photos"       a list with "sha256", "file" (the name within the folder), and the API's fields of a photo
//	              "tiles"        a list of tiles as in the export, each with its "versions" as the last key
//	notes/        a text file for each current tile with notes. The import ignores them
//	photos/       the photos
//
// Changes made during the export may or may not be included.
package transfer

// exportFormat is the version of the export. It is incremented when older readers would misread a file.
const exportFormat = 1

// Kinds of lines.
const (
	kindHeader      = "math-museums"
	kindPhoto       = "photo"
	kindUser        = "user"
	kindPreferences = "preferences"
	kindTile        = "tile"
	kindVersion     = "version"
	kindEnd         = "end"
)
