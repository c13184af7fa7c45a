// An artifact with some of its bytes changed and its checksum made right again: it is refused, or
// it can be loaded, instantiated and asked for its names. Its code and its start function are left
// alone and not run: code is believed, since whoever writes artifacts can run code anyway.
#include <algorithm>

#include "loader/embed/module_of_image.h"
#include "loader/test_artifact.h"
#include "runtime/instance.h"
#include "runtime/linker.h"
#include "runtime/store.h"
#include "test/fuzz/input.h"

namespace {

using loader::TestArtifact;

// Few, or something is refused early.
constexpr int kMostChanges = 4;

bool isCode(size_t at) { return at >= TestArtifact::kText && at < TestArtifact::kText + 0x40; }
// A page of sevens: nothing to find.
bool isImage(size_t at) { return at >= TestArtifact::kImage && at < TestArtifact::kText; }

// The bytes that matter lie at the file's beginning and behind its code.
size_t place(fuzz::Input& input, const TestArtifact& artifact) {
  size_t used = artifact.note->descriptorOffset + 0x800;
  size_t back = artifact.file.size() - TestArtifact::kRelro;
  size_t at = (size_t{input.byte()} << 8 | input.byte()) % (used + back);
  return at < used ? at : TestArtifact::kRelro + (at - used);
}

void change(fuzz::Input& input, TestArtifact& artifact) {
  constexpr uint64_t kOdd[] = {0,          1,          0x7fffffff, 0x80000000,
                               0xffffffff, 1ull << 40, 1ull << 63, ~0ull};
  size_t at = place(input, artifact);
  uint8_t how = input.byte();
  size_t count = size_t{1} << (how & 3);
  uint64_t value = how & 4 ? kOdd[input.byte() % std::size(kOdd)] : input.byte();
  for (size_t i = 0; i < count && at + i < artifact.file.size(); ++i) {
    if (isCode(at + i) || isImage(at + i)) continue;
    uint8_t byte = static_cast<uint8_t>(value >> (8 * i));
    artifact.file[at + i] = how & 8 ? static_cast<uint8_t>(artifact.file[at + i] + byte) : byte;
  }
}

// What instantiation would take that does not fit here, or runs.
bool isModest(const abi::ModuleDescriptor& module) {
  constexpr uint64_t kMostElements = 1000, kMostPages = 64;
  if (module.startFunction != abi::kNoFunction) return false;
  for (const abi::Table& table : module.tables) {
    if (table.type.min > kMostElements) return false;
  }
  for (const abi::Memory& memory : module.memories) {
    if (memory.type.min > kMostPages) return false;
  }
  return true;
}

uint32_t hostFunction(runtime::Caller*) { return 1; }

void instantiate(const std::shared_ptr<const runtime::Module>& module) {
  runtime::Store store;
  runtime::Linker linker;
  linker.define("env", "f", runtime::hostFunction(hostFunction));
  abi::GlobalType type{};
  type.value = abi::kI32;
  auto global = store.createGlobal(type, runtime::Value::i32(3));
  CHECK(global.ok());
  linker.define("env", "g", *global);
  auto instance = linker.instantiate(store, module);
  if (!instance || !instance->ok()) return;
  for (const abi::Export& entry : module->descriptor().exports) {
    CHECK(!runtime::describe(instance->value()->exported(entry)).empty());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  TestArtifact artifact;
  fuzz::Input input(data, size);
  for (int changes = 1 + input.byte() % kMostChanges; changes > 0; --changes) {
    change(input, artifact);
  }
  artifact.seal();
  auto image = loader::Image::fromMemory(artifact.file, "fuzz.so");
  if (!image) return 0;
  auto module = embed::moduleOf(*image);
  if (!module) return 0;
  base::ByteView code = (*image)->code();
  for (size_t at = 0; at < std::min<size_t>(code.size(), 64); ++at) {
    (void)(*module)->symbolize(code.data() + at);
  }
  if (isModest((*module)->descriptor())) instantiate(*module);
  return 0;
}
