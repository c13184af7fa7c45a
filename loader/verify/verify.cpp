#include "loader/verify/verify.h"

#include <fmt/format.h>

#include <string_view>

#include "loader/elf/eh_frame.h"
#include "loader/verify/variants.h"
#include "loader/verify/verify_descriptor.h"
#include "runtime/abi/abi_hash.h"
#include "runtime/base/system_page.h"

namespace loader {
namespace {

using base::Error;
using base::Result;

// Returns whether a file with invalid headers may be a damaged artifact, so that the problem with
// the headers is reported rather than that it is another kind of ELF file.
bool mentionsNote(base::ByteView file) {
  constexpr std::string_view kElfMagic =
      "\x7f"
      "ELF";
  std::string_view text = base::asText(file);
  return !text.starts_with(kElfMagic) || text.find(abi::kNoteName) != text.npos;
}

std::string abiText(uint32_t version, uint64_t hash) {
  return fmt::format("ABI {} ({:016x})", version, hash);
}

// Artifacts of all versions of wasm2obj with the same ABI are accepted. The hash reveals also
// builds between two versions.
Result<void> checkVersion(const abi::ArtifactNote& note) {
  if (note.formatVersion != abi::kFormatVersion)
    return Error{"", fmt::format("artifact format is {}, this wasm2obj's is {}; recompile the "
                                 "module",
                                 note.formatVersion, abi::kFormatVersion)};
  if (note.abiHash != abi::kAbiHash || note.provenance.abiVersion != abi::kAbiVersion)
    return Error{"", fmt::format("was compiled by wasm2obj {} for {}, this runtime has {}; "
                                 "recompile the module",
                                 fmt::join(note.provenance.version, "."),
                                 abiText(note.provenance.abiVersion, note.abiHash),
                                 abiText(abi::kAbiVersion, abi::kAbiHash))};
  return {};
}

Result<void> checkMachine(const abi::ArtifactNote& note, abi::Arch elfArch) {
  if (note.arch != elfArch)
    return Error{"", fmt::format("damaged: its note says {}, its ELF header {}",
                                 archName(note.arch), archName(elfArch))};
  return {};
}

Result<void> checkHost(const abi::ArtifactNote& note) {
  if (note.arch != hostArch())
    return Error{"", fmt::format("compiled for {}, this machine is {}; recompile with --target={}",
                                 archName(note.arch), archName(hostArch()), archName(hostArch()))};
  return {};
}

Result<void> checkSizes(const abi::ArtifactNote& note, const ElfHeaders& headers,
                        uint64_t fileSize) {
  if (note.fileSize == 0 && note.checksum == 0)
    return Error{"", "was linked but never sealed by wasm2obj; recompile the module"};
  if (note.fileSize != fileSize)
    return Error{
        "", fmt::format(
                "has {} bytes, was made with {}: {}; recompile the module", fileSize, note.fileSize,
                fileSize < note.fileSize ? "it is truncated" : "something was added to it")};
  if (note.coveredSize != headers.loadedFileEnd())
    return Error{"", fmt::format("damaged note: coveredSize is {:#x}, expected {:#x}",
                                 note.coveredSize, headers.loadedFileEnd())};
  return {};
}

// The image must consist of whole pages of the first segment, without the ELF header and the note,
// so that no part of the file has two meanings.
Result<void> checkImageRange(const LocatedNote& located, const ElfHeaders& headers) {
  const abi::ArtifactNote& note = located.note;
  if (note.imageOffset == 0 && note.imageSize == 0) return {};
  const Elf64_Phdr& first = headers.loads.front();
  const uint64_t pageSize = abi::hostPageSize(note.arch);
  if (note.imageOffset == 0 || note.imageOffset % pageSize != 0 || note.imageSize == 0 ||
      note.imageSize % pageSize != 0 || !inRange(note.imageOffset, note.imageSize, first.p_filesz))
    return Error{"", fmt::format("damaged note: a memory image of {:#x} bytes at {:#x}",
                                 note.imageSize, note.imageOffset)};
  if (located.offset + sizeof note > note.imageOffset)
    return Error{"", "damaged note: it lies inside the memory image"};
  return {};
}

Result<void> checkChecksum(base::ByteView file, const ElfHeaders& headers,
                           const LocatedNote& note) {
  uint64_t computed = computeChecksum(file, headers, note);
  if (computed == note.note.checksum) return {};
  return Error{"", fmt::format("is damaged: checksum is {:016x}, its content's is {:016x}; "
                               "recompile the module",
                               note.note.checksum, computed)};
}

// Returns the variants with that of the note as the first.
std::vector<Variant> variantsOf(const LocatedNote& located) {
  std::vector<Variant> variants = {{located.note.cpu, located.note.descriptorOffset}};
  variants.insert(variants.end(), located.further.begin(), located.further.end());
  return variants;
}

// Segments with different access rights must not share a page of this host, whose pages may be
// larger than those that the linker assumed.
Result<void> checkPages(const ElfHeaders& headers) {
  const uint64_t page = base::systemPageSize();
  uint64_t end = 0;
  for (const Elf64_Phdr& load : headers.loads) {
    bool sharesPage = load.p_vaddr / page * page < end;
    if (sharesPage)
      return Error{"", fmt::format("is laid out for pages of {} bytes, this machine's have {}; "
                                   "recompile the module on this machine",
                                   load.p_align, page)};
    end = abi::alignTo(load.p_vaddr + load.p_memsz, page);
  }
  return {};
}

// The runtime has one range of code per module (CodeRange), which is not empty: even a module
// without functions has the stubs of library calls.
Result<void> checkOneCodeSegment(const ElfHeaders& headers) {
  int executable = 0;
  for (const Elf64_Phdr& load : headers.loads) executable += (load.p_flags & PF_X) != 0;
  if (executable != 1)
    return Error{"", fmt::format("has {} executable segments, expected one", executable)};
  return {};
}

// All data that is writable during relocation must be read-only afterwards (RELRO), so that
// instances, which share it, cannot change it.
Result<void> checkRelro(const ElfHeaders& headers) {
  const Elf64_Phdr* writable = nullptr;
  for (const Elf64_Phdr& load : headers.loads) {
    if ((load.p_flags & PF_W) == 0) continue;
    if (writable != nullptr) return Error{"", "has two writable segments, expected one at most"};
    writable = &load;
  }
  if (writable == nullptr) return {};
  if (!headers.relro || headers.relro->p_vaddr != writable->p_vaddr ||
      headers.relro->p_memsz < writable->p_filesz || headers.relro->p_memsz > writable->p_memsz)
    return Error{"", "has writable data that is not sealed after loading (PT_GNU_RELRO)"};
  return {};
}

}  // namespace

Result<VerifiedArtifact> verifyArtifact(base::ByteView file, Host host) {
  VerifiedArtifact artifact;
  auto read = readElfHeaders(file);
  if (!read && !mentionsNote(file)) return Error{"", "is an ELF file that wasm2obj did not make"};
  TRY_ASSIGN(artifact.headers, std::move(read));
  const ElfHeaders& headers = artifact.headers;
  TRY_ASSIGN(artifact.note, findNote(file, headers));
  const abi::ArtifactNote& note = artifact.note.note;
  // The version first: the meaning of all other members may depend on it. The checksum before the
  // contents, so that damage is reported as such. All later checks are necessary nevertheless, as
  // the checksum is not a signature.
  TRY(checkVersion(note));
  TRY(checkMachine(note, headers.arch));
  if (host == Host::This) TRY(checkHost(note));
  TRY(checkSizes(note, headers, file.size()));
  TRY(checkImageRange(artifact.note, headers));
  TRY(checkChecksum(file, headers, artifact.note));
  artifact.variants = variantsOf(artifact.note);
  if (host == Host::This) {
    TRY_ASSIGN(const Variant* chosen, chooseVariant(artifact.variants, hostCpuFeatures()));
    artifact.chosen = static_cast<size_t>(chosen - artifact.variants.data());
    TRY(checkPages(headers));
  }
  TRY(checkOneCodeSegment(headers));
  TRY(checkRelro(headers));
  TRY_ASSIGN(artifact.dynamic, readDynamicTable(file, headers));
  TRY(checkRelocations(file, headers, artifact.dynamic));
  TRY_ASSIGN(uint64_t descriptor, findDescriptor(file, headers));
  if (descriptor != note.descriptorOffset)
    return Error{"",
                 fmt::format("damaged note: descriptorOffset is {:#x}, the symbol's value {:#x}",
                             note.descriptorOffset, descriptor)};
  TRY_ASSIGN(artifact.ehFrame, findEhFrame(file, headers));
  // Those that are not for this machine are not used.
  for (size_t i = 0; i < artifact.variants.size(); ++i) {
    if (host == Host::Any || i == artifact.chosen)
      TRY(verifyDescriptor(file, headers, note, artifact.variants[i]));
  }
  return artifact;
}

}  // namespace loader
