// Whether a linear memory uses huge pages, which need fewer TLB entries and fewer page faults.
//
// The first access to a huge page clears 2 MiB. That takes less time than the page faults of 512
// small pages, except on a virtual machine that gives free memory back to its host: there each part
// of the page is first fetched from the host, and small pages, which were used recently, are
// faster. The kernel does not tell which case it is, so one huge page is made and timed.
#pragma once

#include <cstdint>

namespace runtime {

// Decides for one memory, as it grows. A memory has small pages as long as it does not grow in
// steps of megabytes: little of its initial size may ever be accessed, and a guest should start
// quickly.
class HugePages {
 public:
  // Considers the bytes [from, to) of the memory at `base`, by which it has just grown.
  void grown(uint8_t* base, uint64_t from, uint64_t to);

 private:
  bool arePreferred_ = false;
  uint64_t nextProbe_ = uint64_t{4} << 20;  // the size of the memory that calls for another one
};

}  // namespace runtime
