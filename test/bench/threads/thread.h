/* Threads, mutexes and a clock for programs.c: natively those of pthreads; in WebAssembly made of
 * wasi-threads and the instructions for waiting, since Debian's wasi-libc has no threads. */
#ifndef THREAD_H
#define THREAD_H

#include <stdint.h>
#include <stdlib.h>
#include <time.h>

#ifdef __wasm__

/* 0: free; 1: locked; 2: locked, and threads may wait. */
typedef int Mutex;

static inline int compareAndSwap(Mutex* mutex, int expected, int value) {
  __atomic_compare_exchange_n(mutex, &expected, value, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
  return expected;
}

static inline void lockMutex(Mutex* mutex) {
  if (compareAndSwap(mutex, 0, 1) == 0) return;
  for (int tries = 0; tries < 100; ++tries) {
    if (__atomic_load_n(mutex, __ATOMIC_RELAXED) == 0 && compareAndSwap(mutex, 0, 1) == 0) return;
  }
  while (__atomic_exchange_n(mutex, 2, __ATOMIC_SEQ_CST) != 0) {
    __builtin_wasm_memory_atomic_wait32(mutex, 2, -1);
  }
}

static inline void unlockMutex(Mutex* mutex) {
  if (__atomic_exchange_n(mutex, 0, __ATOMIC_SEQ_CST) == 2) {
    __builtin_wasm_memory_atomic_notify(mutex, 1);
  }
}

/* start.S reads the first two members. */
struct Thread {
  void* stackPointer;
  void* localStorage;
  void (*run)(void*);
  void* argument;
  int hasEnded;
};
typedef struct Thread* Thread;

__attribute__((import_module("wasi"), import_name("thread-spawn"))) int spawnThread(Thread thread);

void runThread(int id, Thread thread) {
  (void)id;
  thread->run(thread->argument);
  __atomic_store_n(&thread->hasEnded, 1, __ATOMIC_SEQ_CST);
  __builtin_wasm_memory_atomic_notify(&thread->hasEnded, -1);
}

static inline Thread startThread(void (*run)(void*), void* argument) {
  enum { kStack = 1 << 18, kAlignment = 16 };
  Thread thread = malloc(sizeof *thread);
  char* stack = aligned_alloc(kAlignment, kStack);
  thread->stackPointer = stack + kStack;
  thread->localStorage = malloc(__builtin_wasm_tls_size() + kAlignment);
  thread->run = run;
  thread->argument = argument;
  thread->hasEnded = 0;
  if (spawnThread(thread) < 0) abort();
  return thread;
}

static inline void joinThread(Thread thread) {
  while (!__atomic_load_n(&thread->hasEnded, __ATOMIC_SEQ_CST)) {
    __builtin_wasm_memory_atomic_wait32(&thread->hasEnded, 0, -1);
  }
}

#else

#include <pthread.h>

typedef pthread_mutex_t Mutex;
#define lockMutex pthread_mutex_lock
#define unlockMutex pthread_mutex_unlock

struct Thread {
  pthread_t id;
  void (*run)(void*);
  void* argument;
};
typedef struct Thread* Thread;

static void* runThread(void* thread) {
  ((Thread)thread)->run(((Thread)thread)->argument);
  return NULL;
}

static inline Thread startThread(void (*run)(void*), void* argument) {
  Thread thread = malloc(sizeof *thread);
  thread->run = run;
  thread->argument = argument;
  if (pthread_create(&thread->id, NULL, runThread, thread) != 0) abort();
  return thread;
}

static inline void joinThread(Thread thread) { pthread_join(thread->id, NULL); }

#endif

static inline double secondsNow(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

#endif
