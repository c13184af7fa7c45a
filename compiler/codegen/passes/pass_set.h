// Names for our passes, and sets of them.
#pragma once

#include <bitset>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace codegen {

// A row of passes.def.
enum class Pass : uint8_t {
#define PASS(id, name, kind, construction) id,
#include "compiler/codegen/passes/passes.def"
#undef PASS
};

#define PASS(id, name, kind, construction) +1
inline constexpr size_t kPassCount = 0
#include "compiler/codegen/passes/passes.def"
    ;
#undef PASS

class PassSet {
 public:
  void insert(Pass pass) { bits_.set(static_cast<size_t>(pass)); }
  bool contains(Pass pass) const { return bits_.test(static_cast<size_t>(pass)); }

 private:
  std::bitset<kPassCount> bits_;
};

// The names of the passes that may be left out, in the order of their rows.
std::vector<std::string_view> optionalPassNames();
// The pass of that name, if it may be left out.
std::optional<Pass> findOptionalPass(std::string_view name);

}  // namespace codegen
