// How a call into a guest can end other than by returning: a trap, or the guest's own exit.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "runtime/abi/types.h"
#include "runtime/base/check.h"

namespace runtime {

struct Frame {
  std::string module;    // the module's name, or empty
  std::string function;  // from the name section or an export; else "func[N]"
  uint32_t functionIndex = 0;
  uint32_t wasmOffset = 0;  // of the instruction, in the .wasm file; 0 when unknown
};

struct Trap {
  abi::TrapCode code = abi::TrapCode::None;
  std::string message;                // the specification's wording, or the host function's
  std::optional<int32_t> exitStatus;  // the guest asked to exit with this status: not a failure
  std::vector<Frame> backtrace;       // innermost first

  // The message, then a line per frame: number, wasm offset, module and function.
  //   unreachable
  //     0: 0x1f3a  app!$main
  std::string text() const;
};

// Either a T or the trap that took its place.
template <class T>
class [[nodiscard]] Outcome {
 public:
  Outcome(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Outcome(Trap trap) : state_(std::in_place_index<1>, std::move(trap)) {}

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }
  T& value() {
    CHECK(ok());
    return *std::get_if<0>(&state_);
  }
  const T& value() const {
    CHECK(ok());
    return *std::get_if<0>(&state_);
  }
  Trap& trap() {
    CHECK(!ok());
    return *std::get_if<1>(&state_);
  }
  const Trap& trap() const {
    CHECK(!ok());
    return *std::get_if<1>(&state_);
  }

 private:
  std::variant<T, Trap> state_;
};

}  // namespace runtime
