#include "loader/elf/dynamic_table.h"

#include <fmt/format.h>

#include <string_view>

#include "runtime/abi/module_descriptor.h"

namespace loader {
namespace {

using base::Error;
using base::Result;

// The dynamic entries whose values are used. Each may occur once.
struct KnownTag {
  int64_t tag;
  uint64_t DynamicTable::*field;
};
constexpr KnownTag kKept[] = {
    {DT_RELA, &DynamicTable::relocations},  {DT_RELASZ, &DynamicTable::relocationsSize},
    {DT_SYMTAB, &DynamicTable::symbols},    {DT_STRTAB, &DynamicTable::strings},
    {DT_STRSZ, &DynamicTable::stringsSize}, {DT_GNU_HASH, &DynamicTable::gnuHash},
};

// The dynamic entries that the loader need not follow: the value must be `expected`, or it does not
// matter.
struct HarmlessTag {
  int64_t tag;
  const char* name;
  uint64_t expected;
};
constexpr uint64_t kAnyValue = ~uint64_t{0};
constexpr HarmlessTag kHarmless[] = {
    {DT_RELAENT, "DT_RELAENT", sizeof(Elf64_Rela)}, {DT_SYMENT, "DT_SYMENT", sizeof(Elf64_Sym)},
    {DT_RELACOUNT, "DT_RELACOUNT", kAnyValue},      {DT_FLAGS, "DT_FLAGS", DF_BIND_NOW},
    {DT_FLAGS_1, "DT_FLAGS_1", DF_1_NOW},           {DT_SONAME, "DT_SONAME", kAnyValue},
};

// Dynamic entries that have an error message of their own. All other entries are refused as well.
struct RefusedTag {
  int64_t tag;
  const char* why;
};
constexpr RefusedTag kRefused[] = {
    {DT_NEEDED, "needs other libraries (DT_NEEDED)"},
    {DT_INIT, "has code to run at load (DT_INIT)"},
    {DT_INIT_ARRAY, "has code to run at load (DT_INIT_ARRAY)"},
    {DT_PREINIT_ARRAY, "has code to run at load (DT_PREINIT_ARRAY)"},
    {DT_FINI, "has code to run at unload (DT_FINI)"},
    {DT_FINI_ARRAY, "has code to run at unload (DT_FINI_ARRAY)"},
    {DT_TEXTREL, "has text relocations (DT_TEXTREL)"},
    {DT_JMPREL, "calls functions of other libraries (DT_JMPREL)"},
};

Error refuseTag(int64_t tag) {
  for (const RefusedTag& refused : kRefused) {
    if (refused.tag == tag)
      return Error{"", fmt::format("{}, which a compiled module never has", refused.why)};
  }
  return Error{"", fmt::format("has a dynamic entry of unknown tag {:#x}", tag)};
}

Result<void> takeEntry(const Elf64_Dyn& entry, DynamicTable& table) {
  for (const KnownTag& kept : kKept) {
    if (kept.tag != entry.d_tag) continue;
    // With two values, the meaning of the file would be ambiguous.
    if (table.*kept.field != 0)
      return Error{"", fmt::format("has two dynamic entries of tag {:#x}", entry.d_tag)};
    table.*kept.field = entry.d_un.d_val;
    return {};
  }
  for (const HarmlessTag& harmless : kHarmless) {
    if (harmless.tag != entry.d_tag) continue;
    if (harmless.expected == kAnyValue || harmless.expected == entry.d_un.d_val) return {};
    return Error{"", fmt::format("damaged dynamic section: {} is {:#x}, expected {:#x}",
                                 harmless.name, entry.d_un.d_val, harmless.expected)};
  }
  return refuseTag(entry.d_tag);
}

// Returns the T at a virtual address, which the caller must have checked with loadOf().
template <class T>
T readAt(base::ByteView file, const ElfHeaders& headers, uint64_t address) {
  const Elf64_Phdr* load = headers.loadOf(address, sizeof(T));
  CHECK(load != nullptr);
  return base::loadUnaligned<T>(file.data() + load->p_offset + (address - load->p_vaddr));
}

Result<void> expectInside(const ElfHeaders& headers, uint64_t address, uint64_t size,
                          const char* what) {
  if (headers.loadOf(address, size) != nullptr) return {};
  return Error{"", fmt::format("damaged dynamic section: {} at {:#x} lies outside the loaded "
                               "segments",
                               what, address)};
}

// A GNU hash table with one bucket and one symbol. Only a file with exactly one exported and no
// undefined symbol has this shape: symbol 0 is reserved, and undefined symbols precede the table's.
struct GnuHash {
  uint32_t buckets;
  uint32_t firstSymbol;
  uint32_t bloomWords;
  uint32_t bloomShift;
  uint64_t bloom;
  uint32_t bucket;
  uint32_t chain;
};

Result<void> checkOneSymbol(base::ByteView file, const ElfHeaders& headers, uint64_t address) {
  TRY(expectInside(headers, address, sizeof(GnuHash), "the symbol hash table"));
  auto hash = readAt<GnuHash>(file, headers, address);
  bool endsAtFirst = (hash.chain & 1) != 0;
  if (hash.buckets != 1 || hash.firstSymbol != 1 || hash.bloomWords != 1 || hash.bucket != 1 ||
      !endsAtFirst)
    return Error{"", fmt::format("does not export exactly one symbol, {}", abi::kDescriptorSymbol)};
  return {};
}

bool isDefinedObject(const Elf64_Sym& symbol) {
  return symbol.st_info == ELF64_ST_INFO(STB_GLOBAL, STT_OBJECT) && symbol.st_shndx != SHN_UNDEF &&
         symbol.st_size >= sizeof(abi::ModuleDescriptor);
}

}  // namespace

Result<DynamicTable> readDynamicTable(base::ByteView file, const ElfHeaders& headers) {
  DynamicTable table;
  base::ByteView entries = file.subspan(headers.dynamic.p_offset, headers.dynamic.p_filesz);
  bool ended = false;
  for (uint64_t at = 0; !ended && inRange(at, sizeof(Elf64_Dyn), entries.size());
       at += sizeof(Elf64_Dyn)) {
    auto entry = base::loadUnaligned<Elf64_Dyn>(entries.data() + at);
    ended = entry.d_tag == DT_NULL;
    if (!ended) TRY(takeEntry(entry, table));
  }
  if (!ended) return Error{"", "damaged dynamic section: it has no end"};
  // Afterwards all entries of these tables can be read without further checks.
  if (table.relocationsSize % sizeof(Elf64_Rela) != 0)
    return Error{"", "damaged dynamic section: DT_RELASZ is not a multiple of an entry"};
  if (table.relocationsSize != 0)
    TRY(expectInside(headers, table.relocations, table.relocationsSize, "the relocation table"));
  TRY(expectInside(headers, table.symbols, 2 * sizeof(Elf64_Sym), "the symbol table"));
  TRY(expectInside(headers, table.strings, table.stringsSize, "the string table"));
  return table;
}

Result<uint64_t> findDescriptor(base::ByteView file, const ElfHeaders& headers) {
  TRY_ASSIGN(DynamicTable table, readDynamicTable(file, headers));
  TRY(checkOneSymbol(file, headers, table.gnuHash));
  auto symbol = readAt<Elf64_Sym>(file, headers, table.symbols + sizeof(Elf64_Sym));
  constexpr std::string_view kName(abi::kDescriptorSymbol, sizeof abi::kDescriptorSymbol);
  const Elf64_Phdr* strings = headers.loadOf(table.strings, table.stringsSize);
  bool named = inRange(symbol.st_name, kName.size(), table.stringsSize) &&
               base::asText(file.subspan(
                   strings->p_offset + (table.strings - strings->p_vaddr) + symbol.st_name,
                   kName.size())) == kName;
  if (!named || !isDefinedObject(symbol))
    return Error{"", fmt::format("does not export {}", abi::kDescriptorSymbol)};
  TRY(expectInside(headers, symbol.st_value, symbol.st_size, abi::kDescriptorSymbol));
  return symbol.st_value;
}

Result<void> checkRelocations(base::ByteView file, const ElfHeaders& headers,
                              const DynamicTable& table) {
  const uint32_t relative =
      headers.arch == abi::Arch::X86_64 ? R_X86_64_RELATIVE : R_AARCH64_RELATIVE;
  // Targets are not dereferenced here. The limit keeps them within the image.
  const Elf64_Phdr& last = headers.loads.back();
  const uint64_t end = last.p_vaddr + last.p_memsz;
  for (uint64_t at = 0; at < table.relocationsSize; at += sizeof(Elf64_Rela)) {
    auto relocation = readAt<Elf64_Rela>(file, headers, table.relocations + at);
    auto refuse = [&](const char* why) {
      return Error{"", fmt::format("relocation {} at address {:#x} {}", at / sizeof(Elf64_Rela),
                                   relocation.r_offset, why)};
    };
    // The base address plus the addend is all that such a relocation stores.
    if (relocation.r_info != ELF64_R_INFO(0, relative))
      return refuse("is not relative: the module would need symbols of others");
    const Elf64_Phdr* place = headers.loadOf(relocation.r_offset, sizeof(uint64_t));
    if (place == nullptr || (place->p_flags & PF_W) == 0)
      return refuse("does not lie in a writable segment");
    if (relocation.r_offset % sizeof(uint64_t) != 0) return refuse("is not aligned");
    if (relocation.r_addend < 0 || static_cast<uint64_t>(relocation.r_addend) > end)
      return refuse("points outside the loaded segments");
  }
  return {};
}

}  // namespace loader
