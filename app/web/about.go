package web

// Answers to OPTIONS, word for word those of the earlier app. Its list of concept types lacks polynomial, which came
// later.
const (
	aboutMedia = `"renders": ["application/json", "text/html"],
		"parses": ["application/json", "application/x-www-form-urlencoded", "multipart/form-data"]`

	aboutRequestCode   = `{"name": "Request Otp", "description": "API view for requesting an OTP code.", ` + aboutMedia + `}`
	aboutVerifyCode    = `{"name": "Verify Otp", "description": "API view for verifying an OTP code.", ` + aboutMedia + `}`
	aboutPassword      = `{"name": "Password", "description": "Signs a superuser in with a password.", ` + aboutMedia + `}`
	aboutLogout        = `{"name": "Logout", "description": "API view for logging out.", ` + aboutMedia + `}`
	aboutProfile       = `{"name": "User Profile", "description": "API view for getting the current user's profile.", ` + aboutMedia + `}`
	aboutRoot          = `{"name": "Api Root", "description": "The default basic root view for DefaultRouter", ` + aboutMedia + `}`
	aboutVersions      = `{"name": "Version List", "description": "Versions that a tile had.", ` + aboutMedia + `}`
	aboutDeviceSync    = `{"name": "Device Sync", "description": "What a device changed, and what others changed.", ` + aboutMedia + `}`
	aboutEvents        = `{"name": "Events", "description": "Tells, as server-sent events, that the museum was changed.", ` + aboutMedia + `}`
	aboutImages        = `{"name": "Image List", "description": "Takes in a photo.", ` + aboutMedia + `}`
	aboutImage         = `{"name": "Image Instance", "description": "A photo.", ` + aboutMedia + `}`
	aboutImageParts    = `{"name": "Image Parts", "description": "Takes in a photo in parts.", ` + aboutMedia + `}`
	aboutImagesMissing = `{"name": "Missing Images", "description": "Names the photos that are not there.", ` + aboutMedia + `}`
	aboutMuseum        = `{"name": "Museum", "description": "All that is a user's, as a zip file.", ` + aboutMedia + `}`
	aboutDeletionCode  = `{"name": "Deletion Code", "description": "Mails a code with which the account can be deleted.", ` + aboutMedia + `}`
	aboutDeletion      = `{"name": "Deletion", "description": "Deletes the account, with a code.", ` + aboutMedia + `}`
	aboutOwnSessions   = `{"name": "Own Session List", "description": "Where the user is signed in; DELETE signs out everywhere else.", ` + aboutMedia + `}`
	aboutOwnSession    = `{"name": "Own Session", "description": "DELETE signs the user out in one browser.", ` + aboutMedia + `}`
	aboutSessions      = `{"name": "Session List", "description": "Ends all sessions of a user.", ` + aboutMedia + `}`
	aboutTasks         = `{"name": "Task List", "description": "Addresses at which tasks are done that are due by the clock.", ` + aboutMedia + `}`

	aboutTileForm = `{
		"id":            {"type": "integer", "required": false, "read_only": true, "label": "ID"},
		"concept_type":  {"type": "choice", "required": true, "read_only": false, "label": "Concept type", "choices": [
			{"value": "linear", "display_name": "Linear"},
			{"value": "quadratic", "display_name": "Quadratic"},
			{"value": "cubic", "display_name": "Cubic"},
			{"value": "square_root", "display_name": "Square Root"},
			{"value": "cube_root", "display_name": "Cube Root"},
			{"value": "absolute_value", "display_name": "Absolute Value"},
			{"value": "rational", "display_name": "Rational/Inverse"},
			{"value": "exponential", "display_name": "Exponential"},
			{"value": "logarithmic", "display_name": "Logarithmic"},
			{"value": "trigonometric", "display_name": "Trigonometric"},
			{"value": "piecewise", "display_name": "Piecewise"}]},
		"position_x":    {"type": "integer", "required": false, "read_only": false, "label": "Position x", "min_value": -2147483648, "max_value": 2147483647},
		"position_y":    {"type": "integer", "required": false, "read_only": false, "label": "Position y", "min_value": -2147483648, "max_value": 2147483647},
		"width":         {"type": "integer", "required": false, "read_only": false, "label": "Width", "min_value": -2147483648, "max_value": 2147483647},
		"height":        {"type": "integer", "required": false, "read_only": false, "label": "Height", "min_value": -2147483648, "max_value": 2147483647},
		"desmos_state":  {"type": "field", "required": false, "read_only": false, "label": "Desmos state"},
		"description":   {"type": "string", "required": false, "read_only": false, "label": "Description"},
		"completed":     {"type": "boolean", "required": false, "read_only": false, "label": "Completed"},
		"created_at":    {"type": "datetime", "required": false, "read_only": true, "label": "Created at"},
		"updated_at":    {"type": "datetime", "required": false, "read_only": true, "label": "Updated at"},
		"last_synced":   {"type": "datetime", "required": false, "read_only": false, "label": "Last synced"}}`

	aboutTiles = `{"name": "Concept Tile List", "description": "ViewSet for ConceptTile model.", ` + aboutMedia + `, "actions": {"POST": ` + aboutTileForm + `}}`
	aboutTile  = `{"name": "Concept Tile Instance", "description": "ViewSet for ConceptTile model.", ` + aboutMedia + `, "actions": {"PUT": ` + aboutTileForm + `}}`
	aboutSync  = `{"name": "Sync", "description": "Sync multiple concept tiles at once.", ` + aboutMedia + `, "actions": {"POST": ` + aboutTileForm + `}}`

	aboutPreferenceForm = `{
		"id":                 {"type": "integer", "required": false, "read_only": true, "label": "ID"},
		"disable_onboarding": {"type": "boolean", "required": false, "read_only": false, "label": "Disable onboarding"},
		"image_skill":        {"type": "boolean", "required": false, "read_only": false, "label": "Image skill"},
		"theme_preference":   {"type": "string", "required": false, "read_only": false, "label": "Theme preference", "max_length": 20},
		"created_at":         {"type": "datetime", "required": false, "read_only": true, "label": "Created at"},
		"updated_at":         {"type": "datetime", "required": false, "read_only": true, "label": "Updated at"}}`

	aboutPreferences = `{"name": "User Preference List", "description": "ViewSet for UserPreference model.", ` + aboutMedia + `, "actions": {"POST": ` + aboutPreferenceForm + `}}`
	aboutPreference  = `{"name": "User Preference Instance", "description": "ViewSet for UserPreference model.", ` + aboutMedia + `, "actions": {"PUT": ` + aboutPreferenceForm + `}}`
	aboutCurrent     = `{"name": "Current", "description": "Get the current user's preferences.", ` + aboutMedia + `}`
)
