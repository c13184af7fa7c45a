#include "test/differential/host_calls.h"

#include <cstring>

#include "runtime/base/check.h"

namespace differential {

void HostCalls::addState() {
  if (const runtime::Global* global = instance_->global("g0")) add(global->cell()->i32);
  if (const runtime::Global* global = instance_->global("g1")) add64(global->cell()->i64);
  if (const runtime::Global* global = instance_->global("g3")) add(global->cell()->i32);
  if (++calls_ > kWithMemory) return;
  for (uint32_t i = 0; i < memories_; ++i) {
    std::span<const uint8_t> bytes = instance_->memoryAt(i).bytes();
    for (size_t at = 0; at < bytes.size(); at += sizeof(uint32_t)) {
      uint32_t word;
      std::memcpy(&word, bytes.data() + at, sizeof word);
      if (word != 0) add(word + static_cast<uint32_t>(at));
    }
  }
}

uint32_t HostCalls::called(runtime::Caller* caller, uint32_t first, uint64_t second) {
  HostCalls& self = *static_cast<HostCalls*>(caller->env);
  self.add(first);
  self.add64(second);
  self.addState();
  return first ^ static_cast<uint32_t>(second);
}

uint32_t HostCalls::calledAgain(runtime::Caller* caller, uint32_t first, uint64_t second) {
  HostCalls& self = *static_cast<HostCalls*>(caller->env);
  std::optional<runtime::Func> function = self.instance_->function("f3");
  if (!function) return 0;
  auto results = function->call({runtime::Value::i32(first), runtime::Value::i64(second)});
  if (results) return results->front().slot.i32;
  CHECK(results.error().isTrap());
  runtime::requestTrap(*caller, results.error().trap());
  return 0;
}

}  // namespace differential
