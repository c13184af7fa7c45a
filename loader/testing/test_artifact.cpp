#include "loader/testing/test_artifact.h"

#include <algorithm>
#include <cstring>

#include "loader/artifact_seal.h"
#include "loader/elf/artifact_note.h"
#include "loader/host/cpu_features.h"
#include "loader/host/libcalls.h"
#include "runtime/abi/abi_hash.h"
#include "runtime/base/check.h"

namespace loader {
namespace {

constexpr bool kIsX86 = hostArch() == abi::Arch::X86_64;

// A function that returns 42.
constexpr uint8_t kCodeX86[] = {0xb8, 42, 0, 0, 0, 0xc3};                         // mov eax; ret
constexpr uint8_t kCodeArm[] = {0x40, 0x05, 0x80, 0x52, 0xc0, 0x03, 0x5f, 0xd6};  // mov w0; ret

// The file ends with the section header table, as the checksum covers it.
constexpr uint64_t kSectionHeaders = TestArtifact::kRelroEnd;
constexpr uint16_t kSectionCount = 2;
constexpr uint64_t kFileSize = kSectionHeaders + kSectionCount * sizeof(Elf64_Shdr);
constexpr uint64_t kReadOnlyEnd = TestArtifact::kImage + abi::kPageSize;
constexpr uint16_t kSegmentCount = 8;
constexpr uint16_t kDynamicCount = 9;

// Sets a relative reference. All parts are in `file`, so that it is in range.
template <class T>
void point(abi::RelPtr<T>& reference, const void* target) {
  CHECK(reference.set(target));
}

abi::ConstStep constant(uint64_t bits) { return {abi::ConstOp::Const, 0, {bits, 0}}; }

}  // namespace

TestArtifact::TestArtifact() : file(kFileSize) {
  putHeaders();
  putNote();
  putModule();
  putSymbols();
  putUnwindTables();
  putCode();
  putRelro();
  seal();
}

// Without a correct checksum, verification would end before it reaches the damage.
void sealIfPossible(base::Bytes& file) {
  if (sealArtifact(file).ok()) return;
  auto headers = readElfHeaders(file);
  if (!headers) return;
  auto located = findNote(file, *headers);
  if (!located || located->note.coveredSize > file.size()) return;
  located->note.checksum = computeChecksum(file, *headers, *located);
  base::storeUnaligned(file.data() + located->offset, located->note);
}

Elf64_Phdr& TestArtifact::segment(uint32_t type, uint32_t flags) {
  auto* found = std::find_if(segments_, segments_ + kSegmentCount, [&](const Elf64_Phdr& segment) {
    return segment.p_type == type && (flags == 0 || segment.p_flags == flags);
  });
  CHECK(found != segments_ + kSegmentCount);
  return *found;
}

Elf64_Dyn& TestArtifact::dynamicEntry(int64_t tag) {
  auto* found = std::find_if(dynamic_, dynamic_ + kDynamicCount,
                             [&](const Elf64_Dyn& entry) { return entry.d_tag == tag; });
  CHECK(found != dynamic_ + kDynamicCount);
  return *found;
}

template <class T>
T* TestArtifact::put(uint64_t count) {
  uint64_t at = abi::alignTo(end_, alignof(T));
  end_ = at + count * sizeof(T);
  return reinterpret_cast<T*>(file.data() + at);
}

template <class T>
T* TestArtifact::reserve(abi::Array<T>& array, uint32_t count) {
  T* place = put<T>(count);
  point(array.data, place);
  array.count = count;
  return place;
}

template <class T>
T* TestArtifact::fill(abi::Array<T>& array, std::initializer_list<T> values) {
  T* place = reserve(array, static_cast<uint32_t>(values.size()));
  std::copy(values.begin(), values.end(), place);
  return place;
}

void TestArtifact::setText(abi::String& text, std::string_view value) {
  char* place = reserve(text, static_cast<uint32_t>(value.size()));
  std::copy(value.begin(), value.end(), place);
}

void TestArtifact::putHeaders() {
  header = put<Elf64_Ehdr>();
  const uint8_t ident[] = {0x7f, 'E', 'L', 'F', ELFCLASS64, ELFDATA2LSB, EV_CURRENT};
  std::copy(std::begin(ident), std::end(ident), header->e_ident);
  header->e_type = ET_DYN;
  header->e_machine = kIsX86 ? EM_X86_64 : EM_AARCH64;
  header->e_version = EV_CURRENT;
  header->e_phoff = sizeof(Elf64_Ehdr);
  header->e_shoff = kSectionHeaders;
  header->e_ehsize = sizeof(Elf64_Ehdr);
  header->e_phentsize = sizeof(Elf64_Phdr);
  header->e_phnum = kSegmentCount;
  header->e_shentsize = sizeof(Elf64_Shdr);
  header->e_shnum = kSectionCount;
  // Three loads (read-only data, code, relro) and the tables, whose ranges are set later.
  segments_ = put<Elf64_Phdr>(kSegmentCount);
  auto make = [&, i = 0](uint32_t type, uint32_t flags, uint64_t at, uint64_t end,
                         uint64_t align) mutable {
    segments_[i++] = {type, flags, at, at, at, end - at, end - at, align};
  };
  make(PT_LOAD, PF_R, 0, kReadOnlyEnd, abi::kPageSize);
  make(PT_LOAD, PF_R | PF_X, kText, kText + 0x40, 0x1000);
  make(PT_LOAD, PF_R | PF_W, kRelro, kRelroEnd, 0x1000);
  make(PT_GNU_RELRO, PF_R, kRelro, kRelroEnd, 1);
  make(PT_GNU_STACK, PF_R | PF_W, 0, 0, 0);
  make(PT_NOTE, PF_R, 0, 0, 4);
  make(PT_DYNAMIC, PF_R | PF_W, 0, 0, 8);
  make(PT_GNU_EH_FRAME, PF_R, 0, 0, 4);
}

void TestArtifact::putNote() {
  end_ = abi::alignTo(end_, 8);
  Elf64_Phdr& place = segment(PT_NOTE);
  place.p_offset = place.p_vaddr = end_;
  *put<Elf64_Nhdr>() = {sizeof abi::kNoteName, sizeof(abi::ArtifactNote), abi::kNoteType};
  std::memcpy(put<char>(12), abi::kNoteName, sizeof abi::kNoteName);
  note = put<abi::ArtifactNote>();
  note->abiHash = abi::kAbiHash;
  note->arch = hostArch();
  note->formatVersion = abi::kFormatVersion;
  note->provenance = {{}, {0, 1, 0}, abi::kAbiVersion};
  place.p_filesz = place.p_memsz = end_ - place.p_offset;
}

void TestArtifact::putSymbols() {
  symbols = put<Elf64_Sym>(2);
  symbols[1].st_name = 1;
  symbols[1].st_info = ELF64_ST_INFO(STB_GLOBAL, STT_OBJECT);
  symbols[1].st_shndx = 1;
  symbols[1].st_value = note->descriptorOffset;
  symbols[1].st_size = sizeof(abi::ModuleDescriptor);
  auto* strings = put<char>(1 + sizeof abi::kDescriptorSymbol);
  std::memcpy(strings + 1, abi::kDescriptorSymbol, sizeof abi::kDescriptorSymbol);
  // One bucket, first symbol 1, one word of filter, shift, the filter, the bucket, the chain.
  auto* hash = put<uint32_t>(8);
  const uint32_t words[] = {1, 1, 1, 26, ~0u, ~0u, 1, 1};
  std::copy(std::begin(words), std::end(words), hash);
  relocation = put<Elf64_Rela>();
  auto offsetOf = [&](const void* at) {
    return static_cast<uint64_t>(static_cast<const uint8_t*>(at) - file.data());
  };
  dynamic_ = reinterpret_cast<Elf64_Dyn*>(file.data() + kRelro + 0x100);
  const Elf64_Dyn entries[kDynamicCount] = {
      {DT_FLAGS, {DF_BIND_NOW}},
      {DT_RELA, {offsetOf(relocation)}},
      {DT_RELASZ, {sizeof(Elf64_Rela)}},
      {DT_RELAENT, {sizeof(Elf64_Rela)}},
      {DT_SYMTAB, {offsetOf(symbols)}},
      {DT_STRTAB, {offsetOf(strings)}},
      {DT_STRSZ, {1 + sizeof abi::kDescriptorSymbol}},
      {DT_GNU_HASH, {offsetOf(hash)}},
      {DT_NULL, {0}},
  };
  std::copy(std::begin(entries), std::end(entries), dynamic_);
  Elf64_Phdr& place = segment(PT_DYNAMIC);
  place.p_offset = place.p_vaddr = offsetOf(dynamic_);
  place.p_filesz = place.p_memsz = sizeof entries;
}

void TestArtifact::putUnwindTables() {
  Elf64_Phdr& place = segment(PT_GNU_EH_FRAME);
  auto* frameHeader = put<uint32_t>(2);
  place.p_offset = place.p_vaddr = end_ - 8;
  place.p_filesz = place.p_memsz = 8;
  ehFrame = put<uint32_t>(11);
  // .eh_frame_hdr: version 1, and the encodings pcrel|sdata4, udata4 and datarel|sdata4.
  frameHeader[0] = 0x3b031b01;
  frameHeader[1] = 4;  // from itself to ehFrame
  const uint32_t pcDistance = static_cast<uint32_t>(
      kText - static_cast<uint64_t>(reinterpret_cast<uint8_t*>(ehFrame + 7) - file.data()));
  const uint32_t words[] = {
      16, 0,  0x00527a01, 0x1b107801,      0x00000000,  // a CIE: "zR", pc-relative
      16, 24, pcDistance, sizeof kCodeX86, 0,           // an FDE of the function
      0};
  std::copy(std::begin(words), std::end(words), ehFrame);
}

void TestArtifact::putCode() {
  if (kIsX86)
    std::copy(std::begin(kCodeX86), std::end(kCodeX86), file.data() + kText);
  else
    std::copy(std::begin(kCodeArm), std::end(kCodeArm), file.data() + kText);
  std::fill_n(file.data() + kImage, abi::kPageSize, uint8_t{7});
}

void TestArtifact::putRelro() {
  pointer = reinterpret_cast<void**>(file.data() + kRelro);
  *relocation = {kRelro, ELF64_R_INFO(0, kIsX86 ? R_X86_64_RELATIVE : R_AARCH64_RELATIVE),
                 static_cast<int64_t>(kText)};
  point(module->libcalls, file.data() + kRelro + 8);
}

void TestArtifact::putModule() {
  module = put<abi::ModuleDescriptor>();
  note->descriptorOffset = static_cast<uint32_t>(reinterpret_cast<uint8_t*>(module) - file.data());
  module->magic = abi::kDescriptorMagic;
  module->abiHash = abi::kAbiHash;
  module->arch = hostArch();
  module->size = sizeof *module;
  module->counts = {.types = 3,
                    .importedFunctions = 1,
                    .memories = 1,
                    .tables = 1,
                    .importedGlobals = 1,
                    .globals = 3,
                    .funcRefs = 1,
                    .tags = 1};
  module->startFunction = abi::kNoFunction;
  point(module->memoryImage, file.data() + kImage);
  putFunctions();
  putState();
  putSegments();
  putNames();
}

void TestArtifact::putTypes() {
  // A function, and a recursive group of a structure, which refers to the array, and an array.
  types = reserve(module->types, 3);
  types[0].isFinal = 1;
  types[0].groupSize = 1;
  fill(types[0].results, {abi::kI32});
  point(types[0].entryThunk, file.data() + kText);
  point(types[0].hostThunk, file.data() + kText);
  types[1].kind = abi::CompositeKind::Struct;
  types[2].kind = abi::CompositeKind::Array;
  for (uint32_t i : {1, 2}) {
    types[i].group = 1;
    types[i].groupSize = 2;
  }
  for (uint32_t i : {0, 1, 2}) types[i].supertype = abi::kNoType;
  const abi::ValueType array{abi::ValueKind::AnyRef, abi::HeapKind::Concrete, 1, 0, 2};
  fields = fill(types[1].fields, {abi::FieldType{array, abi::PackedKind::None, 1, {}},
                                  abi::FieldType{abi::kI32, abi::PackedKind::I8, 0, {}}});
  const abi::ValueType any{abi::ValueKind::AnyRef, abi::HeapKind::Any, 1, 0, 0};
  fill(types[2].fields, {abi::FieldType{any, abi::PackedKind::None, 0, {}}});
  tag = reserve(module->tags, 1);
}

void TestArtifact::putFunctions() {
  putTypes();
  imports = reserve(module->imports, 2);
  setText(imports[0].module, "env");
  setText(imports[0].name, "f");
  setText(imports[1].module, "env");
  setText(imports[1].name, "g");
  imports[1].kind = abi::ExternKind::Global;
  imports[1].global.value = abi::kI32;
  function = reserve(module->functions, 1);
  point(function->code, file.data() + kText);
  function->codeSize = sizeof kCodeX86;
  fill(module->funcRefs, {uint32_t{1}});
}

void TestArtifact::putState() {
  globals = reserve(module->globals, 3);
  globals[0].type.value = abi::kI32;
  fill(globals[0].init,
       {{abi::ConstOp::GlobalGet, 0, {}}, constant(1), {abi::ConstOp::I32Add, 0, {}}});
  globals[1].type = {abi::kFuncRef, 1, {}};
  fill(globals[1].init, {{abi::ConstOp::RefFunc, 1, {}}});
  globals[2].type.value = {abi::ValueKind::AnyRef, abi::HeapKind::Concrete, 1, 0, 1};
  fill(globals[2].init, {{abi::ConstOp::RefNull, 0, {}}});
  table = reserve(module->tables, 1);
  table->type = {abi::kFuncRef, abi::kHasMax, 0, 4, 8};
  fill(table->init, {{abi::ConstOp::RefNull, 0, {}}});
  memory = reserve(module->memories, 1);
  memory->type = {0, 16, 2, 0};
  memory->imageSize = abi::kPageSize;
  memory->imageAddress = abi::kPageSize;
  exports = reserve(module->exports, 2);
  setText(exports[0].name, "run");
  exports[0].index = 1;
  setText(exports[1].name, "memory");
  exports[1].kind = abi::ExternKind::Memory;
}

void TestArtifact::putSegments() {
  elements = reserve(module->elements, 2);
  elements[0].element = abi::kFuncRef;
  fill(elements[0].offset, {constant(0)});
  fill(elements[0].functions, {uint32_t{1}});
  elements[1].mode = abi::SegmentMode::Passive;
  elements[1].element = abi::kFuncRef;
  abi::ConstExpr* expression = reserve(elements[1].expressions, 1);
  fill(*expression, {{abi::ConstOp::RefFunc, 1, {}}});
  data = reserve(module->data, 3);
  fill(data[0].offset, {constant(8)});
  fill(data[0].bytes, {uint8_t{1}, uint8_t{2}});
  data[1].mode = abi::SegmentMode::Passive;
  fill(data[1].bytes, {uint8_t{3}});
  data[2].mode = abi::SegmentMode::InImage;
}

void TestArtifact::putNames() {
  setText(module->moduleName, "test");
  abi::String* names = reserve(module->functionNames, 2);
  setText(names[0], "f");
  setText(names[1], "run");
  abi::OffsetRows* rows = reserve(module->offsetRows, 1);
  rows->wasmOffset = 0x20;
  fill(rows->rows, {uint8_t{0}, uint8_t{0}});
}

}  // namespace loader
