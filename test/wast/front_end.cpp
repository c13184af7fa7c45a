#include "test/wast/front_end.h"

#include "compiler/wasm/binary/instruction_reader.h"
#include "compiler/wasm/binary/read_expression.h"
#include "compiler/wasm/binary/read_module.h"
#include "compiler/wasm/binary/write_module.h"
#include "compiler/wasm/diagnostic.h"
#include "compiler/wasm/text/parse/parse_module.h"

namespace wast {
namespace {

using base::Result;
using wasm::ImmediateShape;
using wasm::TextModule;

using Checked = std::variant<CheckedModule, Rejection>;

Rejection malformed(base::Error error) { return {RejectedAs::Malformed, std::move(error)}; }
Rejection invalid(base::Error error) { return {RejectedAs::Invalid, std::move(error)}; }

// Returns whether the instruction refers to a data segment. The grammar of the binary format then
// demands a data count section ("Data Count Section" and "Modules" in the specification).
bool namesDataSegment(const wasm::Instruction& instruction) {
  ImmediateShape shape = wasm::opcodeInfo(instruction.op).immediate;
  return shape == ImmediateShape::data || shape == ImmediateShape::dataMemory ||
         shape == ImmediateShape::typeData;
}

// Checks the code of a function against the grammar of the binary format. The compiler does this
// during validation, which does not distinguish malformed from invalid code.
Result<void> checkGrammar(const wasm::Module& module, wasm::CodeRange code) {
  wasm::Cursor in(module.bytes, code);
  wasm::readExpression(in);
  TRY(in.status(module.fileName));
  if (!in.atEnd()) return wasm::errorAt(module, in.offset(), "instruction after the final end");
  wasm::InstructionReader reader(module, code);
  for (wasm::Instruction instruction; !module.dataCount && !reader.atEnd();) {
    TRY(reader.next(instruction));
    if (namesDataSegment(instruction))
      return wasm::errorAt(module, instruction.offset, "data count section required");
  }
  return {};
}

// Reads a binary module including its function bodies.
Result<wasm::Module> decode(const std::string& fileName, base::ByteView bytes) {
  TRY_ASSIGN(wasm::Module module, wasm::readModule(fileName, bytes));
  for (const wasm::Function& function : module.functions) {
    if (!function.isImport) TRY(checkGrammar(module, function.body));
  }
  return module;
}

Checked checkBinary(const std::string& fileName, base::Bytes bytes) {
  auto module = decode(fileName, bytes);
  if (!module) return malformed(module.error());
  auto valid = wasm::validate(std::move(*module));
  if (!valid) return invalid(valid.error());
  return CheckedModule{std::move(bytes), std::move(*valid)};
}

// The module is validated as it was parsed, so that errors have positions in the text. Then its
// binary is read and validated, as the compiler does.
Checked checkText(const std::string& fileName, TextModule text) {
  auto written = wasm::writeModule(text.module);
  if (!written) return malformed(written.error());
  auto valid = wasm::validate(std::move(text.module));
  if (!valid) return invalid(valid.error());
  return checkBinary(fileName, std::move(*written));
}

base::Bytes toBytes(const std::string& content) { return {content.begin(), content.end()}; }

}  // namespace

Checked checkModule(const std::string& fileName, std::string_view script, const Module& module) {
  if (module.form == ModuleForm::Binary) return checkBinary(fileName, toBytes(module.content));
  if (module.form == ModuleForm::Quote) {
    auto parsed = wasm::parseModule(fileName, module.content);
    return parsed ? checkText(fileName, std::move(*parsed)) : malformed(parsed.error());
  }
  wasm::TextCursor cursor(script, std::make_shared<wasm::StringPool>());
  cursor.seek(module.fields);
  auto parsed = wasm::parseModuleFields(fileName, cursor, module.name);
  return parsed ? checkText(fileName, std::move(*parsed)) : malformed(parsed.error());
}

}  // namespace wast
