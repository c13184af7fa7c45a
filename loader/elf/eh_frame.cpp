#include "loader/elf/eh_frame.h"

#include <fmt/format.h>

namespace loader {
namespace {

using base::Error;
using base::Result;

// The start of .eh_frame_hdr: its version, the encodings of its fields, and the first field. Only
// the encoding that linkers write is accepted, a distance to .eh_frame in 4 bytes.
struct EhFrameHeader {
  uint8_t version;
  uint8_t framePointerEncoding;
  uint8_t countEncoding;
  uint8_t tableEncoding;
  int32_t framePointer;  // relative to this field
};
constexpr uint8_t kPcRelative32 = 0x1b;       // DW_EH_PE_pcrel | DW_EH_PE_sdata4
constexpr uint32_t kLongLength = 0xffffffff;  // the mark of the 64-bit format

Error damaged(uint64_t offset, const char* why) {
  return Error{"", fmt::format("damaged unwind tables: the record at {:#x} {}", offset, why)};
}

// Checks the records. `tables` begins with .eh_frame and ends at the end of its segment.
Result<void> walkRecords(base::ByteView tables) {
  std::optional<uint64_t> lastCommon;
  uint64_t at = 0;
  while (inRange(at, sizeof(uint32_t), tables.size())) {
    auto length = base::loadUnaligned<uint32_t>(tables.data() + at);
    if (length == 0) return {};
    uint64_t idAt = at + sizeof length;
    if (length == kLongLength || length < sizeof(uint32_t) || !inRange(idAt, length, tables.size()))
      return damaged(at, "has a bad length");
    auto id = base::loadUnaligned<uint32_t>(tables.data() + idAt);
    if (id == 0) {
      lastCommon = at;
    } else if (!lastCommon || id != idAt - *lastCommon) {
      // The field is the distance to the CIE. Linkers write FDEs right after the CIE that they
      // share, so no other distance needs to be accepted.
      return damaged(at, "refers to no common record");
    }
    at = idAt + length;
  }
  return Error{"", "damaged unwind tables: they have no end"};
}

}  // namespace

Result<uint64_t> findEhFrame(base::ByteView file, const ElfHeaders& headers) {
  if (!headers.ehFrameHeader) return uint64_t{0};
  const Elf64_Phdr& segment = *headers.ehFrameHeader;
  if (segment.p_filesz < sizeof(EhFrameHeader))
    return Error{"", "damaged unwind tables: their header is too short"};
  auto header = base::loadUnaligned<EhFrameHeader>(file.data() + segment.p_offset);
  if (header.version != 1 || header.framePointerEncoding != kPcRelative32)
    return Error{"", "damaged unwind tables: their header is of an unknown version"};
  uint64_t address = segment.p_vaddr + offsetof(EhFrameHeader, framePointer) +
                     static_cast<int64_t>(header.framePointer);
  const Elf64_Phdr* load = headers.loadOf(address, sizeof(uint32_t));
  if (load == nullptr || load->p_flags != PF_R)
    return Error{"", "damaged unwind tables: they lie outside the read-only segment"};
  uint64_t inLoad = address - load->p_vaddr;
  TRY(walkRecords(file.subspan(load->p_offset + inLoad, load->p_filesz - inLoad)));
  return address;
}

}  // namespace loader
