#include "loader/elf/artifact_note.h"

#define XXH_INLINE_ALL
#include <fmt/format.h>
#include <xxhash.h>

namespace loader {
namespace {

using base::Error;
using base::Result;

// Names and contents of notes are padded to 4 bytes (ELF gABI, "Note Section").
constexpr uint64_t kNoteAlignment = 4;

// XXH3-64 of bytes that are added in pieces.
class Hasher {
 public:
  Hasher() { XXH3_64bits_reset(&state_); }
  void add(base::ByteView bytes) {
    if (!bytes.empty()) XXH3_64bits_update(&state_, bytes.data(), bytes.size());
  }
  uint64_t value() const { return XXH3_64bits_digest(&state_); }

 private:
  XXH3_state_t state_;
};

}  // namespace

Result<LocatedNote> findNote(base::ByteView file, const ElfHeaders& headers) {
  constexpr std::string_view kOwner(abi::kNoteName, sizeof abi::kNoteName);
  uint64_t at = headers.note.p_offset;
  uint64_t end = at + headers.note.p_filesz;
  while (inRange(at, sizeof(Elf64_Nhdr), end)) {
    auto header = base::loadUnaligned<Elf64_Nhdr>(file.data() + at);
    uint64_t name = at + sizeof header;
    uint64_t content = name + abi::alignTo(header.n_namesz, kNoteAlignment);
    if (!inRange(content, header.n_descsz, end))
      return Error{"", "damaged note: it reaches beyond its segment"};
    if (base::asText(file.subspan(name, header.n_namesz)) == kOwner) {
      if (header.n_type != abi::kNoteType)
        return Error{"", fmt::format("damaged note: type is {}, expected {}", header.n_type,
                                     abi::kNoteType)};
      if (header.n_descsz != sizeof(abi::ArtifactNote))
        return Error{"", fmt::format("its note has {} bytes, this wasm2obj's have {}: it was "
                                     "compiled by another version; recompile the module",
                                     header.n_descsz, sizeof(abi::ArtifactNote))};
      return LocatedNote{content, base::loadUnaligned<abi::ArtifactNote>(file.data() + content)};
    }
    at = content + abi::alignTo(header.n_descsz, kNoteAlignment);
  }
  return Error{"", "is not a module compiled by wasm2obj: it has no note that says so"};
}

uint64_t computeChecksum(base::ByteView file, const ElfHeaders& headers, const LocatedNote& note) {
  constexpr uint8_t kZero[sizeof note.note.checksum] = {};
  uint64_t checksum = note.offset + offsetof(abi::ArtifactNote, checksum);
  uint64_t after = checksum + sizeof kZero;
  Hasher hasher;
  // The checksum cannot cover itself, so its own bytes count as zero.
  hasher.add(file.first(checksum));
  hasher.add(kZero);
  if (after < note.note.coveredSize) hasher.add(file.subspan(after, note.note.coveredSize - after));
  hasher.add(file.subspan(headers.sectionTableOffset, headers.sectionTableSize));
  return hasher.value();
}

}  // namespace loader
