#include "runtime/instance/global.h"

#include <fmt/format.h>

#include "runtime/types/type_descriptors.h"
#include "runtime/types/type_match.h"

namespace runtime {

Value Global::get() const {
  Value value;
  value.kind = type_.value.kind;
  value.slot = *cell_;
  return value;
}

base::Result<void> Global::set(const Value& value) {
  if (!type_.isMutable) return base::Error{"", "the global is immutable"};
  if (!fits(value, type_.value)) {
    return base::Error{
        "", fmt::format("{} for a global of {}", text(typeOf(value)), text(type_.value))};
  }
  *cell_ = value.slot;
  return {};
}

void Global::visitRoots(RootVisitor& visitor) {
  if (isTraced(type_.value)) visitor.reference(cell_->i64);
}

}  // namespace runtime
