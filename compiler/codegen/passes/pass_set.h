// Names for our passes, and sets of them.
#pragma once

#include <bitset>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace codegen {

// A row of passes.def; its values are in pass.h, so that a row more touches only what names one.
enum class Pass : uint8_t;

class PassSet {
 public:
  void insert(Pass pass) { bits_.set(static_cast<size_t>(pass)); }
  bool contains(Pass pass) const { return bits_.test(static_cast<size_t>(pass)); }

 private:
  std::bitset<64> bits_;
};

// The names of the passes that may be left out, in the order of their rows.
std::vector<std::string_view> optionalPassNames();
// The pass of that name, if it may be left out.
std::optional<Pass> findOptionalPass(std::string_view name);

}  // namespace codegen
