;; Exports something of each kind, which consumer.wat imports.
(module $provider
  (memory (export "memory") 1 4)
  (table (export "table") 2 4 externref)
  (table (export "functions") 1 4 funcref)
  (global $counter (export "counter") (mut i32) (i32.const 0))
  (tag $tag (export "tag") (param i32))
  (func (export "count") (result i32)
    (global.set $counter (i32.add (global.get $counter) (i32.const 1)))
    (global.get $counter))
  (func (export "throw") (param i32) (throw $tag (local.get 0)))
  (func (export "trap") (unreachable))
  (func (export "spin") (loop $again (br $again))))
