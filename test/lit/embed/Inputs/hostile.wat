;; A plugin whose functions fail in all ways, and one that keeps count.
(module
  (type $node (struct (field (ref null $node)) (field i64)))
  (import "host" "nest" (func $nest (param i32) (result i32)))
  (import "host" "throw" (func $throw_by_host))
  (tag $tag (export "tag") (param i32))
  (memory (export "memory") 1)
  (global $count (mut i32) (i32.const 0))
  (global $list (mut (ref null $node)) (ref.null $node))
  (table 1 funcref)

  ;; Adds one to the count, writes it to its place in the memory, and returns it.
  (func (export "count") (result i32)
    (global.set $count (i32.add (global.get $count) (i32.const 1)))
    (i32.store (i32.mul (i32.const 4) (i32.and (global.get $count) (i32.const 0xfff)))
      (global.get $count))
    (global.get $count))

  (func (export "unreachable") (result i32) (unreachable))
  (func (export "divide") (result i32) (i32.div_u (i32.const 1) (global.get $count)))
  (func (export "load") (result i32) (i32.load (i32.const -8)))
  (func (export "indirect") (result i32) (call_indirect (result i32) (i32.const 0)))
  (func $recurse (export "recurse") (result i32) (i32.add (call $recurse) (i32.const 1)))
  ;; Takes all memory that it may have, and writes to all of it. Returns the number of pages.
  (func (export "memory_full") (result i32)
    (loop $l (br_if $l (i32.ne (memory.grow (i32.const 1)) (i32.const -1))))
    (memory.fill (i32.const 0) (i32.const 0xff) (i32.mul (memory.size) (i32.const 65536)))
    (memory.size))
  (func (export "objects") (result i32)
    (loop $l
      (global.set $list (struct.new $node (global.get $list) (i64.const 1)))
      (br $l))
    (unreachable))
  (func (export "throw") (result i32) (throw $tag (i32.const 7)))
  (func (export "loop") (result i32) (loop $l (br $l)) (unreachable))
  (func (export "allocate") (result i32)
    (loop $l
      (drop (struct.new $node (ref.null $node) (i64.const 1)))
      (br $l))
    (unreachable))
  ;; Calls of the host, which calls another instance and traps, or throws.
  (func (export "nest") (result i32) (call $nest (i32.const 5)))
  (func (export "catch") (result i32)
    (block $caught (result i32)
      (try_table (catch $tag $caught) (call $throw_by_host))
      (i32.const 0))))
