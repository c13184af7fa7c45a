#include "compiler/codegen/target/slp_threshold.h"

#include <condition_variable>
#include <mutex>

#include "compiler/codegen/target/llvm_process.h"

namespace codegen {

namespace {

// With AVX-512, in the cost model's units, about an instruction each.
constexpr int kOnIntel = 20;
constexpr int kOnAmd = 8;

struct InUse {
  std::mutex mutex;
  std::condition_variable isFree;
  int threshold = 0;
  unsigned users = 0;
};

InUse& inUse() {
  static InUse* only = new InUse;
  return *only;
}

int thresholdOf(const Target& target) {
  if (target.arch() != abi::Arch::X86_64 || !target.has("avx512f")) return 0;
  return target.isZen() ? kOnAmd : kOnIntel;
}

}  // namespace

SlpThreshold::SlpThreshold(const Target& target) {
  int wanted = thresholdOf(target);
  InUse& current = inUse();
  std::unique_lock lock(current.mutex);
  current.isFree.wait(lock, [&] { return current.users == 0 || current.threshold == wanted; });
  if (current.threshold != wanted) setSlpThreshold(wanted);
  current.threshold = wanted;
  ++current.users;
}

SlpThreshold::~SlpThreshold() {
  InUse& current = inUse();
  std::lock_guard lock(current.mutex);
  if (--current.users == 0) current.isFree.notify_all();
}

}  // namespace codegen
