;; The program of the containers in the tests. Its first argument says what it does:
;;   show       prints the arguments and then the variables, each with a bar behind it
;;   exit       exits with 42
;;   trap       traps
;;   wait       prints a line, and waits for an hour
;;   read FILE  prints a file that is relative to the first directory, or exits with its errno
(module
  (import "wasi_snapshot_preview1" "args_get" (func $args_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "args_sizes_get" (func $args_sizes (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "environ_get" (func $env_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "environ_sizes_get" (func $env_sizes (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_read" (func $fd_read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_open"
    (func $path_open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "poll_oneoff" (func $poll (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 2)
  (data (i32.const 900) "waiting\n")
  ;; A subscription to the monotonic clock, of an hour.
  (data (i32.const 800)
    "\00\00\00\00\00\00\00\00" "\00\00\00\00\00\00\00\00" "\01\00\00\00\00\00\00\00"
    "\00\a0\b8\30\46\03\00\00" "\00\00\00\00\00\00\00\00" "\00\00\00\00\00\00\00\00")

  (func $print (param $at i32) (param $size i32)
    (i32.store (i32.const 16) (local.get $at))
    (i32.store (i32.const 20) (local.get $size))
    (drop (call $fd_write (i32.const 1) (i32.const 16) (i32.const 1) (i32.const 24))))
  ;; Prints strings, with a bar instead of each NUL.
  (func $show (param $begin i32) (param $size i32) (local $i i32) (local $end i32)
    (if (i32.eqz (local.get $size)) (then (return)))
    (local.set $i (local.get $begin))
    (local.set $end (i32.add (local.get $begin) (local.get $size)))
    (loop $next
      (if (i32.eqz (i32.load8_u (local.get $i)))
        (then (i32.store8 (local.get $i) (i32.const 0x7c))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $i) (local.get $end))))
    (call $print (local.get $begin) (local.get $size)))
  (func $length (param $at i32) (result i32) (local $i i32)
    (local.set $i (local.get $at))
    (block $end
      (loop $next
        (br_if $end (i32.eqz (i32.load8_u (local.get $i))))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $next)))
    (i32.sub (local.get $i) (local.get $at)))
  (func $read (param $path i32) (local $errno i32)
    (local.set $errno
      (call $path_open (i32.const 3) (i32.const 1) (local.get $path)
        (call $length (local.get $path)) (i32.const 0) (i64.const 2) (i64.const 0) (i32.const 0)
        (i32.const 28)))
    (if (local.get $errno) (then (call $proc_exit (local.get $errno))))
    (i32.store (i32.const 16) (i32.const 65536))
    (i32.store (i32.const 20) (i32.const 4096))
    (drop (call $fd_read (i32.load (i32.const 28)) (i32.const 16) (i32.const 1) (i32.const 24)))
    (call $print (i32.const 65536) (i32.load (i32.const 24))))
  (func $trap unreachable)

  (func (export "_start") (local $verb i32)
    (drop (call $args_sizes (i32.const 0) (i32.const 4)))
    (drop (call $args_get (i32.const 1024) (i32.const 4096)))
    (drop (call $env_sizes (i32.const 8) (i32.const 12)))
    (drop (call $env_get (i32.const 2048) (i32.const 8192)))
    (if (i32.gt_u (i32.load (i32.const 0)) (i32.const 1))
      (then (local.set $verb (i32.load (i32.load (i32.const 1028))))))
    ;; The first four letters as a number.
    (if (i32.eq (local.get $verb) (i32.const 0x74697865))
      (then (call $proc_exit (i32.const 42))))
    (if (i32.eq (local.get $verb) (i32.const 0x70617274)) (then (call $trap)))
    (if (i32.eq (local.get $verb) (i32.const 0x74696177))
      (then
        (call $print (i32.const 900) (i32.const 8))
        (drop (call $poll (i32.const 800) (i32.const 950) (i32.const 1) (i32.const 28)))))
    (if (i32.eq (local.get $verb) (i32.const 0x64616572))
      (then (call $read (i32.load (i32.const 1032))) (return)))
    (call $show (i32.const 4096) (i32.load (i32.const 4)))
    (call $show (i32.const 8192) (i32.load (i32.const 12)))))
