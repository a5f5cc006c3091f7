package web

import (
	"net/http"

	"github.com/mathmuseums/mathmuseums/app"
)

func writePreference(w http.ResponseWriter, status int, preference app.Preference, err error) error {
	if err != nil {
		return err
	}
	return writeValue(w, status, preference.Document())
}

func (s *Server) listPreferences(w http.ResponseWriter, r *http.Request, user *app.User) error {
	list := []app.PreferenceDocument{}
	preference, err := s.Store.FindPreference(r.Context(), user.ID)
	if err == nil {
		list = append(list, preference.Document())
	} else if app.KindOf(err) != app.KindNotFound {
		return err
	}
	return writeValue(w, http.StatusOK, list)
}

func (s *Server) createPreference(w http.ResponseWriter, r *http.Request, user *app.User) error {
	change, err := readPreferenceChange(r)
	if err != nil {
		return err
	}
	preference, err := s.Store.CreatePreference(r.Context(), user.ID, change)
	return writePreference(w, http.StatusCreated, preference, err)
}

// getCurrentPreference returns the user's preferences, creating them if there are none.
func (s *Server) getCurrentPreference(w http.ResponseWriter, r *http.Request, user *app.User) error {
	preference, err := s.Store.FindOrCreatePreference(r.Context(), user.ID)
	return writePreference(w, http.StatusOK, preference, err)
}

func (s *Server) getPreference(w http.ResponseWriter, r *http.Request, user *app.User) error {
	preference, err := s.findPreference(r, user)
	return writePreference(w, http.StatusOK, preference, err)
}

// findPreference returns the preferences whose id is in the path.
func (s *Server) findPreference(r *http.Request, user *app.User) (app.Preference, error) {
	id, err := pathID(r)
	if err != nil {
		return app.Preference{}, err
	}
	preference, err := s.Store.FindPreference(r.Context(), user.ID)
	if err == nil && preference.ID != id {
		err = app.Errorf(app.KindNotFound, "No UserPreference matches the given query.")
	}
	return preference, err
}

// updatePreference handles PATCH and PUT, which are the same: no field is required.
func (s *Server) updatePreference(w http.ResponseWriter, r *http.Request, user *app.User) error {
	preference, err := s.findPreference(r, user)
	if err != nil {
		return err // before the fields are checked
	}
	change, err := readPreferenceChange(r)
	if err != nil {
		return err
	}
	preference, err = s.Store.UpdatePreference(r.Context(), user.ID, preference.ID, change)
	return writePreference(w, http.StatusOK, preference, err)
}

func (s *Server) deletePreference(w http.ResponseWriter, r *http.Request, user *app.User) error {
	preference, err := s.findPreference(r, user)
	if err != nil {
		return err
	}
	if err := s.Store.DeletePreference(r.Context(), user.ID, preference.ID); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

func readPreferenceChange(r *http.Request) (app.PreferenceChange, error) {
	body, err := readBody(r)
	if err != nil {
		return app.PreferenceChange{}, err
	}
	return app.ReadPreferenceChange(body.Value)
}
