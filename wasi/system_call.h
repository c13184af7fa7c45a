// System calls as the handlers use them. Those in `inlined` do what the C library's functions of
// the same names do, but are compiled into their callers: after a system call the processor cannot
// predict returns, of which the C library's function is one (docs/performance.md).
#pragma once

#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>

namespace wasi {

// Repeats a system call that a signal interrupted: guests have no signals.
template <class SystemCall>
auto retryInterrupted(SystemCall&& call) {
  decltype(call()) result;
  do {
    result = call();
  } while (result < 0 && errno == EINTR);
  return result;
}

namespace inlined {

// -1 and `errno`, or the result.
inline long systemCall(long number, long a, long b = 0, long c = 0, long d = 0) {
#if defined(__x86_64__)
  long result = number;
  register long r10 asm("r10") = d;
  asm volatile("syscall"
               : "+a"(result)
               : "D"(a), "S"(b), "d"(c), "r"(r10)
               : "rcx", "r11", "memory");
#elif defined(__aarch64__)
  register long x8 asm("x8") = number;
  register long result asm("x0") = a;
  register long x1 asm("x1") = b;
  register long x2 asm("x2") = c;
  register long x3 asm("x3") = d;
  asm volatile("svc #0" : "+r"(result) : "r"(x8), "r"(x1), "r"(x2), "r"(x3) : "memory");
#endif
  constexpr long kMaxErrno = 4095;
  if (result >= 0 || result < -kMaxErrno) return result;
  errno = static_cast<int>(-result);
  return -1;
}

inline long word(const void* pointer) { return reinterpret_cast<intptr_t>(pointer); }

inline ssize_t read(int fd, void* buffer, size_t size) {
  return systemCall(SYS_read, fd, word(buffer), static_cast<long>(size));
}
inline ssize_t write(int fd, const void* buffer, size_t size) {
  return systemCall(SYS_write, fd, word(buffer), static_cast<long>(size));
}
inline ssize_t readv(int fd, const iovec* buffers, int count) {
  return systemCall(SYS_readv, fd, word(buffers), count);
}
inline ssize_t writev(int fd, const iovec* buffers, int count) {
  return systemCall(SYS_writev, fd, word(buffers), count);
}
inline ssize_t preadv(int fd, const iovec* buffers, int count, off_t offset) {
  return systemCall(SYS_preadv, fd, word(buffers), count, offset);
}
inline ssize_t pwritev(int fd, const iovec* buffers, int count, off_t offset) {
  return systemCall(SYS_pwritev, fd, word(buffers), count, offset);
}
inline off_t lseek(int fd, off_t offset, int whence) {
  return systemCall(SYS_lseek, fd, offset, whence);
}
inline int fstat(int fd, struct stat* status) {
  return static_cast<int>(systemCall(SYS_fstat, fd, word(status)));
}
inline int fstatat(int directory, const char* path, struct stat* status, int flags) {
  return static_cast<int>(systemCall(SYS_newfstatat, directory, word(path), word(status), flags));
}
inline int openat2(int directory, const char* path, const open_how& how) {
  return static_cast<int>(systemCall(SYS_openat2, directory, word(path), word(&how), sizeof how));
}
inline int close(int fd) { return static_cast<int>(systemCall(SYS_close, fd)); }
inline int ioctl(int fd, unsigned long request, void* argument) {
  return static_cast<int>(systemCall(SYS_ioctl, fd, static_cast<long>(request), word(argument)));
}

}  // namespace inlined
}  // namespace wasi
