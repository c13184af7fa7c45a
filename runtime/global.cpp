#include "runtime/global.h"

#include <fmt/format.h>

namespace runtime {

Value Global::get() const {
  Value value;
  value.kind = type_.value;
  value.slot = *cell_;
  return value;
}

base::Result<void> Global::set(const Value& value) {
  if (!type_.isMutable) return base::Error{"", "the global is immutable"};
  if (value.kind != type_.value) {
    return base::Error{"",
                       fmt::format("{} for a global of {}", text(value.kind), text(type_.value))};
  }
  *cell_ = value.slot;
  return {};
}

}  // namespace runtime
