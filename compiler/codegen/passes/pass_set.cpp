#include "compiler/codegen/passes/pass_set.h"

#include <iterator>

#include "compiler/codegen/passes/pass.h"

namespace codegen {
namespace {

enum class PassKind : uint8_t { Required, Optional };

struct PassRow {
  Pass pass;
  std::string_view name;
  PassKind kind;
};

constexpr PassRow kPasses[] = {
#define PASS(stage, id, name, kind, when, construction) {Pass::id, name, PassKind::kind},
#define STEP(stage, when, construction)
#include "compiler/codegen/passes/passes.def"
#undef PASS
#undef STEP
};
static_assert(std::size(kPasses) <= 64, "PassSet has a bit for each");

}  // namespace

std::vector<std::string_view> optionalPassNames() {
  std::vector<std::string_view> names;
  for (const PassRow& row : kPasses) {
    if (row.kind == PassKind::Optional) names.push_back(row.name);
  }
  return names;
}

std::optional<Pass> findOptionalPass(std::string_view name) {
  for (const PassRow& row : kPasses) {
    if (row.name == name && row.kind == PassKind::Optional) return row.pass;
  }
  return std::nullopt;
}

}  // namespace codegen
