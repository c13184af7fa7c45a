;; The smallest WASI program that says hello:
;;
;;     ./dev run examples/hello.wat
;;
;; A program is a module that exports its memory and a function `_start`. All it can do beyond
;; computing are calls of the functions that it imports; WASI is a set of them.

(module
  ;; fd_write(descriptor, buffers, how many of them, where to put the number of bytes written)
  ;; returns an error number.
  (import "wasi_snapshot_preview1" "fd_write"
    (func $fd_write (param i32 i32 i32 i32) (result i32)))

  ;; One page of 64 KiB. WASI calls find in it what they are given addresses of.
  (memory (export "memory") 1)

  ;; At address 8 a list of one buffer: its address and its size, four bytes each, the lowest
  ;; first. At address 16 what is in the buffer.
  (data (i32.const 8) "\10\00\00\00" "\0d\00\00\00")
  (data (i32.const 16) "Hello, world\n")

  (func $_start (export "_start")
    (call $fd_write
      (i32.const 1)    ;; standard output
      (i32.const 8)    ;; the list of buffers
      (i32.const 1)    ;; its length
      (i32.const 0))   ;; there is room for the result at address 0
    drop))             ;; the error number: there is nobody to tell
