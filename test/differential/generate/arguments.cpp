#include "test/differential/generate/arguments.h"

namespace differential {
namespace {

// The values near which faults in address arithmetic are likely. Values that occur several times
// are chosen more often.
constexpr uint32_t kEdges[] = {0,          0,          0,      65536,      65536,
                               65536,      131072,     196608, 0x7fffffff, 0x80000000,
                               0xffff0000, 0xffffffff, 0};
constexpr int32_t kOffsets[] = {0, 0, 1, -1, -2, 2, 3, 4, -4, -8, 8, -16, 16, -15, -7, 64, -64, 7};
constexpr double kDoubles[] = {0.0, -0.0, 1.0, -2.5, 0.1, 1e9, 3e9, 1e19, -1e300, 255.0};
constexpr uint64_t kWide[] = {0,           0,          65536,        uint64_t{1} << 31, 0xffffffff,
                              0x100000000, 0x10000fff, ~uint64_t{0}, uint64_t{1} << 63};

// Returns a number near an edge.
uint32_t edge(Random& random) {
  uint32_t offset = static_cast<uint32_t>(random.oneOf(kOffsets));
  if (random.chance(25)) offset = static_cast<uint32_t>(random.below(400)) - 200;
  return random.oneOf(kEdges) + offset;
}

// Returns an address within the first page, often a small one or a multiple of 8.
uint32_t inside(Random& random) {
  if (random.chance(40)) return static_cast<uint32_t>(random.below(64));
  if (random.chance(40)) return static_cast<uint32_t>(random.below(4000)) * 8;
  return static_cast<uint32_t>(random.below(65000));
}

// Returns a number for `l`, which may be an address in a memory with 64-bit addresses.
uint64_t wide(Random& random) {
  if (random.chance(25)) return random.next();
  if (random.chance(30)) return inside(random);
  return random.oneOf(kWide) + static_cast<uint64_t>(int64_t{random.oneOf(kOffsets)});
}

}  // namespace

std::vector<Arguments> randomArguments(Random& random, unsigned count) {
  std::vector<Arguments> sets(count);
  for (Arguments& set : sets) {
    set.a = random.chance(60) ? edge(random) : inside(random);
    set.b = random.chance(35) ? edge(random) : inside(random);
    set.l = wide(random);
    set.d = random.oneOf(kDoubles);
  }
  return sets;
}

}  // namespace differential
