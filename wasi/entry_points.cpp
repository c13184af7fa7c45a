#include "wasi/entry_points.h"

#include <optional>
#include <utility>

namespace wasi {

base::Expected<void, runtime::Failure> initialize(const runtime::Instance& instance) {
  std::optional<runtime::Func> function = instance.function(kInitialize);
  if (function) TRY(function->call({}));
  return {};
}

base::Expected<int32_t, runtime::Failure> runCommand(const runtime::Instance& instance) {
  std::optional<runtime::Func> start = instance.function(kStart);
  CHECK(start.has_value());
  auto outcome = start->call({});
  if (outcome) return 0;
  const runtime::Failure& failure = outcome.error();
  // proc_exit unwinds the guest's frames by a trap that carries the exit status.
  if (failure.isTrap() && failure.trap().exitStatus) return *failure.trap().exitStatus;
  return std::move(outcome).error();
}

}  // namespace wasi
