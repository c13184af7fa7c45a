#!/bin/sh
# Called as: wasm2obj -o OUTPUT ... -- MODULE
echo nonsense >"$2"
