;; How many files a guest may have open is limited; beyond that opening fails with mfile, 33. The exit
;; status is how many could be opened.
;;
;; RUN: %wasm2obj %s -o %t.so && rm -rf %t && mkdir %t && touch %t/a
;; RUN: %python %helpers/status.py 6 %wasmrun --max-files 10 --dir %t::/ %t.so
;; RUN: %python %helpers/status.py 252 %wasmrun --dir %t::/ %t.so
;; RUN: %python %helpers/status.py 2 %wasmrun --max-files 3 --dir %t::/ %t.so 2>&1 | FileCheck %s
;; CHECK: wasmrun: error: the guest is given more than the 3 descriptors that it may have open

(module
  (import "wasi_snapshot_preview1" "path_open"
    (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "a")
  (func (export "_start") (local $opened i32) (local $error i32)
    (loop $more
      (local.set $error
        (call $open (i32.const 3) (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 0)
          (i64.const 2) (i64.const 0) (i32.const 0) (i32.const 16)))
      (if (i32.eqz (local.get $error))
        (then
          (local.set $opened (i32.add (local.get $opened) (i32.const 1)))
          (br $more))))
    (if (i32.ne (local.get $error) (i32.const 33)) (then unreachable))
    ;; Of an exit status eight bits are left.
    (call $exit (i32.and (local.get $opened) (i32.const 255)))))
