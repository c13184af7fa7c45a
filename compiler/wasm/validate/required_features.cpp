#include "compiler/wasm/validate/required_features.h"

#include <fmt/format.h>

#include "compiler/wasm/diagnostic.h"
#include "compiler/wasm/validate/validate.h"

namespace wasm {

std::optional<FeatureUse> RequiredFeatures::use(Feature feature) const {
  FeatureUse first = instructions_[static_cast<size_t>(feature)];
  keepFirst(first, declarations_[static_cast<size_t>(feature)]);
  if (first.what.empty()) return std::nullopt;
  return first;
}

std::optional<FeatureUse> RequiredFeatures::firstOutside(const Support& support) const {
  FeatureUse first;
  keepFirstOutside(first, instructions_, support.instructions);
  keepFirstOutside(first, declarations_, support.declarations);
  if (first.what.empty()) return std::nullopt;
  return first;
}

void RequiredFeatures::keepFirstOutside(FeatureUse& first, const Uses& uses, FeatureSet supported) {
  for (const FeatureUse& use : uses) {
    if (!supported.has(use.feature)) keepFirst(first, use);
  }
}

base::Result<void> checkSupported(const ValidModule& module, const Support& support) {
  std::optional<FeatureUse> use = module.requiredFeatures().firstOutside(support);
  if (!use) return {};
  return errorAt(*module, use->offset,
                 fmt::format("needs {} ({}), which is not supported yet", featureName(use->feature),
                             use->what));
}

}  // namespace wasm
