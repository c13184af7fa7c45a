#include "wasi/readable_flag.h"

#include <linux/io_uring.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <utility>

namespace wasi {

ReadableFlag::ReadableFlag(HostFd file, bool inMemory)
    : file_(std::move(file)), thread_(std::this_thread::get_id()) {
  if (!inMemory || (makeRing() && waitForFile())) return;
  if (rings_ != nullptr) ::munmap(rings_, size_);
  rings_ = nullptr;
}

ReadableFlag::~ReadableFlag() {
  if (rings_ != nullptr) ::munmap(rings_, size_);
}

void ReadableFlag::swap(ReadableFlag& other) {
  std::swap(ring_, other.ring_);
  std::swap(file_, other.file_);
  std::swap(rings_, other.rings_);
  std::swap(size_, other.size_);
  std::swap(flags_, other.flags_);
  std::swap(submitted_, other.submitted_);
  std::swap(completed_, other.completed_);
  std::swap(thread_, other.thread_);
}

// For one request. What the kernel has to do once the file is readable, it leaves to us
// (DEFER_TASKRUN), and says so in the ring's flags (TASKRUN_FLAG). We never do it.
bool ReadableFlag::makeRing() {
  io_uring_params parameters{};
  parameters.flags =
      IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN | IORING_SETUP_TASKRUN_FLAG;
  ring_ = HostFd(static_cast<int>(::syscall(SYS_io_uring_setup, 1, &parameters)));
  int file = file_.get();
  if (!ring_.valid() ||
      ::syscall(SYS_io_uring_register, ring_.get(), IORING_REGISTER_FILES, &file, 1) != 0) {
    return false;
  }
  flags_ = parameters.sq_off.flags;
  submitted_ = parameters.sq_off.tail;
  completed_ = parameters.cq_off.tail;
  // The array of requests comes last. Its only element is the number of the only request, 0.
  size_ = parameters.sq_off.array + sizeof(uint32_t);
  void* rings = ::mmap(nullptr, size_, PROT_READ | PROT_WRITE, MAP_SHARED, ring_.get(),
                       static_cast<off_t>(IORING_OFF_SQ_RING));
  if (rings == MAP_FAILED) return false;
  rings_ = rings;
  return true;
}

bool ReadableFlag::waitForFile() const {
  void* memory = ::mmap(nullptr, sizeof(io_uring_sqe), PROT_READ | PROT_WRITE, MAP_SHARED,
                        ring_.get(), static_cast<off_t>(IORING_OFF_SQES));
  if (memory == MAP_FAILED) return false;
  auto* request = static_cast<io_uring_sqe*>(memory);
  request->opcode = IORING_OP_POLL_ADD;
  request->flags = IOSQE_FIXED_FILE;
  request->fd = 0;  // the one registered
  request->poll32_events = POLLIN;
  auto* tail = reinterpret_cast<uint32_t*>(static_cast<char*>(rings_) + submitted_);
  __atomic_store_n(tail, 1, __ATOMIC_RELEASE);
  long submitted = ::syscall(SYS_io_uring_enter, ring_.get(), 1, 0, 0, nullptr, 0);
  ::munmap(memory, sizeof(io_uring_sqe));
  return submitted == 1;
}

uint32_t ReadableFlag::load(uint32_t offset) const {
  auto* word = reinterpret_cast<const uint32_t*>(static_cast<const char*>(rings_) + offset);
  return __atomic_load_n(word, __ATOMIC_ACQUIRE);
}

bool ReadableFlag::isRaised() const {
  if (!isInMemory()) {
    int waiting = 0;
    return inlined::ioctl(file(), FIONREAD, &waiting) != 0 || waiting != 0;
  }
  // The request is complete where the file was readable at once, or cannot be waited for.
  return (load(flags_) & IORING_SQ_TASKRUN) != 0 || load(completed_) != 0 ||
         thread_ != std::this_thread::get_id();
}

}  // namespace wasi
