// The parser of functions: signature, locals and body (section 6.6.7).
#include <fmt/format.h>

#include <algorithm>

#include "compiler/wasm/limits.h"
#include "compiler/wasm/text/parse/code_parser.h"
#include "compiler/wasm/text/parse/parse_fields.h"
#include "compiler/wasm/text/parse/parse_types.h"

namespace wasm {
namespace {

// Collects the locals of a function in runs of the same type.
class LocalList {
 public:
  LocalList(ParseContext& p, Function& function, uint32_t params)
      : p_(p), function_(function), count_(params) {}

  // Parses `(local $name type)` or `(local type*)` after its head.
  void parse() {
    if (std::optional<ItemName> name = p_.takeName()) {
      p_.code->bindLocal(*name, count_);
      add(expectValueType(p_));
    } else {
      while (atValueType(p_.in)) add(expectValueType(p_));
    }
    p_.in.expectClose();
  }

 private:
  // The limit is checked for each local, so that memory is bounded.
  void add(ValueType type) {
    if (++count_ > kMaxLocals) {
      p_.in.fail(p_.in.peek().offset,
                 fmt::format("too many locals: at most {} are supported", kMaxLocals));
    }
    std::vector<LocalRun>& runs = function_.locals;
    if (runs.empty() || runs.back().type != type) runs.push_back({0, type});
    ++runs.back().count;
  }

  ParseContext& p_;
  Function& function_;
  uint32_t count_;
};

// Returns the number of parameters, which is the index of the first local after them. A type that
// is not known yet counts as one without parameters: checkComplete() refuses the module if the type
// is added later, and validation if it is not.
uint32_t paramCount(ParseContext& p, uint32_t typeIndex) {
  if (typeIndex >= p.module.types.size()) {
    p.firstUnknownType = std::min(p.firstUnknownType, typeIndex);
    return 0;
  }
  return static_cast<uint32_t>(p.module.types[typeIndex].func.params.size());
}

}  // namespace

void parseFunctionField(ParseContext& p) {
  uint32_t index = static_cast<uint32_t>(p.module.functions.size());
  Function function{.offset = p.fieldOffset};
  p.in.expectList("func");
  function.isImport = parseDefinitionHead(p, ExternKind::Function, p.names.functions, index);
  // The names of parameters are bound before those of locals, in the same scope.
  p.code->beginFunction(index);
  function.typeIndex = expectTypeUse(p, bindLocal);
  if (!function.isImport && p.in.ok()) {
    LocalList locals(p, function, paramCount(p, function.typeIndex));
    while (p.in.takeList("local")) locals.parse();
    function.body = p.code->expectInstructions();
  }
  p.code->endFunction();
  p.in.expectClose();
  p.module.functions.push_back(std::move(function));
}

}  // namespace wasm
