#include "loader/elf/elf_headers.h"

#include <fmt/format.h>

#include <bit>
#include <cstring>

namespace loader {
namespace {

using base::Error;
using base::Result;

// Far beyond any module, and small enough that sums of addresses and sizes do not overflow.
constexpr uint64_t kMaxAddress = uint64_t{1} << 40;
constexpr uint64_t kMinPage = 4096;
constexpr uint16_t kMaxProgramHeaders = 64;

struct Machine {
  uint16_t number;
  abi::Arch arch;
};
constexpr Machine kMachines[] = {{EM_X86_64, abi::Arch::X86_64}, {EM_AARCH64, abi::Arch::AArch64}};

// A byte of e_ident that has only one value in artifacts.
struct IdentByte {
  int index;
  uint8_t expected;
  const char* what;
};
constexpr IdentByte kIdent[] = {
    {EI_CLASS, ELFCLASS64, "is not a 64-bit ELF file (EI_CLASS)"},
    {EI_DATA, ELFDATA2LSB, "is not a little-endian ELF file (EI_DATA)"},
    {EI_VERSION, EV_CURRENT, "has an unknown ELF version (EI_VERSION)"},
    {EI_OSABI, ELFOSABI_SYSV, "is for another operating system (EI_OSABI)"},
    {EI_ABIVERSION, 0, "has an unknown ABI version (EI_ABIVERSION)"},
};

Result<void> checkIdent(base::ByteView file) {
  if (file.size() < SELFMAG || std::memcmp(file.data(), ELFMAG, SELFMAG) != 0)
    return Error{"", "is not an ELF file: expected a module compiled by wasm2obj"};
  if (file.size() < sizeof(Elf64_Ehdr))
    return Error{"", fmt::format("is truncated: {} bytes cannot hold an ELF header", file.size())};
  for (const IdentByte& byte : kIdent) {
    if (file[byte.index] != byte.expected)
      return Error{
          "", fmt::format("{}: found {}, expected {}", byte.what, file[byte.index], byte.expected)};
  }
  return {};
}

// Fails unless a field of the ELF header has the only value that artifacts have.
Result<void> expectField(const char* field, uint64_t found, uint64_t expected) {
  if (found == expected) return {};
  return Error{"",
               fmt::format("damaged ELF header: {} is {}, expected {}", field, found, expected)};
}

Result<abi::Arch> readMachine(uint16_t number) {
  for (const Machine& machine : kMachines)
    if (machine.number == number) return machine.arch;
  return Error{"",
               fmt::format("is for ELF machine {}, which wasm2obj does not compile for", number)};
}

Result<void> checkFileHeader(const Elf64_Ehdr& header, uint64_t fileSize) {
  if (header.e_type != ET_DYN)
    return Error{
        "", fmt::format("has ELF type {}, expected a shared object ({})", header.e_type, ET_DYN)};
  TRY(expectField("e_version", header.e_version, EV_CURRENT));
  // The linker writes only these values, so that any other is a sign of damage.
  TRY(expectField("e_entry", header.e_entry, 0));
  TRY(expectField("e_flags", header.e_flags, 0));
  TRY(expectField("e_ehsize", header.e_ehsize, sizeof(Elf64_Ehdr)));
  TRY(expectField("e_phentsize", header.e_phentsize, sizeof(Elf64_Phdr)));
  TRY(expectField("e_phoff", header.e_phoff, sizeof(Elf64_Ehdr)));
  if (header.e_phnum == 0 || header.e_phnum > kMaxProgramHeaders)
    return Error{"", fmt::format("damaged ELF header: e_phnum is {}, expected 1 to {}",
                                 header.e_phnum, kMaxProgramHeaders)};
  if (!inRange(header.e_phoff, uint64_t{header.e_phnum} * sizeof(Elf64_Phdr), fileSize))
    return Error{"", "is truncated: the program headers lie beyond its end"};
  if (header.e_shnum != 0) TRY(expectField("e_shentsize", header.e_shentsize, sizeof(Elf64_Shdr)));
  if (!inRange(header.e_shoff, uint64_t{header.e_shnum} * sizeof(Elf64_Shdr), fileSize))
    return Error{"", "is truncated: the section headers lie beyond its end"};
  return {};
}

std::string describe(const Elf64_Phdr& segment) {
  return fmt::format("segment at address {:#x}", segment.p_vaddr);
}

// Checks the ranges, the alignment, the access rights and the order of a load.
Result<void> addLoad(ElfHeaders& headers, const Elf64_Phdr& load) {
  auto refuse = [&](const char* why) { return Error{"", describe(load) + " " + why}; };
  if (load.p_memsz < load.p_filesz) return refuse("has more content than memory");
  if (load.p_filesz == 0) return refuse("is empty");
  if (!inRange(load.p_vaddr, load.p_memsz, kMaxAddress)) return refuse("is too far out");
  if (!std::has_single_bit(load.p_align) || load.p_align < kMinPage)
    return refuse("has a bad alignment");
  // So the file as read into memory is the memory image, and need not be mapped or copied again.
  if (load.p_vaddr != load.p_offset) return refuse("has an address that is not its file offset");
  if ((load.p_flags & PF_R) == 0 || (load.p_flags & ~(PF_R | PF_W | PF_X)) != 0)
    return refuse("has unknown access rights");
  // W^X: no memory is ever writable and executable.
  if ((load.p_flags & PF_W) != 0 && (load.p_flags & PF_X) != 0)
    return refuse("is both writable and executable");
  // Memory without content (.bss) beyond the last page would need an allocation. The compiler makes
  // none.
  uint64_t contentEnd = abi::alignTo(load.p_vaddr + load.p_filesz, kMinPage);
  if (load.p_vaddr + load.p_memsz > contentEnd) return refuse("asks for memory without content");
  if (headers.loads.empty()) {
    // The linker puts the ELF header into the first load, which is read-only.
    if (load.p_offset != 0 || load.p_vaddr != 0 || load.p_flags != PF_R)
      return refuse("comes first but does not hold the ELF header");
  } else {
    const Elf64_Phdr& last = headers.loads.back();
    if (load.p_vaddr < abi::alignTo(last.p_vaddr + last.p_memsz, kMinPage) ||
        load.p_offset < last.p_offset + last.p_filesz)
      return refuse("overlaps the segment before it");
  }
  headers.loads.push_back(load);
  return {};
}

// The program headers besides the loads. Each may occur once.
struct Found {
  std::optional<Elf64_Phdr> dynamic, note, relro, ehFrameHeader, programHeaders, stack;
};

std::optional<Elf64_Phdr>* slotOf(Found& found, uint32_t type) {
  switch (type) {
    case PT_DYNAMIC:
      return &found.dynamic;
    case PT_NOTE:
      return &found.note;
    case PT_GNU_RELRO:
      return &found.relro;
    case PT_GNU_EH_FRAME:
      return &found.ehFrameHeader;
    case PT_PHDR:
      return &found.programHeaders;
    case PT_GNU_STACK:
      return &found.stack;
    default:
      return nullptr;
  }
}

// Returns the message for a program header that has one of its own, or null.
const char* refusedType(uint32_t type) {
  switch (type) {
    case PT_INTERP:
      return "asks for a program interpreter (PT_INTERP): it is a program, not a compiled module";
    case PT_TLS:
      return "has thread-local storage (PT_TLS), which compiled modules never have";
    default:
      return nullptr;
  }
}

Result<Found> readProgramHeaders(base::ByteView file, const Elf64_Ehdr& header,
                                 ElfHeaders& headers) {
  Found found;
  for (uint32_t i = 0; i < header.e_phnum; ++i) {
    auto segment =
        base::loadUnaligned<Elf64_Phdr>(file.data() + header.e_phoff + i * sizeof(Elf64_Phdr));
    // Before the type is considered, so that every range is known to be in the file.
    if (!inRange(segment.p_offset, segment.p_filesz, file.size()))
      return Error{
          "", fmt::format("is truncated: the {} ends at byte {:#x}, the file at {:#x}",
                          describe(segment), segment.p_offset + segment.p_filesz, file.size())};
    if (segment.p_type == PT_LOAD) {
      TRY(addLoad(headers, segment));
      continue;
    }
    if (const char* why = refusedType(segment.p_type)) return Error{"", why};
    std::optional<Elf64_Phdr>* slot = slotOf(found, segment.p_type);
    if (slot == nullptr)
      return Error{"", fmt::format("has a program header of unknown type {:#x}", segment.p_type)};
    if (slot->has_value())
      return Error{"", fmt::format("has two program headers of type {:#x}", segment.p_type)};
    *slot = segment;
  }
  return found;
}

// The address and the file offset of a table must denote the same bytes of the same load: some code
// uses the one and some the other.
Result<void> checkInsideLoad(const ElfHeaders& headers, const Elf64_Phdr& table, const char* name) {
  const Elf64_Phdr* load = headers.loadOf(table.p_vaddr, table.p_filesz);
  if (load == nullptr || table.p_offset - load->p_offset != table.p_vaddr - load->p_vaddr)
    return Error{"", fmt::format("the {} program header points outside the loaded segments", name)};
  return {};
}

Result<void> placeTables(ElfHeaders& headers, const Found& found) {
  if (headers.loads.empty()) return Error{"", "has nothing to load"};
  if (!found.note)
    return Error{"", "is not a module compiled by wasm2obj: it has no note that says so"};
  if (!found.dynamic) return Error{"", "is not a module compiled by wasm2obj: no dynamic section"};
  if (found.stack && (found.stack->p_flags & PF_X) != 0)
    return Error{"", "asks for an executable stack"};
  headers.note = *found.note;
  headers.dynamic = *found.dynamic;
  headers.relro = found.relro;
  headers.ehFrameHeader = found.ehFrameHeader;
  TRY(checkInsideLoad(headers, headers.note, "PT_NOTE"));
  TRY(checkInsideLoad(headers, headers.dynamic, "PT_DYNAMIC"));
  if (headers.relro) TRY(checkInsideLoad(headers, *headers.relro, "PT_GNU_RELRO"));
  if (headers.ehFrameHeader)
    TRY(checkInsideLoad(headers, *headers.ehFrameHeader, "PT_GNU_EH_FRAME"));
  return {};
}

}  // namespace

const Elf64_Phdr* ElfHeaders::loadOf(uint64_t address, uint64_t size) const {
  for (const Elf64_Phdr& load : loads) {
    if (address >= load.p_vaddr && inRange(address - load.p_vaddr, size, load.p_filesz))
      return &load;
  }
  return nullptr;
}

uint64_t ElfHeaders::loadedFileEnd() const { return loads.back().p_offset + loads.back().p_filesz; }

Result<ElfHeaders> readElfHeaders(base::ByteView file) {
  TRY(checkIdent(file));
  auto header = base::loadUnaligned<Elf64_Ehdr>(file.data());
  ElfHeaders headers;
  TRY_ASSIGN(headers.arch, readMachine(header.e_machine));
  TRY(checkFileHeader(header, file.size()));
  headers.sectionTableOffset = header.e_shoff;
  headers.sectionTableSize = uint64_t{header.e_shnum} * sizeof(Elf64_Shdr);
  TRY_ASSIGN(Found found, readProgramHeaders(file, header, headers));
  TRY(placeTables(headers, found));
  return headers;
}

}  // namespace loader
