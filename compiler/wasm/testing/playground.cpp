#include "compiler/wasm/testing/playground.h"

#include "compiler/wasm/binary/read_module.h"
#include "compiler/wasm/validate/validate.h"

namespace wasm {
namespace {

constexpr uint8_t kEnd = 0x0b;

base::Result<ValidModule> validateNamed(const base::Bytes& bytes) {
  TRY_ASSIGN(Module module, readModule("a.wasm", bytes));
  return validate(std::move(module));
}

}  // namespace

ModuleBuilder playground() {
  ModuleBuilder builder;
  builder.type({}, {});
  builder.type({kI32}, {kI32});
  builder.type({}, {kI32, kI64});
  builder.rawType(base::Bytes{0x50, 0, 0x5f, 3, 0x7f, 1, 0x78, 0, 0x7c, 0});
  builder.rawType(base::Bytes{0x5e, 0x77, 1});
  builder.rawType(base::Bytes{0x5e, 0x64, 0x70, 0});
  builder.rawType(base::Bytes{0x4f, 1, kStructType, 0x5f, 3, 0x7f, 1, 0x78, 0, 0x7c, 0});
  builder.rawType(base::Bytes{0x5e, 0x70, 1});
  builder.type({kI64}, {kI32});

  builder.function(kVoidFunc, {});
  builder.function(kI32Func, {0x20, 0});
  builder.function(kPairFunc, {0x41, 1, 0x42, 2});
  builder.item(SectionId::Table, {0x70, 0, 4});
  builder.item(SectionId::Table, {0x6f, 0, 4});
  builder.item(SectionId::Table, {0x70, 4, 4});
  builder.item(SectionId::Memory, {0, 1});
  builder.item(SectionId::Memory, {4, 1});
  builder.item(SectionId::Tag, {0, kVoidFunc});
  builder.type({kI32}, {});
  builder.item(SectionId::Tag, {0, 9});
  builder.item(SectionId::Global, {0x7f, 0, 0x41, 0, kEnd});
  builder.item(SectionId::Global, {0x7e, 1, 0x42, 0, kEnd});
  builder.item(SectionId::Element, {1, 0, 1, 1});
  builder.item(SectionId::Element, {5, 0x6f, 1, 0xd0, 0x6f, kEnd});
  builder.contents(SectionId::DataCount, base::Bytes{1});
  builder.item(SectionId::Data, {1, 1, 'x'});
  return builder;
}

std::string validateCode(const ValueTypes& params, const ValueTypes& results, base::ByteView code,
                         const std::vector<LocalRun>& locals) {
  ModuleBuilder builder = playground();
  builder.function(builder.type(params, results), code, locals);
  base::Bytes bytes = builder.build();
  base::Result<ValidModule> result = validateNamed(bytes);
  return result.ok() ? "" : result.error().message;
}

std::string validateBytes(const base::Bytes& bytes) {
  base::Result<ValidModule> result = validateNamed(bytes);
  return result.ok() ? "" : result.error().text();
}

}  // namespace wasm
