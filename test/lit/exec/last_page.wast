;; Only a memory that has 65,536 pages at its start has so many; code that was compiled for fewer cannot
;; import it.
;;
;; REQUIRES: x86_64
;; RUN: %wast -O2 %s

(module
  (memory 1)
  (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0))))
(assert_return (invoke "grow" (i32.const 65535)) (i32.const -1))
(assert_return (invoke "grow" (i32.const 65534)) (i32.const 1))
(assert_return (invoke "grow" (i32.const 1)) (i32.const -1))

(module $all (memory (export "m") 65536))
(register "all" $all)
(assert_unlinkable
  (module (import "all" "m" (memory 1)))
  "import all.m has 65536 pages, and the module is compiled for 65535 at most: recompile it with --disable-pass=iv-widening")
(module
  (import "all" "m" (memory 65536))
  (func (export "last") (result i32)
    (i32.store8 (i32.const -1) (i32.const 7))
    (i32.load8_u (i32.const -1))))
(assert_return (invoke "last") (i32.const 7))
