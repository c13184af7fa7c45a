// Runs what wasm2c made of a program, with as much of WASI as the suite's programs use: output, a
// clock, and an end. The rest answers that it is not there.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "guest.h"
#include "wasm-rt-impl.h"

enum { kSuccess = 0, kBadDescriptor = 8, kInvalid = 28, kNotSupported = 58, kSeekPipe = 70 };

struct Z_wasi_snapshot_preview1_instance_t {
  Z_guest_instance_t guest;
};

typedef struct Z_wasi_snapshot_preview1_instance_t Wasi;

static u8* at(Wasi* wasi, u32 address) { return wasi->guest.w2c_memory.data + address; }

u32 Z_wasi_snapshot_preview1Z_clock_time_get(Wasi* wasi, u32 clock, u64 precision, u32 result) {
  static const clockid_t kClocks[] = {CLOCK_REALTIME, CLOCK_MONOTONIC, CLOCK_PROCESS_CPUTIME_ID,
                                      CLOCK_THREAD_CPUTIME_ID};
  struct timespec time;
  (void)precision;
  if (clock > 3 || clock_gettime(kClocks[clock], &time) != 0) return kInvalid;
  u64 nanoseconds = (u64)time.tv_sec * 1000000000 + (u64)time.tv_nsec;
  memcpy(at(wasi, result), &nanoseconds, sizeof nanoseconds);
  return kSuccess;
}

u32 Z_wasi_snapshot_preview1Z_fd_write(Wasi* wasi, u32 fd, u32 vectors, u32 count, u32 result) {
  u32 total = 0;
  if (fd != 1 && fd != 2) return kBadDescriptor;
  for (u32 i = 0; i < count; ++i) {
    u32 vector[2];
    memcpy(vector, at(wasi, vectors + 8 * i), sizeof vector);
    total += (u32)fwrite(at(wasi, vector[0]), 1, vector[1], fd == 1 ? stdout : stderr);
  }
  memcpy(at(wasi, result), &total, sizeof total);
  return kSuccess;
}

// A character device that can be written to.
u32 Z_wasi_snapshot_preview1Z_fd_fdstat_get(Wasi* wasi, u32 fd, u32 result) {
  if (fd > 2) return kBadDescriptor;
  memset(at(wasi, result), 0, 24);
  *at(wasi, result) = 2;
  memset(at(wasi, result + 8), 0xff, 16);
  return kSuccess;
}

void Z_wasi_snapshot_preview1Z_proc_exit(Wasi* wasi, u32 status) {
  (void)wasi;
  exit((int)status);
}

u32 Z_wasi_snapshot_preview1Z_args_sizes_get(Wasi* wasi, u32 count, u32 size) {
  memset(at(wasi, count), 0, 4);
  memset(at(wasi, size), 0, 4);
  return kSuccess;
}

u32 Z_wasi_snapshot_preview1Z_environ_sizes_get(Wasi* wasi, u32 count, u32 size) {
  return Z_wasi_snapshot_preview1Z_args_sizes_get(wasi, count, size);
}

#define ANSWER(name, error, ...) \
  u32 Z_wasi_snapshot_preview1Z_##name(Wasi* wasi, __VA_ARGS__) { return (void)wasi, error; }
ANSWER(args_get, kSuccess, u32 a, u32 b)
ANSWER(environ_get, kSuccess, u32 a, u32 b)
ANSWER(fd_close, kSuccess, u32 a)
ANSWER(fd_seek, kSeekPipe, u32 a, u64 b, u32 c, u32 d)
ANSWER(fd_read, kBadDescriptor, u32 a, u32 b, u32 c, u32 d)
ANSWER(fd_fdstat_set_flags, kNotSupported, u32 a, u32 b)
ANSWER(fd_filestat_get, kBadDescriptor, u32 a, u32 b)
ANSWER(fd_prestat_get, kBadDescriptor, u32 a, u32 b)
ANSWER(fd_prestat_dir_name, kBadDescriptor, u32 a, u32 b, u32 c)
ANSWER(path_open, kNotSupported, u32 a, u32 b, u32 c, u32 d, u32 e, u64 f, u64 g, u32 h, u32 i)
ANSWER(path_unlink_file, kNotSupported, u32 a, u32 b, u32 c)
ANSWER(path_filestat_get, kNotSupported, u32 a, u32 b, u32 c, u32 d, u32 e)
ANSWER(poll_oneoff, kNotSupported, u32 a, u32 b, u32 c, u32 d)
ANSWER(random_get, kNotSupported, u32 a, u32 b)
#undef ANSWER

int main(void) {
  static Wasi wasi;
  wasm_rt_init();
  Z_guest_init_module();
  Z_guest_instantiate(&wasi.guest, &wasi);
  wasm_rt_trap_t trap = wasm_rt_impl_try();
  if (trap != WASM_RT_TRAP_NONE) {
    fprintf(stderr, "trap: %s\n", wasm_rt_strerror(trap));
    return 1;
  }
  Z_guestZ__start(&wasi.guest);
  return 0;
}
