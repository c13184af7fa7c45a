#include "runtime/module/module.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "runtime/abi/abi_hash.h"
#include "runtime/abi/memory_limits.h"

namespace runtime {
namespace {

#if defined(__x86_64__)
constexpr abi::Arch kHostArch = abi::Arch::X86_64;
#elif defined(__aarch64__)
constexpr abi::Arch kHostArch = abi::Arch::AArch64;
#else
#error "wasm2obj runs on x86-64 and AArch64"
#endif

base::Error refused(std::string message) { return {"compiled module", std::move(message)}; }

base::Result<void> checkMemoryType(const abi::MemoryType& type) {
  if ((type.flags & abi::kShared) != 0 && (type.flags & abi::kHasMax) == 0) {
    return refused("a shared memory has no maximum");
  }
  if (!abi::isPageSizeLog2(type.pageSizeLog2)) {
    return refused(fmt::format("a memory has pages of 2^{} bytes", type.pageSizeLog2));
  }
  return {};
}

// Reads a LEB128 number and advances `at`, not beyond `end`. The loader does not check the contents
// of offset rows, so a number may be truncated or too long; then the result is unspecified.
uint64_t readLeb(const uint8_t*& at, const uint8_t* end, bool isSigned) {
  uint64_t value = 0;
  unsigned shift = 0;
  while (at != end && shift < 64) {
    uint8_t byte = *at++;
    value |= uint64_t{byte & 0x7fu} << shift;
    shift += 7;
    if ((byte & 0x80) != 0) continue;
    if (isSigned && (byte & 0x40) != 0 && shift < 64) value |= ~uint64_t{0} << shift;
    break;
  }
  return value;
}

}  // namespace

base::Result<std::shared_ptr<const Module>> Module::create(ModuleSource source) {
  CHECK(source.descriptor != nullptr);
  CHECK(source.code.begin != nullptr && source.code.begin < source.code.end);
  std::shared_ptr<Module> module(new Module(std::move(source)));
  TRY(module->check());
  TRY(module->indexTypes());
  module->indexFunctions();
  module->makePools();
  // Last, as other threads may look up addresses in the module from then on.
  registerCode(module->source_.code, module.get());
  module->isRegistered_ = true;
  return std::shared_ptr<const Module>(std::move(module));
}

Module::~Module() {
  if (isRegistered_) unregisterCode(this);
}

base::Result<ImageSource> Module::imageSource() const {
  bool isFirst = !isInstantiated_.exchange(true);
  bool isGivenAway = isImageGivenAway_;
  if (isGivenAway && !isFirst) return refused("its memory image has been taken by an instance");
  return ImageSource{descriptor().memoryImage.get(), isFirst ? -1 : imageFile(), isGivenAway};
}

// Returns a file descriptor, which the module owns, of a file with the image; -1 if there is no
// image or the system refuses the file. All instances share it, and exactly one of them makes it.
int Module::imageFile() const {
  std::call_once(imageFileAsked_, [this] { imageFile_ = makeImageFile(); });
  return imageFile_ ? imageFile_->descriptor() : -1;
}

// Errors are not reported: without a file, instances copy the image.
std::optional<base::MemoryFile> Module::makeImageFile() const {
  uint64_t size = 0;
  for (const abi::Memory& memory : descriptor().memories)
    if (memory.imageSize != 0) size = std::max(size, memory.imageOffset + memory.imageSize);
  if (size == 0) return std::nullopt;
  auto file = base::MemoryFile::create("memory image", {descriptor().memoryImage.get(), size});
  if (!file) return std::nullopt;
  return std::move(*file);
}

void Module::makePools() {
  for (uint32_t i = 0; i < descriptor().memories.count; ++i) {
    memoryPools_.push_back(std::make_shared<MemoryPool>(source_.owner));
  }
}

void Module::setPoolSize(size_t instances) const {
  for (const auto& pool : memoryPools_) pool->setCapacity(instances);
}

base::Result<void> Module::check() const {
  const abi::ModuleDescriptor& d = descriptor();
  // The loader has checked the same. But descriptors can also be made without it, as tests do.
  if (d.magic != abi::kDescriptorMagic) return refused("not a module descriptor");
  if (d.abiHash != abi::kAbiHash) {
    return refused(fmt::format("ABI {:#018x}, this runtime has {:#018x}: compile it again",
                               d.abiHash, abi::kAbiHash));
  }
  if (d.size != sizeof(abi::ModuleDescriptor)) {
    return refused(
        fmt::format("descriptor of {} bytes, expected {}", d.size, sizeof(abi::ModuleDescriptor)));
  }
  if (d.arch != kHostArch) {
    return refused(fmt::format("compiled for {}, this machine is {}", abi::archName(d.arch),
                               abi::archName(kHostArch)));
  }
  TRY(checkImports());
  for (const abi::Memory& memory : d.memories) {
    TRY(checkMemoryType(memory.type));
    uint64_t minBytes = abi::minBytes(memory.type);
    if (memory.imageAddress > minBytes || memory.imageSize > minBytes - memory.imageAddress) {
      return refused("a memory's image is larger than the memory");
    }
  }
  return checkCounts();
}

// Also checks the kinds of exports: other code relies on them in switch statements.
base::Result<void> Module::checkImports() const {
  for (const abi::Import& import : descriptor().imports) {
    if (import.kind > abi::ExternKind::Tag) {
      return refused(fmt::format("import {}.{} is of unknown kind", toView(import.module),
                                 toView(import.name)));
    }
    if (import.kind == abi::ExternKind::Memory) TRY(checkMemoryType(import.memory));
  }
  for (const abi::Export& entry : descriptor().exports) {
    if (entry.kind > abi::ExternKind::Tag) {
      return refused(fmt::format("export {} is of unknown kind", toView(entry.name)));
    }
  }
  return {};
}

// Checks the counts, which determine the layout of the context, against the arrays. A difference
// would let compiled code and the runtime access memory beyond the context.
base::Result<void> Module::checkCounts() const {
  const abi::ModuleDescriptor& d = descriptor();
  uint32_t imported[5] = {};
  for (const abi::Import& import : d.imports) ++imported[static_cast<size_t>(import.kind)];
  auto count = [&](abi::ExternKind kind) { return imported[static_cast<size_t>(kind)]; };
  const abi::ContextCounts& c = d.counts;
  bool consistent =
      c.types == d.types.count && c.importedFunctions == count(abi::ExternKind::Function) &&
      c.memories == count(abi::ExternKind::Memory) + d.memories.count &&
      c.tables == count(abi::ExternKind::Table) + d.tables.count &&
      c.importedGlobals == count(abi::ExternKind::Global) && c.globals == d.globals.count &&
      c.funcRefs == d.funcRefs.count && c.tags == count(abi::ExternKind::Tag) + d.tags.count;
  if (!consistent) return refused("the context's counts contradict the descriptor");
  return {};
}

// Assigns the canonical ids. Descriptors contain type indices only, which mean nothing to others.
base::Result<void> Module::indexTypes() {
  std::optional<TypeIds> held = TypeIds::tryHold(descriptor().types);
  if (!held) return refused("the modules of this process have too many types");
  typeIds_ = std::move(*held);
  for (const abi::Import& import : descriptor().imports) {
    if (import.kind == abi::ExternKind::Function) {
      importedFunctionTypes_.push_back(import.typeIndex);
    }
  }
  return {};
}

void Module::indexFunctions() {
  const abi::ModuleDescriptor& d = descriptor();
  // The inverse of ModuleDescriptor::funcRefs.
  slots_.assign(importedFunctionTypes_.size() + d.functions.count, abi::kNoFunction);
  for (uint32_t slot = 0; slot < d.funcRefs.count; ++slot) slots_.at(d.funcRefs[slot]) = slot;
  codeByAddress_.reserve(d.functions.count);
  for (uint32_t i = 0; i < d.functions.count; ++i) {
    auto begin = reinterpret_cast<uintptr_t>(d.functions[i].code.get());
    codeByAddress_.push_back({begin, begin + d.functions[i].codeSize, i});
  }
  std::sort(codeByAddress_.begin(), codeByAddress_.end(),
            [](const CodeEntry& a, const CodeEntry& b) { return a.begin < b.begin; });
}

abi::ValueType Module::canonical(abi::ValueType type) const {
  if (type.heap == abi::HeapKind::Concrete) type.typeIndex = typeId(type.typeIndex);
  return type;
}

abi::TableType Module::canonical(abi::TableType type) const {
  type.element = canonical(type.element);
  return type;
}

abi::GlobalType Module::canonical(abi::GlobalType type) const {
  type.value = canonical(type.value);
  return type;
}

std::string_view Module::name() const { return toView(descriptor().moduleName); }

uint32_t Module::typeIndexOf(uint32_t functionIndex) const {
  if (functionIndex < importedFunctionTypes_.size()) return importedFunctionTypes_[functionIndex];
  return descriptor().functions[functionIndex - importedFunctionTypes_.size()].typeIndex;
}

std::string Module::functionName(uint32_t functionIndex) const {
  const abi::ModuleDescriptor& d = descriptor();
  // The name section may be stripped, or lack names of some functions.
  if (functionIndex < d.functionNames.count && d.functionNames[functionIndex].count != 0) {
    return std::string(toView(d.functionNames[functionIndex]));
  }
  for (const abi::Export& entry : d.exports) {
    if (entry.kind == abi::ExternKind::Function && entry.index == functionIndex) {
      return std::string(toView(entry.name));
    }
  }
  return fmt::format("func[{}]", functionIndex);
}

std::string Module::tagName(uint32_t tagIndex) const {
  for (const abi::Export& item : descriptor().exports) {
    if (item.kind == abi::ExternKind::Tag && item.index == tagIndex) {
      return std::string(toView(item.name));
    }
  }
  return fmt::format("tag[{}]", tagIndex);
}

std::vector<Frame> Module::symbolize(const void* pc) const {
  auto address = reinterpret_cast<uintptr_t>(pc);
  auto after = std::upper_bound(codeByAddress_.begin(), codeByAddress_.end(), address,
                                [](uintptr_t at, const CodeEntry& e) { return at < e.begin; });
  if (after == codeByAddress_.begin()) return {};
  const CodeEntry& entry = *std::prev(after);
  // Code between functions, such as thunks, has no entry.
  if (address >= entry.end) return {};
  // The rows are optional in a descriptor.
  if (entry.ownIndex >= descriptor().offsetRows.count) return {frameOf(entry.ownIndex, 0)};

  // Outer calls come before the calls inside of them. The offset of each is in the function that
  // contains the call: the function itself, or the callee of the call before.
  std::vector<Frame> frames;
  uint32_t own = entry.ownIndex;
  uintptr_t codeOffset = address - entry.begin;
  for (const abi::InlinedCall& call : descriptor().offsetRows[own].inlined) {
    if (codeOffset < call.begin || codeOffset >= call.end) continue;
    frames.push_back(frameOf(frames.empty() ? own : ownIndexAt(call.wasmOffset), call.wasmOffset));
  }
  uint32_t offset = wasmOffset(own, codeOffset);
  frames.push_back(frameOf(frames.empty() ? own : ownIndexAt(offset), offset));
  std::reverse(frames.begin(), frames.end());
  return frames;
}

Frame Module::frameOf(uint32_t ownIndex, uint32_t wasmOffset) const {
  Frame frame;
  frame.module = name();
  frame.functionIndex = static_cast<uint32_t>(importedFunctionTypes_.size()) + ownIndex;
  frame.function = functionName(frame.functionIndex);
  frame.wasmOffset = wasmOffset;
  const abi::Array<abi::OffsetRows>& rows = descriptor().offsetRows;
  if (ownIndex < rows.count) frame.functionOffset = rows[ownIndex].wasmOffset;
  return frame;
}

// Returns the function whose entry in the code section contains an offset. Entries are in the order
// of function indices, so the offsets ascend.
uint32_t Module::ownIndexAt(uint32_t wasmOffset) const {
  const abi::Array<abi::OffsetRows>& rows = descriptor().offsetRows;
  auto after = std::upper_bound(
      rows.begin(), rows.end(), wasmOffset,
      [](uint32_t offset, const abi::OffsetRows& row) { return offset < row.wasmOffset; });
  return after == rows.begin() ? 0 : static_cast<uint32_t>(after - rows.begin()) - 1;
}

uint32_t Module::wasmOffset(uint32_t ownIndex, uintptr_t codeOffset) const {
  const abi::OffsetRows& rows = descriptor().offsetRows[ownIndex];
  // Rows are differences, so they are read from the start. Only backtraces need them.
  if (rows.rows.count == 0) return rows.wasmOffset;
  uint64_t rowStart = 0;
  uint64_t offset = rows.wasmOffset;
  uint64_t found = offset;
  const uint8_t* end = rows.rows.end();
  for (const uint8_t* at = rows.rows.begin(); at != end;) {
    rowStart += readLeb(at, end, false);
    offset += readLeb(at, end, true);
    if (rowStart > codeOffset) break;
    found = offset;
  }
  return static_cast<uint32_t>(found);
}

}  // namespace runtime
