;; Catches exceptions of another module, or of the program.
(module $catching
  (import "standard" "tag" (tag $tag (param i32 externref)))
  (import "any" "throw" (func $throw (param i32 externref)))
  (export "tag" (tag $tag))
  ;; Returns what the exception has.
  (func (export "catch") (param i32 externref) (result i32 externref)
    (block $caught (result i32 externref)
      (try_table (catch $tag $caught) (call $throw (local.get 0) (local.get 1)))
      unreachable))
  (func (export "pass") (param i32 externref) (call $throw (local.get 0) (local.get 1))))
