#!/bin/sh
export MATHMUSEUMS_DATA_DIR={{.Data}}
exec {{.Program}}
