// Package app holds the museum's types, rules and errors. It is pure: it imports the standard library alone, keeps no
// state, reads no clock and touches neither disk nor network.
package app
