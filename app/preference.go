package app

import "time"

// Preference holds a user's settings of the museum.
type Preference struct {
	ID                int64
	DisableOnboarding bool
	ImageSkill        bool   // kept for older clients
	ThemePreference   string // 1 to 20 characters: light, dark, or a client's own theme
	MuseumName        string // up to 100 characters; "" if not set
	ScreenFit         bool   // fit the whole poster on one screen
	Version           int64  // incremented by each change
	Revision          int64  // the user's revision at the last change
	CreatedAt         time.Time
	UpdatedAt         time.Time
}

// NewPreference returns the defaults of a new user.
func NewPreference() Preference { return Preference{ThemePreference: "light", ScreenFit: true} }

// PreferenceChange holds the fields to change; nil leaves a field unchanged.
type PreferenceChange struct {
	DisableOnboarding *bool
	ImageSkill        *bool
	ThemePreference   *string
	MuseumName        *string
	ScreenFit         *bool
}

// ReadPreferenceChange reads the fields from a document. Its error is a FieldErrors.
func ReadPreferenceChange(document Value) (PreferenceChange, error) {
	fields, err := ReadFields(document)
	if err != nil {
		return PreferenceChange{}, err
	}
	change := PreferenceChange{
		DisableOnboarding: fields.Boolean("disable_onboarding"),
		ImageSkill:        fields.Boolean("image_skill"),
		ThemePreference:   fields.Text("theme_preference", 20, false),
		MuseumName:        fields.Text("museum_name", 100, true),
		ScreenFit:         fields.Boolean("screen_fit"),
	}
	return change, fields.Err()
}

// Apply sets the fields and reports whether any of them changed.
func (c PreferenceChange) Apply(preference *Preference) (changed bool) {
	changed = assign(&preference.DisableOnboarding, c.DisableOnboarding)
	changed = assign(&preference.ImageSkill, c.ImageSkill) || changed
	changed = assign(&preference.ThemePreference, c.ThemePreference) || changed
	changed = assign(&preference.MuseumName, c.MuseumName) || changed
	return assign(&preference.ScreenFit, c.ScreenFit) || changed
}

// PreferenceDocument holds preferences in API responses.
type PreferenceDocument struct {
	ID                int64  `json:"id"`
	DisableOnboarding bool   `json:"disable_onboarding"`
	ImageSkill        bool   `json:"image_skill"`
	ThemePreference   string `json:"theme_preference"`
	MuseumName        string `json:"museum_name"`
	ScreenFit         bool   `json:"screen_fit"`
	Version           int64  `json:"version"`
	CreatedAt         string `json:"created_at"`
	UpdatedAt         string `json:"updated_at"`
}

// Document returns the preferences as in API responses.
func (p Preference) Document() PreferenceDocument {
	return PreferenceDocument{p.ID, p.DisableOnboarding, p.ImageSkill, p.ThemePreference, p.MuseumName, p.ScreenFit,
		p.Version,
		FormatTimestamp(p.CreatedAt), FormatTimestamp(p.UpdatedAt)}
}
