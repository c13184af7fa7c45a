#include "runtime/unwind/unwind_table.h"

#include "runtime/unwind/call_sites.h"

// Of libgcc, whose header <unwind-dw2-fde.h> is not installed.
struct dwarf_eh_bases {
  void* text;
  void* data;
  void* function;
};
// Returns the FDE (frame description entry) of the code at `pc`, or null.
extern "C" const void* _Unwind_Find_FDE(void* pc, dwarf_eh_bases* bases);

namespace runtime {
namespace {

// The start of .eh_frame_hdr. Only the encodings that linkers write are accepted.
struct Header {
  uint8_t version;
  uint8_t framePointerEncoding;
  uint8_t countEncoding;
  uint8_t tableEncoding;
  int32_t framePointer;
  uint32_t count;
};
constexpr uint8_t kVersion = 1;
constexpr uint8_t kPcRelative32 = 0x1b;      // of the pointer: pcrel, sdata4
constexpr uint8_t kHeaderRelative32 = 0x3b;  // of the table's fields: datarel, sdata4

// An entry of the table behind the header, which is sorted by `function`. Both are relative to the
// header.
struct HeaderEntry {
  int32_t function;
  int32_t description;
};

constexpr uint32_t kLongLength = 0xffffffff;  // the mark of the 64-bit format

// A CIE (common information entry).
struct CommonEntry {
  CfiFactors factors;
  uint8_t dataEncoding = kPointerOmitted;  // of the pointer to language-specific data
  bool hasAugmentation = false;
  TableReader program{{}};
};

// An FDE (frame description entry): a function.
struct Description {
  CommonEntry common;
  uint64_t start = 0;      // the function's address
  uint64_t size = 0;       // of its code
  uint64_t callSites = 0;  // the address of its language-specific data, or 0
  TableReader program{{}};
};

class Tables {
 public:
  explicit Tables(const UnwindTables& tables) : image_(tables.image), header_(tables.header) {}

  std::optional<FrameRow> findRow(uint64_t returnAddress) const;

 private:
  // Returns a reader of the bytes from an address to the end of the image. It has failed if the
  // address is outside.
  TableReader readerAt(uint64_t address) const;
  // Returns the content of a CIE or FDE behind its length.
  TableReader recordAt(uint64_t address) const;
  // Returns the address of the FDE that may contain `pc`.
  std::optional<uint64_t> findDescription(uint64_t pc) const;
  std::optional<CommonEntry> readCommon(uint64_t address) const;
  std::optional<Description> readDescription(uint64_t address) const;

