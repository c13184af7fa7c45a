;; Divides by zero, two calls deep. wasmrun prints the trap and a backtrace.
;;
;;     ./dev run examples/trap.wat
;;
;; WebAssembly has no undefined behavior: a division by zero traps, which ends the program. The
;; backtrace has a line for each function, with its name and the offset of the instruction in the
;; binary module (`wasm2obj examples/trap.wat -o trap.wasm` writes that module).

(module
  (func $average (param $sum i32) (param $count i32) (result i32)
    (i32.div_u (local.get $sum) (local.get $count)))

  (func $report (param $count i32)
    (drop (call $average (i32.const 100) (local.get $count))))

  (func $_start (export "_start")
    (call $report (i32.const 0)))

  (memory (export "memory") 1))
