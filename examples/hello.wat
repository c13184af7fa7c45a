;; The smallest WASI program that prints a line:
;;
;;     ./dev run examples/hello.wat
;;
;; A program is a module that exports its memory and a function `_start`. It reaches the system only
;; by calls of imported functions; WASI defines a set of them.

(module
  ;; fd_write(descriptor, buffers, number of buffers, address for the number of bytes written)
  ;; returns an error number.
  (import "wasi_snapshot_preview1" "fd_write"
    (func $fd_write (param i32 i32 i32 i32) (result i32)))

  ;; One page of 64 KiB. The addresses in WASI calls refer to this memory.
  (memory (export "memory") 1)

  ;; At address 8 a list of one buffer: its address and its size, four bytes each, in little-endian
  ;; order. At address 16 the contents of the buffer.
  (data (i32.const 8) "\10\00\00\00" "\0d\00\00\00")
  (data (i32.const 16) "Hello, world\n")

  (func $_start (export "_start")
    (call $fd_write
      (i32.const 1)    ;; standard output
      (i32.const 8)    ;; the list of buffers
      (i32.const 1)    ;; its length
      (i32.const 0))   ;; the number of bytes written is stored at address 0
    drop))             ;; the error number is not used
