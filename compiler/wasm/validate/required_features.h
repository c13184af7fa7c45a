// What a module needs beyond WebAssembly 1.0, and where it needs it first. Collected while
// validating, so that the compiler can refuse what it does not translate with the place and the
// cause.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>

#include "compiler/wasm/opcode.h"
#include "runtime/base/result.h"

namespace wasm {

inline constexpr uint32_t kFeatureCount = 0
#define FEATURE(id, text) +1
#include "compiler/wasm/features.def"
#undef FEATURE
    ;

class FeatureSet {
 public:
  constexpr FeatureSet(std::initializer_list<Feature> features) {
    for (Feature feature : features) bits_ |= bit(feature);
  }
  constexpr bool has(Feature feature) const { return (bits_ & bit(feature)) != 0; }

 private:
  static_assert(kFeatureCount <= 32);
  static constexpr uint32_t bit(Feature feature) { return 1u << static_cast<uint32_t>(feature); }
  uint32_t bits_ = bit(Feature::mvp);
};

struct FeatureUse {
  Feature feature = Feature::mvp;
  uint32_t offset = 0;    // in the input
  std::string_view what;  // "v128.load", "shared memory"; a constant
};

class RequiredFeatures {
 public:
  // Keeps the use that comes first in the input.
  void note(Feature feature, uint32_t offset, std::string_view what) {
    FeatureUse& use = uses_[static_cast<size_t>(feature)];
    if (use.what.empty() || offset < use.offset) use = {feature, offset, what};
  }

  // Where the feature is needed first, if at all.
  std::optional<FeatureUse> use(Feature feature) const;
  // The use outside `supported` that comes first in the input, if there is one.
  std::optional<FeatureUse> firstOutside(FeatureSet supported) const;

 private:
  std::array<FeatureUse, kFeatureCount> uses_{};
};

class ValidModule;

// An error that names feature, place and cause, unless `supported` covers the module.
base::Result<void> checkSupported(const ValidModule& module, FeatureSet supported);

}  // namespace wasm
