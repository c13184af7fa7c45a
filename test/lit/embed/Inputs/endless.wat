;; Functions that do not end, each in another state of the guest.
(module
  (type $node (struct (field (mut (ref null $node))) (field i32)))
  (type $array (array (mut (ref null $node))))
  (import "wasi_snapshot_preview1" "poll_oneoff"
    (func $poll (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "clock_time_get"
    (func $clock (param i32 i64 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
  (tag $t (param i32))
  (memory (export "memory") 2 20000)
  (memory $shared 1 1 shared)
  (table $functions 10 1000000 funcref)
  (elem (i32.const 0) $quick)
  (global $list (mut (ref null $node)) (ref.null $node))
  ;; A buffer of 8 bytes, and a subscription to a clock, of 1000 s.
  (data (i32.const 40) "\00\01\00\00\08\00\00\00")
  (data (i32.const 88) "\01\00\00\00\00\00\00\00\00\10\a5\d4\e8\00\00\00")

  (func $quick (export "quick") (result i32) (i32.const 42))
  (func (export "loop") (loop $l (br $l)))
  (func $fibonacci (param i32) (result i32)
    (if (result i32) (i32.lt_u (local.get 0) (i32.const 2))
      (then (local.get 0))
      (else
        (i32.add
          (call $fibonacci (i32.sub (local.get 0) (i32.const 1)))
          (call $fibonacci (i32.sub (local.get 0) (i32.const 2)))))))
  (func (export "recurse") (drop (call $fibonacci (i32.const 90))))
  (func (export "indirect")
    (loop $l
      (drop (call_indirect (result i32) (i32.const 0)))
      (br $l)))
  (func (export "store")
    (local $i i32)
    (loop $l
      (i64.store (i32.and (local.get $i) (i32.const 0xfff8)) (i64.const -1))
      (local.set $i (i32.add (local.get $i) (i32.const 8)))
      (br $l)))
  (func (export "fill")
    (drop (memory.grow (i32.const 1000)))
    (loop $l
      (memory.fill (i32.const 65536) (i32.const 1) (i32.const 65536000))
      (memory.copy (i32.const 65537) (i32.const 65536) (i32.const 65530000))
      (br $l)))
  (func (export "grow")
    (loop $l
      (drop (memory.grow (i32.const 1)))
      (drop (table.grow $functions (ref.func $quick) (i32.const 1)))
      (br $l)))
  (func (export "allocate")
    (loop $l
      (drop (struct.new $node (ref.null $node) (i32.const 1)))
      (br $l)))
  ;; A list that grows to 100,000 nodes, is dropped, and grows again, with references from old
  ;; objects to young ones.
  (func (export "list")
    (local $i i32)
    (local $array (ref null $array))
    (local.set $array (array.new_default $array (i32.const 1000)))
    (loop $l
      (global.set $list (struct.new $node (global.get $list) (local.get $i)))
      (array.set $array (local.get $array) (i32.rem_u (local.get $i) (i32.const 1000))
        (global.get $list))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (if (i32.eqz (i32.rem_u (local.get $i) (i32.const 100000)))
        (then (global.set $list (ref.null $node))))
      (br $l)))
  (func (export "node") (result anyref) (struct.new $node (ref.null $node) (i32.const 7)))
  (func $thrower (param i32) (throw $t (local.get 0)))
  (func (export "throw")
    (loop $l
      (drop
        (block $caught (result i32)
          (try_table (catch $t $caught) (call $thrower (i32.const 5)))
          (i32.const 0)))
      (br $l)))
  (func (export "calls")
    (loop $l
      (drop (call $clock (i32.const 1) (i64.const 0) (i32.const 0)))
      (br $l)))
  (func (export "sleep")
    (loop $l
      (drop (call $poll (i32.const 72) (i32.const 120) (i32.const 1) (i32.const 24)))
      (br $l)))
  (func (export "read")
    (loop $l
      (drop (call $read (i32.const 0) (i32.const 40) (i32.const 1) (i32.const 24)))
      (br $l)))
  (func (export "objects")
    (local $array (ref null $array))
    (local.set $array (array.new_default $array (i32.const 1000000)))
    (loop $l
      (array.fill $array (local.get $array) (i32.const 0)
        (struct.new $node (ref.null $node) (i32.const 1)) (i32.const 1000000))
      (array.copy $array $array (local.get $array) (i32.const 1) (local.get $array) (i32.const 0)
        (i32.const 999999))
      (br $l)))
  (func (export "wait")
    (loop $l
      (drop (memory.atomic.wait32 $shared (i32.const 0) (i32.const 0) (i64.const -1)))
      (br $l)))
  (func (export "waits")
    (loop $l
      (drop (memory.atomic.wait64 $shared (i32.const 8) (i64.const 0) (i64.const 20000)))
      (drop (memory.atomic.notify $shared (i32.const 8) (i32.const 1)))
      (br $l)))
  (func (export "trap") (unreachable))
  ;; Traps, with backtraces of several lengths.
  (func $deep (param i32)
    (if (i32.eqz (local.get 0)) (then (unreachable)))
    (call $deep (i32.sub (local.get 0) (i32.const 1)))
    (i32.store (i32.const 0) (local.get 0)))
  (func (export "trap_deep") (call $deep (i32.const 100)))
  (func (export "fault") (drop (i32.load (i32.const -16))))
  (func $endless (export "exhaust") (call $endless) (i32.store (i32.const 0) (i32.const 1))))
