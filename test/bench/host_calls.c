// host_calls TEST FOLDER: does one thing to the operating system many times, and prints how many
// times and the nanoseconds that all of them took. host_calls.py makes FOLDER and tells what is in
// it.
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { kEntries = 100000, kWrites = 1000000, kReads = 200, kBlock = 64 << 10 };

static const char* folder;

static void fail(const char* what) {
  perror(what);
  exit(1);
}

static const char* path_of(const char* name) {
  static char path[512];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  return path;
}

// "FOLDER/many/000123", and not by printf, which takes longer than some of the calls.
static const char* entry(int i) {
  static char path[512];
  static char* digits;
  if (digits == NULL) digits = path + snprintf(path, sizeof path, "%s/many/000000", folder);
  for (int k = 1; k <= 6; ++k, i /= 10) digits[-k] = (char)('0' + i % 10);
  return path;
}

static long write_bytes(void) {
  int fd = open(path_of("sink"), O_WRONLY | O_CREAT | O_TRUNC, 0666);
  if (fd < 0) fail("sink");
  for (int i = 0; i < kWrites; ++i)
    if (write(fd, "x", 1) != 1) fail("write");
  close(fd);
  return kWrites;
}

static long read_blocks(void) {
  static char block[kBlock];
  int fd = open(path_of("large"), O_RDONLY);
  if (fd < 0) fail("large");
  long count = 0;
  for (int i = 0; i < kReads; ++i) {
    lseek(fd, 0, SEEK_SET);
    while (read(fd, block, sizeof block) > 0) ++count;
  }
  close(fd);
  return count;
}

static long open_files(void) {
  for (int i = 0; i < kEntries; ++i) {
    int fd = open(entry(i), O_RDONLY);
    if (fd < 0) fail("open");
    close(fd);
  }
  return kEntries;
}

static long stat_files(void) {
  struct stat status;
  for (int i = 0; i < kEntries; ++i)
    if (stat(entry(i), &status) != 0) fail("stat");
  return kEntries;
}

// One name in the directory that the guest was granted.
static long stat_near(void) {
  struct stat status;
  for (int i = 0; i < kEntries; ++i)
    if (stat(folder, &status) != 0) fail("stat");
  return kEntries;
}

// All of a tree: the names, and the status of each file.
static long walk(const char* path) {
  DIR* stream = opendir(path);
  if (stream == NULL) fail("opendir");
  long count = 0;
  for (struct dirent* each; (each = readdir(stream)) != NULL;) {
    if (each->d_name[0] == '.') continue;
    char below[512];
    struct stat status;
    snprintf(below, sizeof below, "%s/%s", path, each->d_name);
    if (lstat(below, &status) != 0) fail("lstat");
    count += S_ISDIR(status.st_mode) ? walk(below) : 1;
  }
  closedir(stream);
  return count;
}

static long walk_tree(void) { return walk(path_of("tree")); }

static long stat_missing(void) {
  struct stat status;
  const char* path = path_of("many/missing");
  for (int i = 0; i < kEntries; ++i)
    if (stat(path, &status) == 0) fail("stat");
  return kEntries;
}

static long read_folder(void) {
  DIR* stream = opendir(path_of("many"));
  if (stream == NULL) fail("opendir");
  long count = 0;
  while (readdir(stream) != NULL) ++count;
  closedir(stream);
  return count;
}

// The cheapest system call that WASI has a name for; the difference to native is the way there.
static long seek_nowhere(void) {
  int fd = open(path_of("large"), O_RDONLY);
  if (fd < 0) fail("large");
  for (int i = 0; i < kWrites; ++i) lseek(fd, 0, SEEK_CUR);
  close(fd);
  return kWrites;
}

static const struct {
  const char* name;
  long (*run)(void);
} tests[] = {{"write", write_bytes}, {"read", read_blocks},    {"open", open_files},
             {"stat", stat_files},   {"stat-near", stat_near}, {"stat-missing", stat_missing},
             {"walk", walk_tree},    {"readdir", read_folder}, {"seek", seek_nowhere}};

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  folder = argv[2];
  for (size_t i = 0; i < sizeof tests / sizeof *tests; ++i) {
    if (strcmp(argv[1], tests[i].name) != 0) continue;
    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    long count = tests[i].run();
    clock_gettime(CLOCK_MONOTONIC, &end);
    long long taken = (end.tv_sec - start.tv_sec) * 1000000000LL + (end.tv_nsec - start.tv_nsec);
    printf("%ld %lld\n", count, taken);
    return 0;
  }
  return 2;
}
