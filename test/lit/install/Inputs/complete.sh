#!/bin/bash
# complete.sh FILE WORD...: prints what bash completes the last word to by the completion in FILE.
# The first word is the program.
source "$1"
shift
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
compopt() { :; }  # works only when a key has been pressed
"_$1"
printf '%s\n' "${COMPREPLY[@]}"
