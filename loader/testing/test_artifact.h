// A small artifact that is built byte by byte, with the layout that the linker makes, for tests
// that damage it. Addresses equal file offsets, so that its parts can be changed in place.
//
// Its module imports the function env.f and the global env.g, and has one function of its own that
// returns 42, a tag, a table, a memory with an image, globals, segments of each kind, and names.
#pragma once

#include <elf.h>

#include <vector>

#include "runtime/abi/module_descriptor.h"
#include "runtime/base/bytes.h"

namespace loader {

// Updates the note of an artifact that was changed. If the artifact is too damaged for sealing,
// updates only the checksum, or nothing if there is no note.
void sealIfPossible(base::Bytes& file);

// A small artifact in `file`, and pointers to its parts, for tests that damage it.
struct TestArtifact {
  // Makes a valid, sealed artifact for this host.
  TestArtifact();
  TestArtifact(const TestArtifact&) = delete;

  // Updates the note. Must be called after each change to bytes that the checksum covers.
  void seal() { sealIfPossible(file); }
  // Returns the first program header of this type, and with these flags unless they are 0. CHECKs
  // that there is one.
  Elf64_Phdr& segment(uint32_t type, uint32_t flags = 0);
  // Returns the first dynamic entry with this tag. CHECKs that there is one.
  Elf64_Dyn& dynamicEntry(int64_t tag);

  // The file offsets of the memory image, the code, and the data that is writable during loading.
  static constexpr uint64_t kImage = 0x10000;
  static constexpr uint64_t kText = 0x20000;
  static constexpr uint64_t kRelro = 0x21000;
  static constexpr uint64_t kRelroEnd = kRelro + 0x200;

  // The file, and pointers to its parts.
  base::Bytes file;
  Elf64_Ehdr* header;
  abi::ArtifactNote* note;
  Elf64_Sym* symbols;
  Elf64_Rela* relocation;  // of `pointer`, to the first function
  void** pointer;
  abi::ModuleDescriptor* module;
  abi::SubType* types;     // [] -> [i32]; a group of an open structure and an array below `any`
  abi::FieldType* fields;  // of the structure: the array, a packed byte
  abi::Import* imports;
  abi::Function* function;
  abi::Tag* tag;
  abi::Global* globals;
  abi::Table* table;
  abi::Memory* memory;
  abi::Export* exports;
  abi::ElementSegment* elements;
  abi::DataSegment* data;
  uint32_t* ehFrame;

 private:
  // Appends `count` objects with the alignment of T to the first segment.
  template <class T>
  T* put(uint64_t count = 1);
  // Append the elements of an array of the descriptor, and point it to them.
  template <class T>
  T* fill(abi::Array<T>& array, std::initializer_list<T> values);
  template <class T>
  T* reserve(abi::Array<T>& array, uint32_t count);
  void setText(abi::String& text, std::string_view value);

  void putHeaders();
  void putNote();
  void putSymbols();
  void putUnwindTables();
  void putCode();
  void putRelro();
  void putModule();
  void putTypes();
  void putFunctions();
  void putState();
  void putSegments();
  void putNames();

  uint64_t end_ = 0;  // the file offset at which put() appends
  Elf64_Phdr* segments_;
  Elf64_Dyn* dynamic_;
};

}  // namespace loader
