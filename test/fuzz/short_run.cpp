// NAME SECONDS COUNT [DIR]: runs a fuzzer without libFuzzer on COUNT inputs, or as many as SECONDS
// allow. Inputs are files of DIR, such files with random changes, and random bytes, and are the
// same in every run.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "runtime/base/bytes.h"
#include "test/differential/generate/random.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace {

using base::Bytes;
using differential::Random;

// Returns the contents of the files in a directory, sorted by name, so that runs are reproducible.
std::vector<Bytes> seeds(const char* directory) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(directory)) {
    paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<Bytes> contents;
  for (const auto& path : paths) {
    std::ifstream in(path, std::ios::binary);
    contents.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  return contents;
}

Bytes randomBytes(Random& random) {
  Bytes bytes(random.below(random.chance(50) ? 64 : 600));
  for (uint8_t& byte : bytes) byte = static_cast<uint8_t>(random.next());
  return bytes;
}

// Changes a few bytes: removes, inserts, repeats, replaces some, or flips a bit.
void change(Random& random, Bytes& bytes) {
  if (bytes.empty()) return;
  auto at = bytes.begin() + static_cast<ptrdiff_t>(random.below(bytes.size()));
  switch (random.below(5)) {
    case 0:
      bytes.erase(at, at + std::min<ptrdiff_t>(bytes.end() - at, 1 + random.below(8)));
      break;
    case 1:
      bytes.insert(at, static_cast<uint8_t>(random.next()));
      break;
    case 2: {
      Bytes more(at, at + std::min<ptrdiff_t>(bytes.end() - at, 1 + random.below(32)));
      bytes.insert(at, more.begin(), more.end());
      break;
    }
    case 3:
      *at = static_cast<uint8_t>(random.next());
      break;
    default:
      *at ^= static_cast<uint8_t>(1u << random.below(8));
  }
}

Bytes nextInput(Random& random, const std::vector<Bytes>& seeds) {
  if (seeds.empty() || random.chance(20)) return randomBytes(random);
  Bytes bytes = seeds[random.below(seeds.size())];
  for (uint64_t i = random.below(6); i > 0; --i) change(random, bytes);
  return bytes;
}

}  // namespace

// Stops at the first of both limits.
int main(int argc, char** argv) {
  using Clock = std::chrono::steady_clock;
  if (argc < 3) {
    std::fputs("usage: NAME SECONDS COUNT [DIR]\n", stderr);
    return 2;
  }
  auto end = Clock::now() + std::chrono::seconds(std::atoi(argv[1]));
  auto count = static_cast<size_t>(std::atoll(argv[2]));
  std::vector<Bytes> beginnings = argc > 3 ? seeds(argv[3]) : std::vector<Bytes>();
  if (argc > 3 && beginnings.empty()) return 2;
  Random random(1);
  size_t done = 0;
  for (; done < count && Clock::now() < end; ++done) {
    Bytes input = nextInput(random, beginnings);
    LLVMFuzzerTestOneInput(input.data(), input.size());
  }
  std::printf("%zu inputs\n", done);
  return 0;
}
