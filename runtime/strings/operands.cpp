#include "runtime/strings/operands.h"

#include "runtime/instance/store_state.h"

namespace strings {

using abi::TrapCode;
using runtime::Caller;

void trap(Caller* caller, TrapCode code) { runtime::requestTrap(*caller, runtime::trapOf(code)); }

runtime::StoreState& storeOf(Caller* caller) {
  return runtime::StoreState::of(runtime::GuestState::of(*caller->state));
}

bool checkString(Caller* caller, runtime::ExternRef reference) {
  if (isString(reference.word)) return true;
  trap(caller, reference.word == 0 ? TrapCode::NullReference : TrapCode::CastFailure);
  return false;
}

bool checkRange(Caller* caller, const abi::ObjectHeader* array, uint64_t begin, uint64_t end) {
  if (array != nullptr && begin <= end && end <= array->length) return true;
  trap(caller, array == nullptr ? TrapCode::NullArray : TrapCode::ArrayOutOfBounds);
  return false;
}

std::optional<Units> checkUnits(Caller* caller, runtime::ExternRef reference) {
  if (!checkString(caller, reference)) return std::nullopt;
  std::optional<Units> units = unitsOf(storeOf(caller), reference.word);
  if (!units) trap(caller, TrapCode::AllocationFailure);
  return units;
}

StringResult checkAllocated(Caller* caller, uint64_t word) {
  if (word == 0) trap(caller, TrapCode::AllocationFailure);
  return {word};
}

}  // namespace strings
