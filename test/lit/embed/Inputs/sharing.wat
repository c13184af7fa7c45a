;; Uses the memory and a function of the module that is linked as "first".
(module
  (import "first" "memory" (memory 1 4))
  (import "first" "add" (func $add (param i32 i32) (result i32)))
  (func (export "addTo") (param i32 i32) (result i32)
    (i32.store (local.get 0) (call $add (i32.load (local.get 0)) (local.get 1)))
    (i32.load (local.get 0))))
