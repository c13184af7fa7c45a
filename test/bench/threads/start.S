# The function in which a thread of a guest begins: sets the stack pointer and the thread-local
# storage, and calls runThread (thread.h).
	.globaltype __stack_pointer, i32
	.functype runThread (i32, i32) -> ()
	.functype __wasm_init_tls (i32) -> ()
	.export_name wasi_thread_start, wasi_thread_start
	.globl wasi_thread_start
	.type wasi_thread_start,@function
wasi_thread_start:
	.functype wasi_thread_start (i32, i32) -> ()
	local.get 1
	i32.load 0
	global.set __stack_pointer
	local.get 1
	i32.load 4
	call __wasm_init_tls
	local.get 0
	local.get 1
	call runThread
	end_function
