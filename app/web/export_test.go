package web

// RoutePaths gives the paths of the table of contents.
func RoutePaths() (paths []string) {
	for _, route := range new(Server).routes() {
		paths = append(paths, route.path)
	}
	return paths
}
