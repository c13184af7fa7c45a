// Fuzzes the loader with an artifact in which some bytes have been changed and the checksum
// corrected. The loader must refuse it, or it must be possible to load and instantiate it and to
// read its names and unwind tables. Some inputs are signed before they are changed: where the
// signature is required, only the unchanged file loads. Code is neither changed nor run: the loader
// trusts it, since everyone who can write artifacts can run code anyway.
#include <algorithm>
#include <iterator>

#include "loader/elf/artifact_note.h"
#include "loader/embed/module_of_image.h"
#include "loader/signature/signed_file.h"
#include "loader/testing/test_artifact.h"
#include "runtime/instance/instance.h"
#include "runtime/linker.h"
#include "runtime/store.h"
#include "runtime/unwind/unwind_table.h"
#include "test/differential/generate/random_module.h"
#include "test/fuzz/artifact_of.h"
#include "test/fuzz/input.h"

namespace {

// A range of bytes in the file.
struct Range {
  size_t begin;
  size_t end;
  bool has(size_t at) const { return at >= begin && at < end; }
};

// An artifact to change, and the ranges of it that are left as they are: code and memory images,
// which the loader does not check.
struct Original {
  base::Bytes file;
  std::vector<Range> left;

  explicit Original(base::Bytes bytes) : file(std::move(bytes)) {
    auto headers = loader::readElfHeaders(file);
    CHECK(headers.ok());
    for (const Elf64_Phdr& load : headers->loads) {
      if (load.p_flags & PF_X) left.push_back({load.p_offset, load.p_offset + load.p_filesz});
    }
    auto located = loader::findNote(file, *headers);
    CHECK(located.ok());
    const abi::ArtifactNote& note = located->note;
    left.push_back({note.imageOffset, note.imageOffset + note.imageSize});
    end_ = note.coveredSize;
  }

  bool isLeft(size_t at) const {
    return std::any_of(left.begin(), left.end(), [&](const Range& range) { return range.has(at); });
  }
  // Returns an offset that the input selects. Most offsets in code and images are moved behind
  // them.
  size_t place(fuzz::Input& input) const {
    size_t at = (size_t{input.byte()} << 16 | size_t{input.byte()} << 8 | input.byte()) % end_;
    for (const Range& range : left) {
      if (range.has(at)) at = range.end + (at - range.begin) % 0x800;
    }
    return std::min(at, file.size() - 1);
  }

 private:
  size_t end_;  // of the bytes that are loaded (ArtifactNote::coveredSize)
};

// Returns an artifact with functions of a kind.
base::Bytes compiled(const char* kind) {
  constexpr unsigned kFunctions = 3;
  return fuzz::artifactOf(
      differential::randomModule(1, {.entries = kFunctions, .kind = kind}).text);
}

// Returns one of three artifacts: a small one that is built by hand, one that is compiled, and one
// with objects and exceptions.
const Original& original(fuzz::Input& input) {
  static const Original kSmall(loader::TestArtifact().file);
  static const Original kCompiled(compiled(""));
  static const Original kWithObjects(compiled("catches"));
  const Original* const kOriginals[] = {&kSmall, &kCompiled, &kWithObjects};
  return *kOriginals[input.byte() % std::size(kOriginals)];
}

// Changes 1 to 8 bytes: replaces or increases them by a small or an unusual number.
void change(fuzz::Input& input, const Original& original, base::Bytes& file) {
  constexpr uint64_t kOdd[] = {0,          1,          0x7fffffff, 0x80000000,
                               0xffffffff, 1ull << 40, 1ull << 63, ~0ull};
  size_t at = original.place(input);
  uint8_t how = input.byte();
  size_t count = size_t{1} << (how & 3);
  uint64_t value = how & 4 ? kOdd[input.byte() % std::size(kOdd)] : input.byte();
  for (size_t i = 0; i < count && at + i < file.size(); ++i) {
    if (original.isLeft(at + i)) continue;
    uint8_t byte = static_cast<uint8_t>(value >> (8 * i));
    file[at + i] = how & 8 ? static_cast<uint8_t>(file[at + i] + byte) : byte;
  }
}

// Returns whether instantiation runs no code and needs little memory.
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

uint32_t small(runtime::Caller*) { return 1; }
uint32_t observe(runtime::Caller*, uint32_t, uint64_t) { return 1; }

// Instantiates the module with the imports of all artifacts. Failure is permitted: the
// descriptor's imports may have been changed.
void instantiate(const std::shared_ptr<const runtime::Module>& module) {
  runtime::Store store;
  runtime::Linker linker;
  linker.define("env", "f", runtime::hostFunction(small));
  linker.define("host", "observe", runtime::hostFunction(observe));
  linker.define("host", "again", runtime::hostFunction(observe));
  linker.define("host", "tag", store.createTag({.params = {abi::kI32}, .results = {}}));
  for (const char* name : {"env", "host"}) {
    abi::GlobalType type{};
    type.value = abi::kI32;
    type.isMutable = name[0] == 'h';
    auto global = store.createGlobal(type, runtime::Value::i32(3));
    CHECK(global.ok());
    linker.define(name, type.isMutable ? "global" : "g", *global);
  }
  auto instance = linker.instantiate(store, module);
  if (!instance) return;
  for (const abi::Export& entry : module->descriptor().exports) {
    CHECK(!runtime::describe((*instance)->exported(entry)).empty());
  }
}

// Signs a file, changes it anywhere, and loads it with the signature required or not.
void loadSigned(fuzz::Input& input, base::ByteView content) {
  static const loader::PrivateKey kKey(loader::PrivateKey::Seed{1});
  static const loader::PublicKey kKeys[] = {kKey.publicKey()};
  loader::SignedFile parts{content, {}};
  CHECK(parts.sign(kKey).ok());
  const base::Bytes whole = parts.join();
  base::Bytes file = whole;
  for (int changes = input.byte() % 4; changes > 0; --changes) {
    // Half of them in the signature and what follows it.
    constexpr size_t kTail = 130;
    size_t at = input.word() % (input.byte() & 1 ? kTail : file.size()) % file.size();
    file[file.size() - 1 - at] = input.byte();
  }
  size_t end = file.size() - (input.byte() & 1 ? input.byte() : 0);
  file.resize(end);
  // The content may be no artifact, so an unchanged file may be refused as well.
  bool isLoaded = loader::Image::fromMemory(file, "fuzz.so", kKeys).ok();
  CHECK(!isLoaded || file == whole);
  (void)loader::Image::fromMemory(file, "fuzz.so");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  constexpr int kMostChanges = 4;  // with more, an early check would refuse nearly all inputs
  fuzz::Input input(data, size);
  const Original& start = original(input);
  base::Bytes file = start.file;
  for (int changes = 1 + input.byte() % kMostChanges; changes > 0; --changes) {
    change(input, start, file);
  }
  loader::sealIfPossible(file);
  constexpr int kSignedPart = 8;  // of all inputs, one in so many, since signing takes longer
  if (input.byte() % kSignedPart == 1) loadSigned(input, file);
  auto image = loader::Image::fromMemory(file, "fuzz.so");
  if (!image) return 0;
  auto module = embed::moduleOf(*image);
  if (!module) return 0;
  base::ByteView code = (*image)->code();
  for (size_t at = 0; at < std::min<size_t>(code.size(), 0x1000); at += 7) {
    (void)(*module)->symbolize(code.data() + at);
    (void)runtime::findRow((*module)->unwindTables(), reinterpret_cast<uint64_t>(code.data() + at));
  }
  if (isModest((*module)->descriptor())) instantiate(*module);
  return 0;
}
