// Traps: the result of a call into a guest that does not return, because an instruction trapped, a
// host function requested a trap, or the guest exited.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "runtime/abi/types.h"
#include "runtime/base/check.h"
#include "runtime/base/result.h"

namespace runtime {

class Rooted;  // root_table.h
using base::Expected;

class CompiledCode;

// A function of a guest that was active at a trap. An inlined function has a frame of its own.
struct Frame {
  std::string module;          // the module's name, or empty
  std::string function;        // from the name section or an export; else "func[N]"
  uint32_t functionIndex = 0;  // with imports first
  // The byte offset of the current instruction in the .wasm file; 0 if it is unknown.
  uint32_t wasmOffset = 0;
  // The offset of the function's entry in the code section; 0 if it is unknown.
  uint32_t functionOffset = 0;
  // The module, and the address of the instance's context: to be compared only. The context is null
  // or another address if it is unknown, so that it must be one of an instance of the module.
  const CompiledCode* code = nullptr;
  const void* context = nullptr;
};

// The reason why a call into a guest ended, and where.
struct Trap {
  abi::TrapCode code = abi::TrapCode::None;
  std::string message;                // as in the specification's tests, or the host function's
  std::optional<int32_t> exitStatus;  // present if the guest exited, which is not a failure
  std::vector<Frame> backtrace;       // innermost frame first
  // The handle of the exception; null unless the code is UncaughtException.
  std::shared_ptr<const Rooted> exception;

  // Returns the message, and a line for each frame: number, wasm offset, module and function.
  //   unreachable
  //     0: 0x1f3a  app!$main
  std::string text() const;
};

// Returns a trap with this code and its message, without a backtrace.
Trap trapOf(abi::TrapCode code);

// The reason why a call or an instantiation has no result: an Error if it could not begin, such as
// for arguments that do not fit or an import that is missing, or else a Trap.
class Failure {
 public:
  Failure(base::Error error) : cause_(std::move(error)) {}
  Failure(Trap trap) : cause_(std::move(trap)) {}

  bool isTrap() const { return std::holds_alternative<Trap>(cause_); }
  // Return the Trap or the Error. CHECK that the failure is one.
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
  // Returns the text of the Error or the Trap, for messages.
  std::string text() const { return isTrap() ? trap().text() : error().text(); }

 private:
  std::variant<base::Error, Trap> cause_;
};

}  // namespace runtime
