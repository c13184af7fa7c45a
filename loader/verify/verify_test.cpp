#include "loader/verify/verify.h"

#include <gtest/gtest.h>

#include <functional>
#include <memory>

#include "loader/testing/test_artifact.h"

namespace loader {
namespace {

// Returns the error, or "accepted".
std::string refusal(base::ByteView file) {
  auto artifact = verifyArtifact(file);
  return artifact.ok() ? "accepted" : artifact.error().text();
}

// A copy at an aligned address in memory of exactly its size, so that AddressSanitizer detects
// every access beyond it.
class Exact {
 public:
  explicit Exact(base::ByteView bytes) : data_(new uint8_t[bytes.size()]), size_(bytes.size()) {
    std::copy(bytes.begin(), bytes.end(), data_.get());
  }
  base::ByteView view() const { return {data_.get(), size_}; }

 private:
  std::unique_ptr<uint8_t[]> data_;
  size_t size_;
};

TEST(Verify, AcceptsTheWhole) {
  TestArtifact artifact;
  EXPECT_EQ(refusal(artifact.file), "accepted");
}

TEST(Verify, AcceptsPagesOfOneByte) {
  TestArtifact artifact;
  artifact.memory->type = {0, 0, 2 * abi::kPageSize, 0};
  artifact.seal();
  EXPECT_EQ(refusal(artifact.file), "accepted");
}

TEST(Verify, EveryFlippedByteIsRefused) {
  TestArtifact artifact;
  // Only a sample of the memory image and the code, which are most of the file.
  auto isDense = [](uint64_t at) { return at < 0x2000 || at >= TestArtifact::kRelro; };
  for (uint64_t at = 0; at < artifact.file.size(); at += isDense(at) ? 1 : 61) {
    for (uint8_t flip : {0x01, 0x80, 0xff}) {
      artifact.file[at] ^= flip;
      EXPECT_NE(refusal(artifact.file), "accepted") << "byte " << at;
      artifact.file[at] ^= flip;
    }
  }
}

TEST(Verify, EveryTruncationIsRefused) {
  TestArtifact artifact;
  base::ByteView file = artifact.file;
  for (size_t size = 0; size < file.size(); size += size < 0x2000 ? 1 : 97)
    EXPECT_NE(refusal(Exact(file.first(size)).view()), "accepted") << "size " << size;
  base::Bytes longer = artifact.file;
  longer.push_back(0);
  EXPECT_NE(refusal(longer).find("something was added to it"), std::string::npos);
}

// Follows every reference of a descriptor as the runtime does. Returns a sum of the values there.
uint64_t walk(const abi::ModuleDescriptor& module) {
  uint64_t sum = 0;
  auto text = [&](const abi::String& string) {
    for (char c : string) sum += static_cast<uint8_t>(c);
  };
  auto expression = [&](const abi::ConstExpr& steps) {
    for (const abi::ConstStep& step : steps) sum += step.index + step.bits[0];
  };
  auto valueType = [&](const abi::ValueType& type) {
    if (type.heap == abi::HeapKind::Concrete) sum += module.types[type.typeIndex].groupSize;
  };
  for (const auto& type : module.types) {
    for (const auto& value : type.params) valueType(value);
    for (const auto& value : type.results) valueType(value);
    for (const auto& field : type.fields) valueType(field.value);
    if (type.supertype != abi::kNoType) sum += module.types[type.supertype].isFinal;
  }
  for (const auto& import : module.imports) text(import.module), text(import.name);
  for (const auto& function : module.functions)
    if (function.codeSize != 0) sum += *static_cast<uint8_t*>(function.code.get());
  for (const auto& global : module.globals) {
    valueType(global.type.value);
    expression(global.init);
  }
  for (const auto& tag : module.tags) sum += module.types[tag.typeIndex].params.count;
  for (const auto& table : module.tables) expression(table.init);
  for (const auto& memory : module.memories)
    if (memory.imageSize != 0)
      sum += module.memoryImage.get()[memory.imageOffset + memory.imageSize - 1];
  for (const auto& entry : module.exports) text(entry.name);
  for (const auto& segment : module.elements) {
    for (uint32_t index : segment.functions) sum += index;
    for (const auto& steps : segment.expressions) expression(steps);
    if (segment.mode == abi::SegmentMode::Active) expression(segment.offset);
  }
  for (const auto& segment : module.data) {
    for (uint8_t byte : segment.bytes) sum += byte;
    if (segment.mode == abi::SegmentMode::Active) expression(segment.offset);
  }
  for (uint32_t index : module.funcRefs) sum += index;
  for (const auto& name : module.functionNames) text(name);
  for (const auto& rows : module.offsetRows)
    for (uint8_t byte : rows.rows) sum += byte;
  text(module.moduleName);
  for (uint8_t byte : module.dylink) sum += byte;
  return sum;
}

// An artifact with a changed word and a correct checksum is refused, or all of its references can
// be followed.
TEST(Verify, SealedDamageIsNeverTrusted) {
  TestArtifact artifact;
  const base::Bytes whole = artifact.file;
  const uint64_t end = 0x2000;
  auto tryWord = [&](uint64_t at, uint32_t value) {
    base::storeUnaligned(artifact.file.data() + at, value);
    artifact.seal();
    if (verifyArtifact(artifact.file).ok()) {
      auto descriptor = base::loadUnaligned<abi::ArtifactNote>(artifact.note).descriptorOffset;
      walk(*reinterpret_cast<abi::ModuleDescriptor*>(artifact.file.data() + descriptor));
    }
    std::copy_n(whole.begin(), end, artifact.file.begin());
    std::copy(whole.begin() + TestArtifact::kRelro, whole.end(),
              artifact.file.begin() + TestArtifact::kRelro);
  };
  auto tryRange = [&](uint64_t from, uint64_t to) {
    for (uint64_t at = from; at < to; at += 4) {
      auto old = base::loadUnaligned<uint32_t>(whole.data() + at);
      for (uint32_t value : {0u, 1u, old + 1, old - 1, old + 8, old ^ 0x10000, 0x7fffffffu,
                             0x80000000u, 0xfffffffcu, 0xffffffffu})
        tryWord(at, value);
    }
  };
  tryRange(0, end);
  tryRange(TestArtifact::kRelro, whole.size());
}

// A change of an artifact that must be refused.
struct Damage {
  const char* name;
  std::function<void(TestArtifact&)> apply;
  const char* expected;  // part of the refusal
  bool reseal = true;
};

void PrintTo(const Damage& damage, std::ostream* out) { *out << damage.name; }

class Refusal : public testing::TestWithParam<Damage> {};

TEST_P(Refusal, NamesWhatIsWrong) {
  TestArtifact artifact;
  GetParam().apply(artifact);
  if (GetParam().reseal) artifact.seal();
  std::string reason = refusal(artifact.file);
  EXPECT_NE(reason.find(GetParam().expected), std::string::npos) << reason;
}

const Damage kHeaderDamage[] = {
    {"Class", [](auto& a) { a.header->e_ident[EI_CLASS] = ELFCLASS32; }, "EI_CLASS"},
    {"Endianness", [](auto& a) { a.header->e_ident[EI_DATA] = ELFDATA2MSB; }, "EI_DATA"},
    {"Machine", [](auto& a) { a.header->e_machine = EM_RISCV; }, "ELF machine 243"},
    {"Type", [](auto& a) { a.header->e_type = ET_EXEC; }, "expected a shared object"},
    {"NoHeaders", [](auto& a) { a.header->e_phnum = 0; }, "e_phnum is 0"},
    {"Interpreter", [](auto& a) { a.segment(PT_GNU_STACK).p_type = PT_INTERP; }, "PT_INTERP"},
    {"Tls", [](auto& a) { a.segment(PT_GNU_STACK).p_type = PT_TLS; }, "PT_TLS"},
    {"UnknownHeader", [](auto& a) { a.segment(PT_GNU_STACK).p_type = 99; }, "unknown type 0x63"},
    {"ExecutableStack", [](auto& a) { a.segment(PT_GNU_STACK).p_flags = PF_R | PF_X; },
     "executable stack"},
    {"NoCode", [](auto& a) { a.segment(PT_LOAD, PF_R | PF_X).p_flags = PF_R; },
     "has 0 executable segments, expected one"},
    {"WritableCode", [](auto& a) { a.segment(PT_LOAD, PF_R | PF_X).p_flags |= PF_W; },
     "both writable and executable"},
    {"Overlap",
     [](auto& a) {
       auto& load = a.segment(PT_LOAD, PF_R | PF_X);
       load.p_offset = load.p_vaddr = TestArtifact::kImage;
     },
     "overlaps the segment before it"},
    {"OutOfStep", [](auto& a) { a.segment(PT_LOAD, PF_R | PF_X).p_vaddr += 0x1000; },
     "an address that is not its file offset"},
    {"Alignment", [](auto& a) { a.segment(PT_LOAD, PF_R | PF_X).p_align = 16; }, "bad alignment"},
    {"Overflow", [](auto& a) { a.segment(PT_LOAD, PF_R | PF_X).p_filesz = ~uint64_t{0}; },
     "is truncated"},
    {"Bss", [](auto& a) { a.segment(PT_LOAD, PF_R | PF_W).p_memsz += 0x1000; },
     "memory without content"},
    {"NoNote", [](auto& a) { a.segment(PT_NOTE).p_type = PT_NULL; }, "unknown type 0x0"},
    {"ForeignNote", [](auto& a) { reinterpret_cast<char*>(a.note)[-12] = 'X'; },
     "not a module compiled by wasm2obj"},
    {"NotSealedRelro", [](auto& a) { a.segment(PT_GNU_RELRO).p_memsz = 8; }, "PT_GNU_RELRO"},
};
INSTANTIATE_TEST_SUITE_P(Headers, Refusal, testing::ValuesIn(kHeaderDamage),
                         [](const auto& info) { return std::string(info.param.name); });

const Damage kIdentityDamage[] = {
    {"Format", [](auto& a) { a.note->formatVersion = 9; }, "artifact format is 9"},
    {"AbiHash", [](auto& a) { a.note->abiHash = 0x1234; },
     "for ABI 9 (0000000000001234), this runtime has ABI 9 ("},
    {"Arch",
     [](auto& a) {
       bool x86 = a.note->arch == abi::Arch::X86_64;
       a.note->arch = x86 ? abi::Arch::AArch64 : abi::Arch::X86_64;
       a.header->e_machine = x86 ? EM_AARCH64 : EM_X86_64;
     },
     "recompile with --target="},
    {"ArchOfNote", [](auto& a) { a.note->arch = static_cast<abi::Arch>(7); },
     "its note says unknown"},
    {"NeverSealed", [](auto& a) { a.note->fileSize = a.note->checksum = 0; }, "never sealed",
     false},
    {"Checksum", [](auto& a) { a.note->checksum ^= 1; }, "checksum is", false},
    {"CoveredSize", [](auto& a) { a.note->coveredSize = 8; }, "coveredSize is 0x8", false},
    {"ImageRange", [](auto& a) { a.note->imageSize = 5; }, "a memory image of 0x5", false},
    {"UnknownCpuFeature",
     [](auto& a) { a.note->cpu.features[1] = a.module->cpuFeatures[1] = uint64_t{1} << 63; },
     "CPU feature number 127, which this CPU lacks; recompile with --cpu=native"},
};
INSTANTIATE_TEST_SUITE_P(Identity, Refusal, testing::ValuesIn(kIdentityDamage),
                         [](const auto& info) { return std::string(info.param.name); });

const Damage kDynamicDamage[] = {
    {"Needed", [](auto& a) { a.dynamicEntry(DT_FLAGS).d_tag = DT_NEEDED; }, "DT_NEEDED"},
    {"InitArray", [](auto& a) { a.dynamicEntry(DT_FLAGS).d_tag = DT_INIT_ARRAY; }, "DT_INIT_ARRAY"},
    {"TextRelocations", [](auto& a) { a.dynamicEntry(DT_FLAGS).d_tag = DT_TEXTREL; }, "DT_TEXTREL"},
    {"UnknownTag", [](auto& a) { a.dynamicEntry(DT_FLAGS).d_tag = 0x1234; }, "unknown tag 0x1234"},
    {"NoEnd", [](auto& a) { a.dynamicEntry(DT_NULL).d_tag = DT_SONAME; }, "it has no end"},
    {"RelocationKind", [](auto& a) { a.relocation->r_info = ELF64_R_INFO(1, R_X86_64_64); },
     "is not relative"},
    {"RelocationOfCode", [](auto& a) { a.relocation->r_offset = TestArtifact::kText; },
     "does not lie in a writable segment"},
    {"RelocationTarget", [](auto& a) { a.relocation->r_addend = int64_t{1} << 50; },
     "points outside"},
    {"SymbolName", [](auto& a) { a.symbols[1].st_name = 2; }, "does not export wasm2obj_module"},
    {"UnwindLength", [](auto& a) { a.ehFrame[0] = 0x10000000; }, "has a bad length"},
    {"UnwindCommon", [](auto& a) { a.ehFrame[6] = 20; }, "refers to no common record"},
};
INSTANTIATE_TEST_SUITE_P(Dynamic, Refusal, testing::ValuesIn(kDynamicDamage),
                         [](const auto& info) { return std::string(info.param.name); });

constexpr abi::ValueKind kAnyRef = abi::ValueKind::AnyRef;

const Damage kDescriptorDamage[] = {
    {"Magic", [](auto& a) { a.module->magic = 1; }, "magic is 0x1"},
    {"Size", [](auto& a) { a.module->size = 1; }, "size is 1"},
    {"Counts", [](auto& a) { a.module->counts.globals = 7; }, "counts disagree"},
    {"Array", [](auto& a) { a.module->types.count = 0x10000000; }, "types outside its segment"},
    {"NullArray", [](auto& a) { a.module->imports.data.delta = 0; }, "imports outside"},
    {"ArrayInImage", [](auto& a) { a.types[0].results.data.set(a.file.data() + a.kImage); },
     "a function type outside"},
    {"ValueKind",
     [](auto& a) { const_cast<abi::ValueType&>(a.types[0].results[0]).kind = abi::ValueKind{99}; },
     "unknown value type 99"},
    {"ValueTypeKindAndHeap",
     [](auto& a) { const_cast<abi::ValueType&>(a.types[0].results[0]).kind = kAnyRef; },
     "a value type of kind 7 contradicts itself"},
    {"ValueTypeIndex", [](auto& a) { a.fields[0].value.typeIndex = 3; }, "contradicts itself"},
    {"ValueTypeOfAnotherKind", [](auto& a) { a.fields[0].value.typeIndex = 0; },
     "contradicts itself"},
    {"ValueTypeBeyondItsGroup",
     [](auto& a) {
       a.types[1].groupSize = a.types[2].groupSize = 1;
       a.types[2].group = 2;
     },
     "contradicts itself"},
    {"NumberWithHeap", [](auto& a) { a.fields[1].value.heap = abi::HeapKind::Any; },
     "a value type of kind 0 contradicts itself"},
    {"GroupSize", [](auto& a) { a.types[1].groupSize = a.types[2].groupSize = 3; },
     "type 1 is in no recursive group"},
    {"EmptyGroup", [](auto& a) { a.types[0].groupSize = 0; }, "type 0 is in no recursive group"},
    {"GroupWithGap", [](auto& a) { a.types[2].group = 2; }, "type 2 is in no recursive group"},
    {"CompositeKind", [](auto& a) { a.types[2].kind = abi::CompositeKind{9}; },
     "type 2 is of unknown kind 9"},
    {"SupertypeOfItself", [](auto& a) { a.types[1].supertype = 1; }, "has no valid supertype"},
    {"SupertypeBehind", [](auto& a) { a.types[1].supertype = 2; }, "has no valid supertype"},
    {"SupertypeOfAnotherKind", [](auto& a) { a.types[2].supertype = 1; }, "has no valid supertype"},
    {"FinalSupertype",
     [](auto& a) {
       a.types[1].isFinal = 1;
       a.types[2].kind = abi::CompositeKind::Struct;
       a.types[2].supertype = 1;
     },
     "type 2 has no valid supertype"},
    {"FunctionWithFields",
     [](auto& a) {
       a.types[0].fields.data.set(a.fields + 1);
       a.types[0].fields.count = 1;
     },
     "a type is of two kinds"},
    {"StructureWithThunk",
     [](auto& a) { a.types[1].entryThunk.set(a.file.data() + TestArtifact::kText); },
     "a type is of two kinds"},
    {"ArrayOfNothing", [](auto& a) { a.types[2].fields.count = 0; }, "an array type has 0 fields"},
    {"Packed", [](auto& a) { a.fields[0].packed = abi::PackedKind::I16; }, "field of unknown kind"},
    {"Thunk", [](auto& a) { a.types[0].entryThunk.delta = 4; }, "a thunk lies outside the code"},
    {"Flags", [](auto& a) { a.module->flags = 4; }, "unknown flags 0x4"},
    {"CrossInstanceThunk", [](auto& a) { a.types[0].crossInstanceThunk.delta = 4; },
     "a thunk lies outside the code"},
    {"NoThunk", [](auto& a) { a.types[0].entryThunk.delta = 0; }, "has no thunk for it"},
    {"Code", [](auto& a) { a.function->codeSize = 0x41; }, "function 1 lies outside the code"},
    {"TagType", [](auto& a) { a.tag->typeIndex = 1; }, "a tag has no type"},
    {"FunctionOfStructureType", [](auto& a) { a.function->typeIndex = 1; },
     "a function has no type"},
    {"TypeIndex", [](auto& a) { a.function->typeIndex = 3; }, "a function has no type"},
    {"ImportKind", [](auto& a) { a.imports[0].kind = abi::ExternKind{5}; }, "unknown kind 5"},
    {"FuncRef", [](auto& a) { const_cast<uint32_t&>(a.module->funcRefs[0]) = 2; },
     "a reference to no function"},
    {"ConstOp",
     [](auto& a) { const_cast<abi::ConstStep&>(a.globals[0].init[2]).op = abi::ConstOp{99}; },
     "unknown operation"},
    {"ConstGlobal", [](auto& a) { const_cast<abi::ConstStep&>(a.globals[0].init[0]).index = 1; },
     "reads a global that is not there"},
    {"ConstDepth", [](auto& a) { a.globals[0].init.count = 2; }, "does not leave one value"},
    {"ConstUnderflow",
     [](auto& a) { const_cast<abi::ConstStep&>(a.globals[0].init[0]).op = abi::ConstOp::I32Add; },
     "lacks an operand"},
    {"BitsAsReference",
     [](auto& a) { const_cast<abi::ConstStep&>(a.globals[1].init[0]).op = abi::ConstOp::Const; },
     "leaves a value of another type"},
    {"NullWithoutNull", [](auto& a) { a.globals[2].type.value.isNullable = 0; },
     "leaves a value of another type"},
    {"TableWithoutNull",
     [](auto& a) {
       a.table->type.element.isNullable = 0;
       a.table->init.count = 0;
     },
     "a table without null has no initial value"},
    {"NullableElements", [](auto& a) { a.table->type.element.isNullable = 0; },
     "leaves a value of another type"},
    {"TableElement", [](auto& a) { a.table->type.element = abi::kI32; },
     "elements are no references"},
    {"Limits", [](auto& a) { a.table->type.max = 3; }, "limits 4 to 3"},
    {"MemoryPages", [](auto& a) { a.memory->type.min = 65537; }, "beyond 65536"},
    {"PageSize", [](auto& a) { a.memory->type.pageSizeLog2 = 12; }, "pages of 2^12 bytes"},
    {"MemoryBytes",
     [](auto& a) {
       a.memory->type = {0, 0, uint64_t{1} << 32, 0};
     },
     "beyond 4294967295"},
    {"ImageBeyondMemory", [](auto& a) { a.memory->type.min = 1; }, "does not fit"},
    {"ImageBeyondBytes",
     [](auto& a) {
       a.memory->type = {0, 0, 2 * abi::kPageSize - 1, 0};
     },
     "does not fit"},
    {"ImageThatWraps",
     [](auto& a) {
       a.memory->type = {abi::kIndex64, 0, UINT64_MAX, 0};
       a.memory->imageAddress = ~(abi::kPageSize - 1);
     },
     "does not fit"},
    {"ExportIndex", [](auto& a) { a.exports[1].index = 1; }, "not there"},
    {"ExportWithoutReference", [](auto& a) { a.exports[0].index = 0; }, "has no reference"},
    {"ElementTable", [](auto& a) { a.elements[0].table = 1; }, "for no table of its type"},
    {"ElementFunction", [](auto& a) { const_cast<uint32_t&>(a.elements[0].functions[0]) = 0; },
     "a function that has no reference"},
    {"DataMemory", [](auto& a) { a.data[0].memory = 1; }, "for no memory"},
    {"DataMode", [](auto& a) { a.data[0].mode = abi::SegmentMode{9}; }, "unknown kind"},
    {"Start", [](auto& a) { a.module->startFunction = 1; }, "start function cannot be called"},
    {"StartWithoutReference",
     [](auto& a) {
       a.types[0].results.count = 0;
       a.module->startFunction = 0;
     },
     "the start function has no reference"},
    {"Libcalls", [](auto& a) { a.module->libcalls.set(a.file.data() + a.kRelroEnd - 8); },
     "library calls"},
    {"Names", [](auto& a) { a.module->functionNames.count = 1; }, "1 function names for 2"},
    {"Dylink", [](auto& a) { a.module->dylink.count = 1; }, "the dylink.0 section"},
};
INSTANTIATE_TEST_SUITE_P(Descriptor, Refusal, testing::ValuesIn(kDescriptorDamage),
                         [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace loader
