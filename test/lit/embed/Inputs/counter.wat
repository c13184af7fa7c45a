;; Counts under a lock in a shared memory.
(module
  (import "env" "memory" (memory 1 3 shared))
  ;; Adds 1 to the word at 4, which is not atomic, as often as it is told, and returns how often it
  ;; did. The word at 0 is a lock: 0 is free, 1 taken, 2 taken with waiters.
  (func (export "count") (param $rounds i32) (result i32) (local $i i32)
    (loop $next
      (if (i32.atomic.rmw.cmpxchg (i32.const 0) (i32.const 0) (i32.const 1))
        (then
          (loop $again
            (if (i32.atomic.rmw.xchg (i32.const 0) (i32.const 2))
              (then
                (drop (memory.atomic.wait32 (i32.const 0) (i32.const 2) (i64.const -1)))
                (br $again))))))
      (i32.store (i32.const 4) (i32.add (i32.load (i32.const 4)) (i32.const 1)))
      (if (i32.eq (i32.atomic.rmw.xchg (i32.const 0) (i32.const 0)) (i32.const 2))
        (then (drop (memory.atomic.notify (i32.const 0) (i32.const 1)))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $i) (local.get $rounds))))
    (local.get $i))
  (func (export "wait") (param i32) (result i32)
    (memory.atomic.wait32 (local.get 0) (i32.const 0) (i64.const -1)))
  (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0))))
