;; What test/embed/run_shared.c uses of a module.
(module $shared
  (type $list (struct (field i32) (field (ref null $list))))
  (type $bytes (array (mut i8)))
  (import "host" "next" (func $next (param i32) (result i32)))
  (memory 1)
  (tag $tag (param i32))

  ;; Adds up 1 to a number. The host counts, and traps if the number is negative.
  (func (export "sum") (param $last i32) (result i32)
    (local $sum i32) (local $i i32)
    (if (i32.lt_s (local.get $last) (i32.const 0))
      (then (return (call $next (local.get $last)))))
    (loop $again
      (local.set $i (call $next (local.get $i)))
      (local.set $sum (i32.add (local.get $sum) (local.get $i)))
      (br_if $again (i32.lt_s (local.get $i) (local.get $last))))
    (local.get $sum))
  (func (export "divide") (param i32) (result i32) (i32.div_s (i32.const 100) (local.get 0)))
  (func (export "read") (param i32) (result i32) (i32.load (local.get 0)))
  (func $recurse (export "recurse") (param i32) (result i32)
    (if (result i32) (i32.eqz (local.get 0))
      (then (i32.const 0))
      (else (call $next (call $recurse (i32.sub (local.get 0) (i32.const 1)))))))
  (func $throw (export "throw") (param i32) (result i32) (throw $tag (local.get 0)))
  (func (export "catch") (param i32) (result i32)
    (block $caught (result i32)
      (try_table (catch $tag $caught) (drop (call $throw (local.get 0))))
      unreachable))
  ;; Counts the elements of a list.
  (func (export "objects") (param i32) (result i32)
    (local $list (ref null $list)) (local $count i32)
    (loop $more
      (local.set $list (struct.new $list (local.get 0) (local.get $list)))
      (drop (array.new $bytes (i32.const 0) (i32.const 1000)))
      (br_if $more (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
    (loop $next
      (local.set $count (i32.add (local.get $count) (i32.const 1)))
      (br_if $next (i32.eqz (ref.is_null
        (local.tee $list (struct.get $list 1 (local.get $list)))))))
    (local.get $count)))
