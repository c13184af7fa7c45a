// The host functions that random modules import. "host" "observe" hashes its arguments and the
// state of the instance at each call: at a call that leaves the module, optimized code must have
// made all stores that precede it (docs/traps.md). And one that calls the instance.
#pragma once

#include <cstdint>

#include "runtime/instance/host_func.h"
#include "runtime/instance/instance.h"

namespace differential {

// The calls of one instance. Must outlive the instances that import the function.
class HostCalls {
 public:
  // Returns the function to import, of type [i32 i64] -> [i32].
  runtime::HostFunction observe() { return runtime::hostFunction(called, this); }
  // Returns the function to import as "again", of the same type. It calls the exported function
  // "f3" with its arguments, and passes on its trap or exception.
  runtime::HostFunction again() { return runtime::hostFunction(calledAgain, this); }
  // Sets the instance whose state is hashed, and the number of its memories. Must be called before
  // the first call of the function.
  void watch(const runtime::Instance& instance, size_t memories) {
    instance_ = &instance;
    memories_ = memories;
  }
  // Returns the hash of all calls so far. node_driver.mjs must compute the same one.
  uint32_t hash() const { return hash_; }

 private:
  // The number of calls for which the memories are hashed, since this takes time.
  static constexpr unsigned kWithMemory = 8;

  static uint32_t calledAgain(runtime::Caller* caller, uint32_t first, uint64_t second);
  static uint32_t called(runtime::Caller* caller, uint32_t first, uint64_t second);
  // A step of FNV-1a with words instead of bytes, and a shift that mixes high bits into low ones.
  void add(uint32_t word) {
    hash_ = (hash_ ^ word) * 0x01000193;
    hash_ ^= hash_ >> 15;
  }
  void add64(uint64_t word) {
    add(static_cast<uint32_t>(word));
    add(static_cast<uint32_t>(word >> 32));
  }
  // Hashes the exported integer globals and the nonzero words of the memories.
  void addState();

  const runtime::Instance* instance_ = nullptr;
  size_t memories_ = 0;
  uint32_t hash_ = 0;
  unsigned calls_ = 0;
};

}  // namespace differential