  base::ByteView image_;
  base::ByteView header_;
};

uint64_t addressOf(const void* pointer) { return reinterpret_cast<uint64_t>(pointer); }

TableReader Tables::readerAt(uint64_t address) const {
  uint64_t offset = address - addressOf(image_.data());
  if (offset < image_.size()) return TableReader(image_.subspan(offset));
  TableReader outside{{}};
  outside.fail();
  return outside;
}

TableReader Tables::recordAt(uint64_t address) const {
  TableReader reader = readerAt(address);
  auto length = reader.fixed<uint32_t>();
  if (length == kLongLength) reader.fail();
  return reader.take(length);
}

// Returns the entry of .eh_frame for code that a linker has made a part of the program. `cc
// -static` makes no .eh_frame_hdr; libgcc then has a list of tables, to which start files add the
// program's.
std::optional<uint64_t> findRegistered(uint64_t pc) {
  dwarf_eh_bases bases{};
  const void* entry = _Unwind_Find_FDE(reinterpret_cast<void*>(pc), &bases);
  if (entry == nullptr) return std::nullopt;
  return addressOf(entry);
}

std::optional<uint64_t> Tables::findDescription(uint64_t pc) const {
  if (header_.empty()) return findRegistered(pc);
  if (header_.size() < sizeof(Header)) return std::nullopt;
  auto header = base::loadUnaligned<Header>(header_.data());
  bool isKnown = header.version == kVersion && header.framePointerEncoding == kPcRelative32 &&
                 header.countEncoding == kPointerUnsigned32 &&
                 header.tableEncoding == kHeaderRelative32;
  base::ByteView table = header_.subspan(sizeof(Header));
  if (!isKnown || header.count > table.size() / sizeof(HeaderEntry)) return std::nullopt;
  auto target = static_cast<int64_t>(pc - addressOf(header_.data()));
  auto entryAt = [&](uint32_t index) {
    return base::loadUnaligned<HeaderEntry>(table.data() + index * sizeof(HeaderEntry));
  };
  // The first entry behind the target, which is in [low, high].
  uint32_t low = 0;
  uint32_t high = header.count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (entryAt(middle).function <= target)
      low = middle + 1;
    else
      high = middle;
  }
  if (low == 0) return std::nullopt;
  return addressOf(header_.data()) + static_cast<uint64_t>(int64_t{entryAt(low - 1).description});
}

// Reads the augmentation data as the letters of the augmentation string behind the "z" say.
bool readAugmentation(std::string_view letters, TableReader& data, CommonEntry& entry) {
  for (char letter : letters) {
    switch (letter) {
      case 'R':
        entry.factors.pointerEncoding = data.byte();
        break;
      case 'L':
        entry.dataEncoding = data.byte();
        break;
      case 'P': {  // the personality, which has no meaning for compiled code
        uint8_t encoding = data.byte();
        data.pointer(encoding & kPointerFormat);
        break;
      }
      case 'B':  // return addresses are signed with key B, which removing the code does not need
        break;
      default:  // among others "S", a frame of a signal handler, which compiled code never has
        return false;
    }
  }
  return !data.failed();
}

std::optional<CommonEntry> Tables::readCommon(uint64_t address) const {
  TableReader reader = recordAt(address);
  bool isCommon = reader.fixed<uint32_t>() == 0;
  uint8_t version = reader.byte();
  std::string_view augmentation = reader.string();
  if (reader.failed() || !isCommon || (version != 1 && version != 3)) return std::nullopt;
  CommonEntry entry;
  entry.factors.code = reader.uleb();
  entry.factors.data = reader.sleb();
  uint64_t returnAddress = version == 1 ? reader.byte() : reader.uleb();
  if (returnAddress != kDwarfReturnAddress) return std::nullopt;
  if (!augmentation.empty()) {
    if (augmentation.front() != 'z') return std::nullopt;
    entry.hasAugmentation = true;
    TableReader data = reader.take(reader.uleb());
    if (!readAugmentation(augmentation.substr(1), data, entry)) return std::nullopt;
  }
  if (reader.failed()) return std::nullopt;
  entry.program = reader;
  return entry;
}

std::optional<Description> Tables::readDescription(uint64_t address) const {
  TableReader reader = recordAt(address);
  auto toCommon = reader.fixed<uint32_t>();  // the distance back from this field
  if (reader.failed() || toCommon == 0) return std::nullopt;
  std::optional<CommonEntry> common = readCommon(address + sizeof(uint32_t) - toCommon);
  if (!common) return std::nullopt;
  Description description{.common = *common};
  uint8_t encoding = common->factors.pointerEncoding;
  description.start = reader.pointer(encoding);
  description.size = reader.pointer(encoding & kPointerFormat);
  if (common->hasAugmentation) {
    TableReader data = reader.take(reader.uleb());
    uint8_t dataEncoding = common->dataEncoding;
    if (dataEncoding != kPointerOmitted) description.callSites = data.pointer(dataEncoding);
    if (data.failed()) return std::nullopt;
  }
  if (reader.failed()) return std::nullopt;
  description.program = reader;
  return description;
}

std::optional<FrameRow> Tables::findRow(uint64_t returnAddress) const {
  // The return address may be behind the function, if the call does not return.
  uint64_t pc = returnAddress - 1;
  std::optional<uint64_t> address = findDescription(pc);
  if (!address) return std::nullopt;
  std::optional<Description> function = readDescription(*address);
  if (!function || pc - function->start >= function->size) return std::nullopt;
  std::optional<CfiState> state = runCfi(function->common.factors, function->common.program,
                                         function->program, function->start, pc - function->start);
  if (!state) return std::nullopt;
  if (function->callSites == 0) return FrameRow::frame(*state);
  std::optional<uint64_t> pad = landingPadAt(readerAt(function->callSites), function->start, pc);
  if (!pad) return std::nullopt;
  if (*pad == 0) return FrameRow::frame(*state);
  // Only code of the function itself can expect its registers.
  if (*pad - function->start >= function->size) return std::nullopt;
  return FrameRow::handler(static_cast<int64_t>(*pad - returnAddress), state->argumentBytes);
}

}  // namespace

std::optional<FrameRow> findRow(const UnwindTables& tables, uint64_t returnAddress) {
  return Tables(tables).findRow(returnAddress);
}

}  // namespace runtime
