;; Imports a function of objects.wat.
(module
  (import "objects" "call-later" (func $later (param externref) (result (ref extern))))
  (func (export "go") (param externref) (result externref) (call $later (local.get 0))))
