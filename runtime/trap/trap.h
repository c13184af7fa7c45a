// How a call into a guest ends if it does not return: by a trap, or by an exit that the guest asked
// for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "runtime/abi/types.h"
#include "runtime/base/check.h"
#include "runtime/base/result.h"

namespace runtime {

using base::Expected;

struct Frame {
  std::string module;    // the module's name, or empty
  std::string function;  // from the name section or an export; else "func[N]"
  uint32_t functionIndex = 0;
  uint32_t wasmOffset = 0;  // of the instruction, in the .wasm file; 0 when unknown
};

// What ended a call into a guest.
struct Trap {
  abi::TrapCode code = abi::TrapCode::None;
  std::string message;                // as in the specification's tests, or the host function's
  std::optional<int32_t> exitStatus;  // the guest asked to exit with this status: not a failure
  std::vector<Frame> backtrace;       // innermost first

  // Returns the message and a line per frame: number, wasm offset, module and function.
  //   unreachable
  //     0: 0x1f3a  app!$main
  std::string text() const;
};

// Why a call or an instantiation gave no result: either the host asked for what cannot be done, and
// nothing was run (an Error: arguments that do not fit, an import that is not there), or guest code
// was run and ended in a trap or in an exit (a Trap).
class Failure {
 public:
  Failure(base::Error error) : cause_(std::move(error)) {}
  Failure(Trap trap) : cause_(std::move(trap)) {}

  bool isTrap() const { return std::holds_alternative<Trap>(cause_); }
  // CHECKs that it is one; likewise error().
  const Trap& trap() const& {
    CHECK(isTrap());
    return *std::get_if<Trap>(&cause_);
  }
  Trap&& trap() && {
    CHECK(isTrap());
    return std::move(*std::get_if<Trap>(&cause_));
  }
  const base::Error& error() const {
    CHECK(!isTrap());
    return *std::get_if<base::Error>(&cause_);
  }
  // Returns the text of the error or the trap.
  std::string text() const { return isTrap() ? trap().text() : error().text(); }

 private:
  std::variant<base::Error, Trap> cause_;
};

}  // namespace runtime
