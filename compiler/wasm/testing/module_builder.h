// Makes modules for tests and fuzzer seeds, byte by byte: also such as no well-meaning writer would
// produce.
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

base::Bytes concat(std::initializer_list<base::ByteView> parts);
base::Bytes encodeName(std::string_view name);
base::Bytes encodeInstruction(const Instruction& instruction);

class ModuleBuilder {
 public:
  // Each appends an item to the section and returns its index among the section's items. Imports
  // are the caller's to count.
  uint32_t type(const ValueTypes& params, const ValueTypes& results);
  uint32_t rawType(base::ByteView subType);
  // `type`: what follows the kind.
  void import(std::string_view module, std::string_view name, ExternKind kind, base::ByteView type);
  // `code` is without its end; `locals` are encoded runs.
  uint32_t function(uint32_t type, base::ByteView code, const std::vector<LocalRun>& locals = {});
  uint32_t function(uint32_t type, std::initializer_list<uint8_t> code,
                    const std::vector<LocalRun>& locals = {});
  void exportItem(std::string_view name, ExternKind kind, uint32_t index);
  // Appends an encoded item to a section that is a vector.
  void item(SectionId section, base::ByteView bytes);
  void item(SectionId section, std::initializer_list<uint8_t> bytes);
  // Sets the contents of a section as a whole.
  void contents(SectionId section, base::ByteView bytes);
  void custom(std::string_view name, base::ByteView bytes);

  // Magic, version and the sections in their order, custom ones last.
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

// A valid module that has every section and most kinds of items.
base::Bytes sampleModule();

// A valid module with a function that holds every instruction it can: all whose signature has
// operands of plain types, in unreachable code.
base::Bytes everyInstructionModule();

// `op` with immediates that are neither zero nor equal, so that a confusion of two shows.
Instruction sampleInstruction(Op op);

}  // namespace wasm
