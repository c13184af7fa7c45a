// The sections of a module (section 5.5.2) and the readers of their contents.
#pragma once

#include "compiler/wasm/binary/cursor.h"
#include "compiler/wasm/module.h"

namespace wasm {

// The ids of the sections in the binary format.
enum class SectionId : uint8_t {
  Custom = 0,
  Type = 1,
  Import = 2,
  Function = 3,
  Table = 4,
  Memory = 5,
  Global = 6,
  Export = 7,
  Start = 8,
  Element = 9,
  Code = 10,
  Data = 11,
  DataCount = 12,
  Tag = 13,
};

// The order in which the sections must appear (section 5.5.17), which differs from that of the ids.
// Custom sections may come anywhere.
inline constexpr SectionId kSectionOrder[] = {
    SectionId::Type,   SectionId::Import,  SectionId::Function,  SectionId::Table,
    SectionId::Memory, SectionId::Tag,     SectionId::Global,    SectionId::Export,
    SectionId::Start,  SectionId::Element, SectionId::DataCount, SectionId::Code,
    SectionId::Data,
};

// Returns the CustomSection::place of a custom section right after `section`.
constexpr uint8_t placeAfter(SectionId section) {
  uint8_t place = 1;
  for (SectionId id : kSectionOrder) {
    if (id == section) break;
    ++place;
  }
  return place;
}

// The first eight bytes of a module (section 5.5.17), as two little-endian numbers.
inline constexpr uint32_t kMagic = 0x6d736100;  // "\0asm"
inline constexpr uint32_t kVersion = 1;

// Read the contents of one section into `module` (sections 5.5.3 to 5.5.16). `in` is a cursor on
// these contents, with offsets in Module::bytes. It fails if they are malformed; the caller checks
// that all bytes were read. Sections must be read in the order of the module: imports come before
// the definitions of their index spaces, and functions before their bodies.
void readTypeSection(Module& module, Cursor& in);
void readImportSection(Module& module, Cursor& in);
void readFunctionSection(Module& module, Cursor& in);
void readTableSection(Module& module, Cursor& in);
void readMemorySection(Module& module, Cursor& in);
void readTagSection(Module& module, Cursor& in);
void readGlobalSection(Module& module, Cursor& in);
void readExportSection(Module& module, Cursor& in);
void readStartSection(Module& module, Cursor& in);
void readElementSection(Module& module, Cursor& in);
void readDataCountSection(Module& module, Cursor& in);
void readCodeSection(Module& module, Cursor& in);
void readDataSection(Module& module, Cursor& in);
void readCustomSection(Module& module, Cursor& in);

}  // namespace wasm
