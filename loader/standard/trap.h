// The traps of wasm.h, and their frames.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "loader/standard/ref.h"
#include "runtime/trap/trap.h"

// A frame.
struct wasm_frame_t {
  std::unique_ptr<wasm_instance_t> instance;  // null if it is unknown
  uint32_t functionIndex = 0;
  size_t functionOffset = 0;
  size_t moduleOffset = 0;
};

namespace standard {

// A frame, with what keeps its instance.
struct FrameRecord {
  runtime::Frame frame;
  std::shared_ptr<InstanceUse> use;  // null if the instance is unknown
};

// A trap. Its references share it.
struct TrapRecord {
  runtime::Trap trap;
  std::vector<FrameRecord> frames;
  HostInfo info;
};

// Return a new trap: of the runtime's failure of a call, or with a message and without frames. If a
// function of the program has returned the trap, it is the same object.
wasm_trap_t* newTrap(const Entry& entry, const runtime::Failure& failure);
wasm_trap_t* newTrap(const std::shared_ptr<StoreOwner>& owner, std::string message);

// Makes a trap of the program's function end the call of the guest. Takes the trap over.
void passTrap(std::unique_ptr<wasm_trap_t> trap, runtime::Caller& caller, const Entry& entry);

}  // namespace standard

// A reference to a trap.
struct wasm_trap_t final
    : standard::SharedRef<standard::RefKind::Trap, standard::TrapRecord, wasm_trap_t> {
  using SharedRef::SharedRef;
};
