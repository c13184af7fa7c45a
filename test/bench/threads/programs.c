/* programs NAME THREADS: a program with threads. Prints its result, and to standard error
 * "bench-seconds " and its time. */
#include <stdio.h>
#include <string.h>

#include "test/bench/threads/thread.h"

enum { kMostThreads = 16, kWords = 1 << 24, kBytes = 1 << 24, kHashBits = 16 };

static Mutex mutex;
static long counter;

/* The part of one thread, with memory for it: only the main thread calls malloc. */
struct Part {
  long begin;
  long end;
  uint64_t result;
  uint32_t* table;
  uint8_t* output;
};

static void doNothing(void* part) { (void)part; }

static void countLocked(struct Part* part) {
  for (long i = part->begin; i < part->end; ++i) {
    lockMutex(&mutex);
    ++counter;
    unlockMutex(&mutex);
  }
}

static void lockMuch(void* part) { countLocked(part); }

static uint32_t* words;

static void sumWords(void* argument) {
  struct Part* part = argument;
  uint64_t sum = 0;
  for (uint32_t round = 0; round < 200; ++round) {
    for (long i = part->begin; i < part->end; ++i) sum += words[i] * (uint64_t)(i ^ round);
  }
  part->result = sum;
}

static uint8_t* bytes;

/* Replaces repetitions by their distance and length, as the formats of the LZ77 family do. */
static uint64_t compressOnce(const struct Part* part) {
  enum { kLongest = 255 };
  uint32_t* table = part->table;
  uint8_t* output = part->output;
  memset(table, 0, sizeof *table << kHashBits);
  uint64_t size = 0;
  for (long at = part->begin; at < part->end;) {
    uint32_t word;
    if (at + (long)sizeof word > part->end) return size;
    memcpy(&word, bytes + at, sizeof word);
    uint32_t* slot = &table[word * 2654435761u >> (32 - kHashBits)];
    long before = *slot;
    *slot = (uint32_t)at;
    if (before <= part->begin || memcmp(bytes + before, bytes + at, sizeof word) != 0) {
      output[size++] = bytes[at++];
      continue;
    }
    long length = sizeof word;
    while (at + length < part->end && length < kLongest &&
           bytes[before + length] == bytes[at + length]) {
      ++length;
    }
    output[size++] = kLongest;
    output[size++] = (uint8_t)length;
    output[size++] = (uint8_t)(at - before);
    output[size++] = (uint8_t)((at - before) >> 8);
    at += length;
  }
  return size;
}

static void compress(void* argument) {
  struct Part* part = argument;
  for (int round = 0; round < 20; ++round) part->result = compressOnce(part);
}

static uint32_t nextRandom(uint32_t* state) {
  *state = *state * 1103515245 + 12345;
  return *state;
}

static void makeWords(void) {
  words = malloc(sizeof *words * kWords);
  for (uint32_t i = 0; i < kWords; ++i) words[i] = i * 2654435761u;
}

/* Makes bytes of which about half are repetitions of up to 32 bytes. */
static void makeRepetitions(void) {
  bytes = malloc(kBytes);
  uint32_t state = 1;
  for (int i = 0; i < kBytes;) {
    uint32_t random = nextRandom(&state);
    int distance = (int)(random >> 8 & 0x3fff) + 1;
    if (random >> 22 & 1 || distance > i) {
      bytes[i++] = (uint8_t)(random >> 24);
      continue;
    }
    for (int left = (int)(random >> 27) + 1; left > 0 && i < kBytes; --left, ++i) {
      bytes[i] = bytes[i - distance];
    }
  }
}

static void makeNoise(void) {
  bytes = malloc(kBytes);
  uint32_t state = 1;
  for (int i = 0; i < kBytes; ++i) bytes[i] = (uint8_t)(nextRandom(&state) >> 24);
}

/* Lets `count` threads share [0, size). Returns the sum of their results. */
static uint64_t inParallel(int count, long size, void (*run)(void*)) {
  Thread threads[kMostThreads];
  struct Part parts[kMostThreads];
  for (int i = 0; i < count; ++i) {
    parts[i] = (struct Part){(long)((long long)size * i / count),
                             (long)((long long)size * (i + 1) / count), 0,
                             malloc(sizeof(uint32_t) << kHashBits), malloc(2 * kBytes / count)};
    threads[i] = startThread(run, &parts[i]);
  }
  uint64_t sum = 0;
  for (int i = 0; i < count; ++i) {
    joinThread(threads[i]);
    sum += parts[i].result;
  }
  return sum;
}

#ifdef __wasm__
void __wasm_call_ctors(void);
#endif

int main(int argc, char** argv) {
  const char* name = argc > 1 ? argv[1] : "";
  int count = argc > 2 ? atoi(argv[2]) : 2;
  if (count < 1 || count > kMostThreads) return 2;
#ifdef __wasm__
  /* The linker would let each exported function begin with constructors and end with destructors,
   * which write out what is buffered, unless the program calls constructors itself. */
  __wasm_call_ctors();
#endif
  makeWords();
  if (strcmp(name, "noise") == 0) {
    makeNoise();
  } else {
    makeRepetitions();
  }
  /* The C library takes locks without atomic instructions until a process has started a thread. */
  joinThread(startThread(doNothing, NULL));
  double start = secondsNow();
  uint64_t result = 0;
  if (strcmp(name, "uncontended") == 0) {
    struct Part all = {.end = 50 * 1000 * 1000};
    countLocked(&all);
  } else if (strcmp(name, "contended") == 0) {
    inParallel(count, 20 * 1000 * 1000, lockMuch);
  } else if (strcmp(name, "sum") == 0) {
    result = inParallel(count, kWords, sumWords);
  } else if (strcmp(name, "compress") == 0 || strcmp(name, "noise") == 0) {
    result = inParallel(count, kBytes, compress);
  } else {
    return 2;
  }
  printf("%llu\n", (unsigned long long)result + (unsigned long long)counter);
  fflush(stdout);
  fprintf(stderr, "bench-seconds %.6f\n", secondsNow() - start);
  return 0;
}
