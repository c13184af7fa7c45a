;; Symbols are the wasm names behind a prefix of their own, so that a guest's "memcpy" is not C's;
;; they are unique, and a function without a name has its index.
;;
;; RUN: %wasm2obj %s -o %t.so
;; RUN: llvm-nm %t.so | FileCheck %s

(module
  (func $memcpy (export "memcpy") (param i32) (result i32) (local.get 0))
  (func (export "two words"))
  (func (param i32))
  (func $main (export "_start") (drop (call $memcpy (i32.const 1))) (call 1) (call 2 (i32.const 0))))

;; CHECK-DAG: wasm.memcpy{{$}}
;; CHECK-DAG: wasm.two words{{$}}
;; CHECK-DAG: wasm.main{{$}}
;; CHECK-DAG: wasm.func[2]{{$}}
