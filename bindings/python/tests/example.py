"""example.py MODULE: what test_wheel.py runs with an installed package."""

import sys

import wasm2obj

instance = wasm2obj.Instance(wasm2obj.Module.open(sys.argv[1]))
print(instance.exports.add(40, 2))
try:
    instance.exports.trap()
except wasm2obj.Trap as trap:
    print(trap)
