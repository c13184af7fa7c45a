// The stop watch of bench.h. With BENCH_WHOLE_PROGRAM it has the main(), which times all that the
// program's does; that is called programMain() then.
#include "bench.h"

static double started;

#ifdef __wasi__
#include <wasi/api.h>

// Of the clocks that WASI has, the first that the engine has: the thread's, the process's (of which
// a compiler in other threads uses some), the wall's.
static double now(void) {
  for (__wasi_clockid_t clock = 3; clock > 0; --clock) {
    __wasi_timestamp_t nanoseconds;
    if (__wasi_clock_time_get(clock, 1, &nanoseconds) == 0) return (double)nanoseconds * 1e-9;
  }
  return 0;
}
#else
#include <time.h>

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}
#endif

void benchBegin(void) { started = now(); }

void benchEnd(void) {
  double seconds = now() - started;
  fflush(stdout);
  fprintf(stderr, "bench-seconds %.6f\n", seconds);
}

#ifdef BENCH_WHOLE_PROGRAM
int programMain(int argc, char** argv);

// Also times a program that ends with exit().
int main(int argc, char** argv) {
  atexit(benchEnd);
  benchBegin();
  return programMain(argc, argv);
}
#endif
