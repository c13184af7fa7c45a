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
  constexpr FeatureSet with(FeatureSet more) const {
    more.bits_ |= bits_;
    return more;
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

// What is supported of a module, feature by feature. A feature's types may be well before its
// instructions are: references that no instruction looks behind need no translation.
struct Support {
  FeatureSet instructions;
  FeatureSet declarations;
};

class RequiredFeatures {
 public:
  // Both keep the use that comes first in the input. An instruction may also be one of a constant
  // expression; all else (types, limits, kinds of imports and segments) is a declaration.
  void noteInstruction(Feature feature, uint32_t offset, std::string_view what) {
    keepFirst(instructions_[static_cast<size_t>(feature)], {feature, offset, what});
  }
  void noteDeclaration(Feature feature, uint32_t offset, std::string_view what) {
    keepFirst(declarations_[static_cast<size_t>(feature)], {feature, offset, what});
  }

  // Where the feature is needed first, if at all.
  std::optional<FeatureUse> use(Feature feature) const;
  // The use outside `support` that comes first in the input, if there is one.
  std::optional<FeatureUse> firstOutside(const Support& support) const;

 private:
  using Uses = std::array<FeatureUse, kFeatureCount>;

  static void keepFirst(FeatureUse& first, const FeatureUse& use) {
    if (first.what.empty() || (!use.what.empty() && use.offset < first.offset)) first = use;
  }
  static void keepFirstOutside(FeatureUse& first, const Uses& uses, FeatureSet supported);

  Uses instructions_{};
  Uses declarations_{};
};

class ValidModule;

// An error that names feature, place and cause, unless `support` covers the module.
base::Result<void> checkSupported(const ValidModule& module, const Support& support);

}  // namespace wasm
