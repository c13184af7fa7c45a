;; A program for inspect_linked.test.
(module $guest
  (import "wasi_snapshot_preview1" "sched_yield" (func $sched_yield (result i32)))
  (memory 1 2)
  (data (i32.const 0) "contents")
  (table 3 funcref)
  (elem (i32.const 0) $start)
  (func $start (export "_start") (drop (call $sched_yield)))
  (func $unused (call $start)))
