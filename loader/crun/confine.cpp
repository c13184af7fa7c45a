#include "loader/crun/confine.h"

#include <fcntl.h>
#include <grp.h>
#include <linux/audit.h>
#include <linux/close_range.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdlib>
#include <iterator>

#include "runtime/base/owned_fd.h"

namespace crun {
namespace {

using base::OwnedFd;

constexpr uid_t kNobody = 65534;
constexpr rlim_t kMaxMemory = rlim_t{16} << 30;  // of addresses
constexpr rlim_t kMaxFileSize = rlim_t{1} << 30;
constexpr rlim_t kMaxFiles = 16384;  // the linker gets each part of a module as a file in memory

#if defined(__x86_64__)
constexpr uint32_t kMachine = AUDIT_ARCH_X86_64;
#else
constexpr uint32_t kMachine = AUDIT_ARCH_AARCH64;
#endif

bool limit(int resource, rlim_t value) {
  rlimit present;
  if (::getrlimit(static_cast<__rlimit_resource>(resource), &present) != 0) return false;
  value = value < present.rlim_max ? value : present.rlim_max;
  const rlimit wanted{value, value};
  return ::setrlimit(static_cast<__rlimit_resource>(resource), &wanted) == 0;
}

bool limitResources() {
  return limit(RLIMIT_AS, kMaxMemory) && limit(RLIMIT_CPU, kCompilerCpuSeconds) &&
         limit(RLIMIT_FSIZE, kMaxFileSize) && limit(RLIMIT_NOFILE, kMaxFiles) &&
         limit(RLIMIT_CORE, 0);
}

// Files and directories that the compiler may read, and execute as it executes libraries.
constexpr const char* kReadable[] = {"/usr", "/lib", "/lib64", "/etc/ld.so.cache", "/proc", "/sys"};
constexpr uint64_t kReadFile = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE;
// All rights that the first version of Landlock knows.
constexpr uint64_t kAllRights = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1;

bool allow(int ruleset, const char* path) {
  OwnedFd place(::open(path, O_PATH | O_CLOEXEC));
  if (!place.isValid()) return errno == ENOENT;
  bool isDirectory = ::faccessat(place.get(), ".", F_OK, 0) == 0;
  landlock_path_beneath_attr rule{};
  rule.allowed_access = kReadFile | (isDirectory ? LANDLOCK_ACCESS_FS_READ_DIR : 0);
  rule.parent_fd = place.get();
  return ::syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
}

bool restrictFiles() {
  landlock_ruleset_attr attributes{};
  attributes.handled_access_fs = kAllRights;
  OwnedFd ruleset(
      static_cast<int>(::syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0)));
  if (!ruleset.isValid()) return errno == ENOSYS || errno == EOPNOTSUPP;
  for (const char* path : kReadable) {
    if (!allow(ruleset.get(), path)) return false;
  }
  return ::syscall(SYS_landlock_restrict_self, ruleset.get(), 0) == 0;
}

bool becomeNobody() {
  if (::geteuid() != 0) return true;
  return ::setgroups(0, nullptr) == 0 && ::setresgid(kNobody, kNobody, kNobody) == 0 &&
         ::setresuid(kNobody, kNobody, kNobody) == 0;
}

// System calls that a compiler has no use for, but an attacker might have. They fail with EPERM.
constexpr uint32_t kForbidden[] = {
    SYS_socket,
    SYS_socketpair,
    SYS_connect,
    SYS_bind,
    SYS_ptrace,
    SYS_process_vm_readv,
    SYS_process_vm_writev,
    SYS_kill,
    SYS_tkill,
    SYS_tgkill,
    SYS_rt_sigqueueinfo,
    SYS_pidfd_open,
    SYS_unshare,
    SYS_setns,
    SYS_mount,
    SYS_umount2,
    SYS_pivot_root,
    SYS_chroot,
    SYS_bpf,
    SYS_perf_event_open,
    SYS_userfaultfd,
    SYS_io_uring_setup,
    SYS_keyctl,
    SYS_add_key,
    SYS_request_key,
    SYS_shmget,
    SYS_semget,
    SYS_msgget,
    SYS_mq_open,
    SYS_personality,
    SYS_setpriority,
    SYS_open_by_handle_at,
    SYS_move_pages,
    SYS_migrate_pages,
    SYS_kcmp,
    SYS_fanotify_init,
    SYS_inotify_init1,
    SYS_init_module,
    SYS_finit_module,
    SYS_kexec_load,
#if defined(__x86_64__)
    SYS_fork,
    SYS_vfork,
#endif
};

constexpr sock_filter load(size_t offset) {
  return BPF_STMT(BPF_LD | BPF_W | BPF_ABS, static_cast<uint32_t>(offset));
}
constexpr sock_filter result(uint32_t value) { return BPF_STMT(BPF_RET | BPF_K, value); }
// Jumps over `distance` statements if the loaded number is another one.
constexpr sock_filter skipUnless(uint32_t number, uint8_t distance) {
  return BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, distance);
}

constexpr size_t kMaxFilter = 2 * std::size(kForbidden) + 16;

// Writes the filter and returns its size. Threads may be made, processes may not. The flags of
// clone3() are in memory, where a filter cannot read them; the C library uses clone() without it.
size_t makeFilter(sock_filter* to) {
  constexpr uint32_t kKill = SECCOMP_RET_KILL_PROCESS;
  constexpr uint32_t kRefuse = SECCOMP_RET_ERRNO | EPERM;
  sock_filter* at = to;
  *at++ = load(offsetof(seccomp_data, arch));
  *at++ = BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, kMachine, 1, 0);
  *at++ = result(kKill);
  *at++ = load(offsetof(seccomp_data, nr));
#if defined(__x86_64__)
  constexpr uint32_t kX32 = 0x40000000;
  *at++ = BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, kX32, 0, 1);
  *at++ = result(kKill);
#endif
  for (uint32_t call : kForbidden) {
    *at++ = skipUnless(call, 1);
    *at++ = result(kRefuse);
  }
  *at++ = skipUnless(SYS_clone3, 1);
  *at++ = result(SECCOMP_RET_ERRNO | ENOSYS);
  *at++ = skipUnless(SYS_clone, 3);
  *at++ = load(offsetof(seccomp_data, args[0]));
  *at++ = BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 1, 0);
  *at++ = result(kRefuse);
  *at++ = result(SECCOMP_RET_ALLOW);
  return static_cast<size_t>(at - to);
}

bool filterSystemCalls() {
  sock_filter filter[kMaxFilter];
  const sock_fprog program{static_cast<unsigned short>(makeFilter(filter)), filter};
  return ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

// crun has blocked all signals.
bool unblockSignals() {
  sigset_t none;
  ::sigemptyset(&none);
  return ::sigprocmask(SIG_SETMASK, &none, nullptr) == 0;
}

}  // namespace

bool enterConfinement() {
  return ::syscall(SYS_close_range, STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC) == 0 &&
         ::clearenv() == 0 && ::chdir("/") == 0 && unblockSignals() && limitResources() &&
         ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && restrictFiles() && becomeNobody() &&
         filterSystemCalls();
}

}  // namespace crun
