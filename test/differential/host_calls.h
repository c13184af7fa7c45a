// The function that random modules import: it remembers what it is called with, and the state of
// the instance then, which is exactly that of the program.
#pragma once

#include <cstdint>

#include "runtime/instance/host_func.h"
#include "runtime/instance/instance.h"

namespace differential {

class HostCalls {
 public:
  runtime::HostFunction observe() { return runtime::hostFunction(called, this); }
  void watch(const runtime::Instance& instance, size_t memories) {
    instance_ = &instance;
    memories_ = memories;
  }
  // Of all calls; node_driver.mjs computes the same.
  uint32_t hash() const { return hash_; }

 private:
  // Hashing the memories takes time, so only the first calls do.
  static constexpr unsigned kWithMemory = 8;

  static uint32_t called(runtime::Caller* caller, uint32_t first, uint64_t second);
  void add(uint32_t word) {
    hash_ = (hash_ ^ word) * 0x01000193;
    hash_ ^= hash_ >> 15;
  }
  void add64(uint64_t word) {
    add(static_cast<uint32_t>(word));
    add(static_cast<uint32_t>(word >> 32));
  }
  void addState();

  const runtime::Instance* instance_ = nullptr;
  size_t memories_ = 0;
  uint32_t hash_ = 0;
  unsigned calls_ = 0;
};

}  // namespace differential
