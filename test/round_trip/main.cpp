// round_trip FILE...: checks that valid binary modules are the same after printing and parsing them
// (see round_trip.h). Malformed and invalid modules are skipped. Prints the numbers of modules; the
// exit status is 1 if one fails.
#include <fmt/format.h>

#include "compiler/wasm/binary/read_module.h"
#include "compiler/wasm/validate/validate.h"
#include "runtime/base/file_content.h"
#include "test/round_trip/round_trip.h"

namespace {

// The numbers of files by result.
struct Tally {
  int passed = 0;
  int failed = 0;
  int skipped = 0;
};

base::Result<wasm::ValidModule> load(const char* path, base::ByteView bytes) {
  TRY_ASSIGN(wasm::Module module, wasm::readModule(path, bytes));
  return wasm::validate(std::move(module));
}

void checkFile(const char* path, Tally& tally) {
  base::Result<base::FileContent> file = base::FileContent::read(path);
  if (!file) {
    fmt::print("FAILED {}\n", file.error().text());
    ++tally.failed;
    return;
  }
  base::Result<wasm::ValidModule> module = load(path, file->bytes());
  if (!module) {
    ++tally.skipped;
    return;
  }
  base::Result<void> result = round_trip::checkRoundTrip(**module);
  if (!result) fmt::print("FAILED {}\n", result.error().text());
  ++(result.ok() ? tally.passed : tally.failed);
}

}  // namespace

int main(int argc, char** argv) {
  Tally tally;
  for (int i = 1; i < argc; ++i) checkFile(argv[i], tally);
  fmt::print("{} passed, {} failed, {} skipped\n", tally.passed, tally.failed, tally.skipped);
  return tally.failed == 0 ? 0 : 1;
}
