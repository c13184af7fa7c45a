;; Objects that survive collections: in locals, globals, tables, operands, arrays, other objects, and
;; as bases of addresses that the loop computes once.
;;
;; RUN: %wast -O0 --gc-stress %s
;; RUN: %wast -O2 --gc-stress %s
;; RUN: %wast -O3 --gc-stress --verify-ir %s
;; RUN: %wast -O2 %s

(module
  (type $node (struct (field $value (mut i64)) (field $next (mut (ref null $node)))))
  (type $numbers (array (mut i64)))
  (type $nodes (array (mut (ref null $node))))
  (type $mixed (struct (field i8) (field (mut f64)) (field i16) (field v128) (field (mut anyref))))
  (global $kept (mut (ref null $node)) (ref.null $node))
  (table $table 4 (ref null $node))

  (func $list (export "list") (param $n i64) (result i64)
    (local $head (ref null $node)) (local $sum i64)
    (loop $l
      (local.set $head (struct.new $node (local.get $n) (local.get $head)))
      (br_if $l (i64.ne (local.tee $n (i64.sub (local.get $n) (i64.const 1))) (i64.const 0))))
    (global.set $kept (local.get $head))
    (block $end
      (loop $l
        (br_if $end (ref.is_null (local.get $head)))
        (local.set $sum (i64.add (local.get $sum) (struct.get $node $value (local.get $head))))
        (local.set $head (struct.get $node $next (local.get $head)))
        (br $l)))
    (local.get $sum))

  ;; The array is only referred to by an address in the middle of it.
  (func (export "interior") (param $n i32) (param $k i32) (result i64)
    (local $a (ref $numbers)) (local $i i32) (local $sum i64)
    (local.set $a (array.new $numbers (i64.const 3) (local.get $n)))
    (loop $l
      (local.set $sum (i64.add (local.get $sum)
        (array.get $numbers (local.get $a) (i32.sub (i32.add (local.get $i) (local.get $k)) (i32.const 1)))))
      (global.set $kept (struct.new $node (local.get $sum) (ref.null $node)))
      (br_if $l (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1)))
                          (i32.sub (local.get $n) (local.get $k)))))
    (local.get $sum))

  ;; An old array refers to young objects only.
  (func (export "oldToYoung") (param $n i32) (result i64)
    (local $a (ref $nodes)) (local $i i32) (local $sum i64)
    (local.set $a (array.new_default $nodes (local.get $n)))
    (loop $l
      (array.set $nodes (local.get $a) (local.get $i)
        (struct.new $node (i64.extend_i32_u (local.get $i)) (ref.null $node)))
      (drop (call $list (i64.const 3)))
      (br_if $l (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n))))
    (local.set $i (i32.const 0))
    (loop $l
      (local.set $sum (i64.add (local.get $sum)
        (struct.get $node $value (array.get $nodes (local.get $a) (local.get $i)))))
      (br_if $l (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n))))
    (local.get $sum))

  (func $inTable (export "inTable") (result i64)
    (table.set $table (i32.const 2) (struct.new $node (i64.const 17) (ref.null $node)))
    (drop (call $list (i64.const 10)))
    (struct.get $node $value (table.get $table (i32.const 2))))

  ;; The first operand is an object when the others are made.
  (func (export "operands") (result i64)
    (struct.get $node $value
      (struct.get $node $next
        (struct.new $node (call $list (i64.const 5))
          (struct.new $node (call $list (i64.const 7)) (struct.new $node (i64.const 1) (ref.null $node)))))))

  (func (export "packed") (result i32)
    (local $m (ref $mixed))
    (local.set $m (struct.new $mixed (i32.const 0x1ff) (f64.const 1.5) (i32.const -2)
                                     (v128.const i32x4 1 2 3 4) (ref.i31 (i32.const -5))))
    (drop (call $list (i64.const 3)))
    (i32.add
      (i32.add (struct.get_s $mixed 0 (local.get $m)) (struct.get_u $mixed 2 (local.get $m)))
      (i32.add (i32x4.extract_lane 3 (struct.get $mixed 3 (local.get $m)))
               (i31.get_s (ref.cast (ref i31) (struct.get $mixed 4 (local.get $m)))))))

  (global $array (mut (ref null $numbers)) (ref.null $numbers))
  (func (export "tooLarge") (param i32)
    (global.set $array (array.new_default $numbers (local.get 0)))))

(assert_return (invoke "list" (i64.const 100)) (i64.const 5050))
(assert_return (invoke "interior" (i32.const 60) (i32.const 8)) (i64.const 156))
(assert_return (invoke "oldToYoung" (i32.const 50)) (i64.const 1225))
(assert_return (invoke "inTable") (i64.const 17))
(assert_return (invoke "operands") (i64.const 28))
;; -1 + 0xfffe + 4 - 5
(assert_return (invoke "packed") (i32.const 65532))
(assert_trap (invoke "tooLarge" (i32.const -1)) "allocation failure")
(assert_return (invoke "list" (i64.const 10)) (i64.const 55))
