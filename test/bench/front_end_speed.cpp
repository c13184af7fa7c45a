// front_end_speed FILE...: how fast modules are read and validated, printed, and parsed as text:
// the best of several runs, in megabytes (10^6 bytes) of what goes in per second of one core's
// time. A file in the text format is only parsed.
#include <fmt/format.h>
#include <time.h>

#include <algorithm>
#include <limits>
#include <string>

#include "compiler/wasm/binary/read_module.h"
#include "compiler/wasm/text/parse/parse_module.h"
#include "compiler/wasm/text/print/print.h"
#include "compiler/wasm/validate/validate.h"
#include "runtime/base/file_content.h"

namespace {

using base::Result;

constexpr int kRuns = 7;

// Of this process: what else the machine does counts less than with the time of day.
double processorSeconds() {
  timespec now{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

// Runs `work` several times; it returns a Result. The best speed, or the first error.
template <class Work>
Result<double> bestSpeed(size_t bytes, Work work) {
  double best = std::numeric_limits<double>::max();
  for (int run = 0; run < kRuns; ++run) {
    double start = processorSeconds();
    TRY(work());
    best = std::min(best, processorSeconds() - start);
  }
  return static_cast<double>(bytes) / 1e6 / best;
}

void report(const std::string& path, const char* what, size_t bytes, double speed) {
  fmt::print("{:<40} {:<18} {:8.1f} MB {:8.1f} MB/s\n", path.substr(path.rfind('/') + 1), what,
             static_cast<double>(bytes) / 1e6, speed);
}

Result<void> measureText(const std::string& path, std::string_view text) {
  TRY_ASSIGN(double speed, bestSpeed(text.size(), [&]() -> Result<void> {
               TRY(wasm::parseModule(path, text));
               return {};
             }));
  report(path, "parse text", text.size(), speed);
  return {};
}

Result<void> measureBinary(const std::string& path, base::ByteView bytes) {
  TRY_ASSIGN(double read, bestSpeed(bytes.size(), [&]() -> Result<void> {
               TRY(wasm::readModule(path, bytes));
               return {};
             }));
  report(path, "read", bytes.size(), read);
  TRY_ASSIGN(double both, bestSpeed(bytes.size(), [&]() -> Result<void> {
               TRY_ASSIGN(wasm::Module module, wasm::readModule(path, bytes));
               TRY(wasm::validate(std::move(module)));
               return {};
             }));
  report(path, "read and validate", bytes.size(), both);

  TRY_ASSIGN(wasm::Module module, wasm::readModule(path, bytes));
  std::string text;
  TRY_ASSIGN(double print, bestSpeed(bytes.size(), [&]() -> Result<void> {
               TRY_ASSIGN(text, wasm::printModule(module));
               return {};
             }));
  report(path, "print", bytes.size(), print);
  return measureText(path, text);
}

Result<void> measure(const std::string& path) {
  TRY_ASSIGN(base::FileContent file, base::FileContent::read(path));
  base::ByteView bytes = file.bytes();
  bool isBinary = !bytes.empty() && bytes[0] == 0;
  return isBinary ? measureBinary(path, bytes) : measureText(path, base::asText(bytes));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    fmt::print(stderr, "usage: front_end_speed FILE...\n");
    return 2;
  }
  int status = 0;
  for (int i = 1; i < argc; ++i) {
    Result<void> result = measure(argv[i]);
    if (result.ok()) continue;
    fmt::print(stderr, "front_end_speed: {}\n", result.error().text());
    status = 1;
  }
  return status;
}
