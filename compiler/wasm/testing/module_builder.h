// Makes modules in the binary format for tests and fuzzer seeds. The contents of sections are given
// as bytes, so that modules can be malformed or invalid.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/wasm/binary/sections.h"
#include "compiler/wasm/instruction.h"
#include "compiler/wasm/types.h"
#include "runtime/base/bytes.h"

namespace wasm {

// Return the concatenation of byte strings, a name with its length, and an encoded instruction.
base::Bytes concat(std::initializer_list<base::ByteView> parts);
base::Bytes encodeName(std::string_view name);
base::Bytes encodeInstruction(const Instruction& instruction);

// Collects the sections of a module.
class ModuleBuilder {
 public:
  // Append a type or function and return its index among the items of its section. In a module with
  // imported functions the caller must add their number. `code` comes without the final `end`.
  uint32_t type(const ValueTypes& params, const ValueTypes& results);
  uint32_t rawType(base::ByteView subType);
  uint32_t function(uint32_t type, base::ByteView code, const std::vector<LocalRun>& locals = {});
  uint32_t function(uint32_t type, std::initializer_list<uint8_t> code,
                    const std::vector<LocalRun>& locals = {});
  // Append an import or export. `type` is what follows the kind of the import.
  void import(std::string_view module, std::string_view name, ExternKind kind, base::ByteView type);
  void exportItem(std::string_view name, ExternKind kind, uint32_t index);
  // Append an encoded item to a section that is a list.
  void item(SectionId section, base::ByteView bytes);
  void item(SectionId section, std::initializer_list<uint8_t> bytes);
  // Sets the whole contents of a section.
  void contents(SectionId section, base::ByteView bytes);
  // Appends a custom section.
  void custom(std::string_view name, base::ByteView bytes);

  // Returns the module: magic, version and the sections in their order, custom ones last.
  base::Bytes build() const;

 private:
  struct Section {
    uint32_t count = 0;
    bool isVector = false;
    base::Bytes bytes;
  };
  std::map<SectionId, Section> sections_;
  std::vector<base::Bytes> customs_;
};

// Returns a valid module that has every section and most kinds of items.
base::Bytes sampleModule();

// Returns a valid module with a function of all instructions that validate in unreachable code
// without further context.
base::Bytes everyInstructionModule();

// Returns the instruction with immediates that are not zero and differ from each other, so that
// tests notice if two are confused.
Instruction sampleInstruction(Op op);

}  // namespace wasm
