// The host function that random modules import. It hashes its arguments and the state of the
// instance at each call, at which even optimized code must have made all its stores.
#pragma once

#include <cstdint>

#include "runtime/instance/host_func.h"
#include "runtime/instance/instance.h"

namespace differential {

// Must outlive the instances that import the function.
class HostCalls {
 public:
  // Returns the function to import.
  runtime::HostFunction observe() { return runtime::hostFunction(called, this); }
  // Sets the instance whose state is hashed, and the number of its memories.
  void watch(const runtime::Instance& instance, size_t memories) {
    instance_ = &instance;
    memories_ = memories;
  }
  // Returns the hash of all calls so far. node_driver.mjs computes the same.
  uint32_t hash() const { return hash_; }

 private:
  // The number of calls for which the memories are hashed, since this takes time.
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
