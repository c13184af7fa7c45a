// The layouts of the objects of a module's types (runtime/abi/object.h): where fields are, which
// of them the collector traces, and which accesses may be to the same field.
#pragma once

#include <vector>

#include "compiler/wasm/validate/validate.h"
#include "runtime/abi/object.h"

namespace codegen {

// A field of a struct, an argument of an exception, or an array's elements.
struct FieldPlace {
  uint32_t offset = 0;  // in bytes from the start of the object; of an array, of the first element
  uint32_t size = 0;    // in bytes
  bool isTraced = false;  // it holds references to objects
  // Identifies the declaration: the topmost supertype that has the field, as a canonical type
  // index. Accesses to fields with different declarations never alias, nor do those to different
  // fields of one declaration.
  uint32_t declaration = 0;
};

// The layout of a struct or of the exceptions whose tag has a function type; of an array, without
// the elements.
struct ObjectLayout {
  std::vector<FieldPlace> fields;  // of an array: exactly one
  uint32_t size = 0;               // in bytes, with the header
  // Bit i is set if the word at byte 8 * i is a traced field, for the first 64 words.
  uint64_t tracedWords = 0;
};

// The layouts of all types. Immutable, so threads can share it.
class ObjectLayouts {
 public:
  ObjectLayouts() = default;
  explicit ObjectLayouts(const wasm::ValidModule& module);

  // Returns the layout of a type by its index; that of a function type is of exceptions.
  const ObjectLayout& operator[](uint32_t typeIndex) const { return layouts_[typeIndex]; }
  // Returns how many supertypes a type has above it.
  uint32_t depth(uint32_t typeIndex) const { return depths_[typeIndex]; }

 private:
  std::vector<ObjectLayout> layouts_;
  std::vector<uint32_t> depths_;
};

// Returns the size in bytes of a field in an object.
uint32_t storageSize(const wasm::FieldType& field);
// Returns whether values of this type are references to objects, which the collector traces.
bool isTraced(const wasm::Module& module, wasm::ValueType type);

}  // namespace codegen
