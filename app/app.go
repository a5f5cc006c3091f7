// Package app holds the museum's types, rules and errors. It is pure: it keeps no state, reads no clock and accesses
// neither disk nor network. It imports only the standard library and tables of Unicode.
package app
