#include "loader/elf/artifact_note.h"

#define XXH_INLINE_ALL
#include <fmt/format.h>
#include <xxhash.h>

#include <optional>

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

// A note with our owner.
struct Note {
  uint32_t type;
  uint64_t offset;  // of the contents in the file, in bytes
  uint64_t size;
};

// Reads the notes of a file in order, and passes over those of other owners.
class NoteReader {
 public:
  NoteReader(base::ByteView file, const ElfHeaders& headers)
      : file_(file), at_(headers.note.p_offset), end_(at_ + headers.note.p_filesz) {}

  Result<std::optional<Note>> next() {
    constexpr std::string_view kOwner(abi::kNoteName, sizeof abi::kNoteName);
    while (inRange(at_, sizeof(Elf64_Nhdr), end_)) {
      auto header = base::loadUnaligned<Elf64_Nhdr>(file_.data() + at_);
      uint64_t name = at_ + sizeof header;
      uint64_t content = name + abi::alignTo(header.n_namesz, kNoteAlignment);
      if (!inRange(content, header.n_descsz, end_))
        return Error{"", "damaged note: it reaches beyond its segment"};
      at_ = content + abi::alignTo(header.n_descsz, kNoteAlignment);
      if (base::asText(file_.subspan(name, header.n_namesz)) == kOwner)
        return std::optional(Note{header.n_type, content, header.n_descsz});
    }
    return std::optional<Note>();
  }

 private:
  base::ByteView file_;
  uint64_t at_;
  uint64_t end_;
};

// Returns the contents of a note of this type.
template <class T>
Result<T> contentOf(base::ByteView file, const Note& note, uint32_t type) {
  if (note.type != type)
    return Error{"", fmt::format("damaged note: type is {}, expected {}", note.type, type)};
  if (note.size != sizeof(T))
    return Error{"", fmt::format("its note has {} bytes, this wasm2obj's have {}: it was compiled "
                                 "by another version; recompile the module",
                                 note.size, sizeof(T))};
  return base::loadUnaligned<T>(file.data() + note.offset);
}

}  // namespace

Result<LocatedNote> findNote(base::ByteView file, const ElfHeaders& headers) {
  NoteReader reader(file, headers);
  TRY_ASSIGN(std::optional<Note> first, reader.next());
  if (!first) return Error{"", "is not a module compiled by wasm2obj: it has no note that says so"};
  LocatedNote located{.offset = first->offset};
  TRY_ASSIGN(located.note, contentOf<abi::ArtifactNote>(file, *first, abi::kNoteType));
  for (;;) {
    TRY_ASSIGN(std::optional<Note> further, reader.next());
    if (!further) return located;
    TRY_ASSIGN(auto variant, contentOf<abi::VariantNote>(file, *further, abi::kVariantNoteType));
    // Addresses are offsets in the file.
    uint64_t field = further->offset + offsetof(abi::VariantNote, descriptor);
    located.further.push_back(
        {variant.cpu, field + static_cast<int64_t>(variant.descriptor.delta)});
  }
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
