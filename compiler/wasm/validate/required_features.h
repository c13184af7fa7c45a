// The features beyond WebAssembly 1.0 that a module needs, and the first use of each. They are
// collected during validation, so that the compiler can refuse a module that needs a feature which
// it does not translate, with position and cause.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>

#include "compiler/wasm/opcode.h"
#include "runtime/base/result.h"

namespace wasm {

// The number of features.
inline constexpr uint32_t kFeatureCount = 0
#define FEATURE(id, text) +1
#include "compiler/wasm/features.def"
#undef FEATURE
    ;

// A set of features, stored as bits. It always contains WebAssembly 1.0 ("mvp").
class FeatureSet {
 public:
  constexpr FeatureSet(std::initializer_list<Feature> features) {
    for (Feature feature : features) bits_ |= bit(feature);
  }
  // Returns the union of both sets.
  constexpr FeatureSet with(FeatureSet more) const {
    more.bits_ |= bits_;
    return more;
  }
  // Returns the set without a feature.
  constexpr FeatureSet without(Feature feature) const {
    FeatureSet rest = *this;
    rest.bits_ &= ~bit(feature);
    return rest;
  }
  // Returns whether the set contains the feature.
  constexpr bool has(Feature feature) const { return (bits_ & bit(feature)) != 0; }

 private:
  static_assert(kFeatureCount <= 32);
  static constexpr uint32_t bit(Feature feature) { return 1u << static_cast<uint32_t>(feature); }
  uint32_t bits_ = bit(Feature::mvp);
};

// The position and the cause of a feature's use.
struct FeatureUse {
  Feature feature = Feature::mvp;
  uint32_t offset = 0;    // in Module::bytes
  std::string_view what;  // for messages: "v128.load", "shared memory"; a string literal
};

// The features whose instructions are supported, and those whose declarations are. The two may
// differ: a module can declare and pass on references of types whose instructions are not
// translated.
struct Support {
  FeatureSet instructions;
  FeatureSet declarations;
};

// The features that a module needs.
class RequiredFeatures {
 public:
  // Record a use of a feature at `offset` in Module::bytes. Of several uses of a feature, the one
  // with the smallest offset is kept. Instructions include those of constant expressions.
  // Everything else is a declaration: types, limits, kinds of imports and segments. `what` must be
  // a string literal.
  void noteInstruction(Feature feature, uint32_t offset, std::string_view what) {
    keepFirst(instructions_[static_cast<size_t>(feature)], {feature, offset, what});
  }
  void noteDeclaration(Feature feature, uint32_t offset, std::string_view what) {
    keepFirst(declarations_[static_cast<size_t>(feature)], {feature, offset, what});
  }

  // Returns the first use of a feature in the input, or nothing if the module does not need it.
  std::optional<FeatureUse> use(Feature feature) const;
  // Returns the first use in the input of a feature that is not in `support`, or nothing if all
  // are.
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

// Returns an error at the position of the use, which names the feature and the cause, if the module
// needs a feature that is not in `support`.
base::Result<void> checkSupported(const ValidModule& module, const Support& support);

}  // namespace wasm
