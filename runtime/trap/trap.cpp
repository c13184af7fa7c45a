#include "runtime/trap/trap.h"

#include <fmt/format.h>

#include <iterator>

#include "runtime/base/utf8.h"

namespace runtime {

std::string Trap::text() const {
  std::string out = base::printable(message, base::LineBreaks::Kept);
  for (size_t i = 0; i < backtrace.size(); ++i) {
    const Frame& frame = backtrace[i];
    std::string offset =
        frame.wasmOffset == 0 ? std::string("?") : fmt::format("{:#x}", frame.wasmOffset);
    // Named functions are written as identifiers of the text format.
    bool isNamed = !frame.function.starts_with("func[");
    out += fmt::format("\n{:3}: {}  {}{}{}{}", i, offset, base::printable(frame.module),
                       frame.module.empty() ? "" : "!", isNamed ? "$" : "",
                       base::printable(frame.function));
  }
  return out;
}

Trap trapOf(abi::TrapCode code) {
  Trap trap;
  trap.code = code;
  trap.message = abi::trapText(code);
  return trap;
}

}  // namespace runtime
