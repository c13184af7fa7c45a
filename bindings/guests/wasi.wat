;; What the tests of the bindings do with WASI. Functions that print write to standard output.
(module
  (import "wasi_snapshot_preview1" "args_sizes_get"
    (func $args_sizes (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "args_get" (func $args (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "environ_sizes_get"
    (func $environ_sizes (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "environ_get" (func $environ (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_prestat_dir_name"
    (func $prestat (param i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_create_directory"
    (func $mkdir (param i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 2)
  (data (i32.const 16) "made")
  ;; Writes bytes to a descriptor, and returns the errno.
  (func $put (export "put") (param $fd i32) (param $at i32) (param $size i32) (result i32)
    (i32.store (i32.const 0) (local.get $at))
    (i32.store (i32.const 4) (local.get $size))
    (call $write (local.get $fd) (i32.const 0) (i32.const 1) (i32.const 8)))
  ;; Reads at most 1000 bytes from standard input to 65536, and returns the number or the negated
  ;; errno.
  (func (export "get") (result i32) (local $errno i32)
    (i32.store (i32.const 0) (i32.const 65536))
    (i32.store (i32.const 4) (i32.const 1000))
    (local.set $errno (call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8)))
    (select (i32.load (i32.const 8)) (i32.sub (i32.const 0) (local.get $errno))
      (i32.eqz (local.get $errno))))
  ;; Print all arguments or variables, each with its NUL.
  (func (export "arguments") (result i32)
    (drop (call $args_sizes (i32.const 0) (i32.const 4)))
    (drop (call $args (i32.const 1024) (i32.const 4096)))
    (call $put (i32.const 1) (i32.const 4096) (i32.load (i32.const 4))))
  (func (export "variables") (result i32)
    (drop (call $environ_sizes (i32.const 0) (i32.const 4)))
    (drop (call $environ (i32.const 1024) (i32.const 4096)))
    (call $put (i32.const 1) (i32.const 4096) (i32.load (i32.const 4))))
  ;; Prints the first `size` bytes of the name of a directory.
  (func (export "directory") (param $fd i32) (param $size i32) (result i32)
    (drop (call $prestat (local.get $fd) (i32.const 4096) (local.get $size)))
    (call $put (i32.const 1) (i32.const 4096) (local.get $size)))
  ;; Makes the directory "made" in another one, and returns the errno.
  (func (export "make_directory") (param $fd i32) (result i32)
    (call $mkdir (local.get $fd) (i32.const 16) (i32.const 4)))
  (func (export "exit") (param i32) (call $exit (local.get 0)))
  (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
  (func (export "nothing")))
