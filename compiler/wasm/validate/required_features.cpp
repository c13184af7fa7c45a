#include "compiler/wasm/validate/required_features.h"

#include <fmt/format.h>

#include "compiler/wasm/diagnostic.h"
#include "compiler/wasm/validate/validate.h"

namespace wasm {

std::optional<FeatureUse> RequiredFeatures::use(Feature feature) const {
  const FeatureUse& use = uses_[static_cast<size_t>(feature)];
  if (use.what.empty()) return std::nullopt;
  return use;
}

std::optional<FeatureUse> RequiredFeatures::firstOutside(FeatureSet supported) const {
  std::optional<FeatureUse> first;
  for (const FeatureUse& use : uses_) {
    if (use.what.empty() || supported.has(use.feature)) continue;
    if (!first || use.offset < first->offset) first = use;
  }
  return first;
}

base::Result<void> checkSupported(const ValidModule& module, FeatureSet supported) {
  std::optional<FeatureUse> use = module.requiredFeatures().firstOutside(supported);
  if (!use) return {};
  return errorAt(*module, use->offset,
                 fmt::format("needs {} ({}), which is not supported yet", featureName(use->feature),
                             use->what));
}

}  // namespace wasm
