#include "wasi/random_source.h"

#include <sys/random.h>

#include <algorithm>

#include "wasi/fs/retry_interrupted.h"

namespace wasi {

Errno RandomSource::fill(std::span<uint8_t> bytes) {
  std::unique_lock<std::mutex> lock(mutex_, std::defer_lock);
  if (generator_) lock.lock();
  while (!bytes.empty()) {
    size_t done;
    if (generator_) {
      // In little-endian order whatever the host's is. The rest of the last word is dropped, so the
      // bytes depend on the sizes of the calls as well.
      uint64_t word = (*generator_)();
      done = std::min(bytes.size(), sizeof word);
      for (size_t i = 0; i < done; ++i) bytes[i] = static_cast<uint8_t>(word >> (8 * i));
    } else {
      // A request for more than 256 bytes may be interrupted or return fewer.
      ssize_t got = retryInterrupted([&] { return ::getrandom(bytes.data(), bytes.size(), 0); });
      if (got < 0) return lastError();
      done = static_cast<size_t>(got);
    }
    bytes = bytes.subspan(done);
  }
  return Errno::Success;
}

}  // namespace wasi
