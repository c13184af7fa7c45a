#include "runtime/types/type_descriptors.h"

#include <sys/mman.h>

#include <bit>
#include <vector>

#include "runtime/base/check.h"

namespace runtime {
namespace {

using abi::TypeDescriptor;

constexpr uint32_t kWordsInRow = 64;

// A rope is a header and two references.
constexpr uint32_t kRopeSize = 24;
constexpr uint64_t kRopeReferences = 0b110;

// Collects the fields of an object: their places, and which of them are references.
class ObjectMap {
 public:
  explicit ObjectMap(abi::FieldPlacer placer) : placer_(placer) {}

  void add(uint32_t size, bool isReference) {
    uint32_t offset = placer_.place(size);
    if (!isReference) return;
    uint32_t word = offset / 8;
    if (word / kWordsInRow >= words_.size()) words_.resize(word / kWordsInRow + 1);
    words_[word / kWordsInRow] |= uint64_t{1} << word % kWordsInRow;
  }

  // Fills the size and the references of a row, and returns the map that the row refers to.
  ReferenceMap writeTo(TypeDescriptor& row) {
    row.size = placer_.size();
    if (row.size <= kWordsInRow * 8) {
      row.references = words_.empty() ? 0 : words_[0];
      return nullptr;
    }
    words_.resize((row.size / 8 + kWordsInRow - 1) / kWordsInRow);
    auto map = std::make_unique<uint64_t[]>(words_.size());
    std::copy(words_.begin(), words_.end(), map.get());
    row.references = reinterpret_cast<uint64_t>(map.get());
    return map;
  }

 private:
  abi::FieldPlacer placer_;
  std::vector<uint64_t> words_;
};

TypeDescriptor& rowOf(uint32_t id) {
  CHECK(id < typeCapacity());
  return typeDescriptors()[abi::typeWord(id) / sizeof(TypeDescriptor)];
}

TypeDescriptor rowBelow(uint32_t id, const TypeDescriptor* supertype) {
  TypeDescriptor row{};
  if (supertype != nullptr) {
    std::copy(std::begin(supertype->display), std::end(supertype->display), row.display);
    row.depth = static_cast<uint16_t>(supertype->depth + 1);
  }
  if (row.depth < abi::kDisplaySize) row.display[row.depth] = abi::typeWord(id);
  return row;
}

ReferenceMap describeException(TypeDescriptor& row, std::span<const abi::ValueType> params) {
  row.kind = abi::ObjectKind::Exception;
  ObjectMap map(abi::FieldPlacer::forException());
  for (const abi::ValueType& param : params) map.add(storageSize(param), isTraced(param));
  return map.writeTo(row);
}

// The words of these rows are in no display, not even in their own: no type is a supertype of a
// string or a box.
TypeDescriptor flatStringRow(uint8_t unitSizeLog2) {
  TypeDescriptor row{};
  row.kind = abi::ObjectKind::String;
  row.size = abi::kElements;
  row.elementSizeLog2 = unitSizeLog2;
  return row;
}

TypeDescriptor ropeRow(uint8_t unitSizeLog2) {
  TypeDescriptor row{};
  row.kind = abi::ObjectKind::Rope;
  row.size = kRopeSize;
  row.elementSizeLog2 = unitSizeLog2;
  row.references = kRopeReferences;
  return row;
}

TypeDescriptor hostBoxRow() {
  TypeDescriptor row{};
  row.kind = abi::ObjectKind::HostBox;
  row.size = sizeof(abi::HostBox);
  return row;
}

void describeHostObjects(TypeDescriptor* table) {
  TypeDescriptor* rows = table + stringTypeWord(StringRow::Latin1) / sizeof(TypeDescriptor);
  rows[static_cast<size_t>(StringRow::Latin1)] = flatStringRow(0);
  rows[static_cast<size_t>(StringRow::Utf16)] = flatStringRow(1);
  rows[static_cast<size_t>(StringRow::Latin1Rope)] = ropeRow(0);
  rows[static_cast<size_t>(StringRow::Utf16Rope)] = ropeRow(1);
  table[kHostBoxWord / sizeof(TypeDescriptor)] = hostBoxRow();
}

// The table and how many types it has rows for.
struct Table {
  TypeDescriptor* rows;
  uint32_t capacity;
};

// Pages are allocated at first use, so that only address space is taken for rows that are not used.
Table reserveTable() {
  constexpr uint32_t kFewest = uint32_t{1} << 12;
  for (uint32_t capacity = kMaxTypes;; capacity /= 2) {
    size_t bytes = (size_t{abi::kFirstTypeRow} + capacity) * sizeof(TypeDescriptor);
    void* memory = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                          MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory != MAP_FAILED) return {static_cast<TypeDescriptor*>(memory), capacity};
    CHECK(capacity > kFewest);
  }
}

// Never freed, as modules may be destroyed by destructors of static objects.
const Table& table() {
  static const Table made = [] {
    Table reserved = reserveTable();
    describeHostObjects(reserved.rows);
    return reserved;
  }();
  return made;
}

}  // namespace

TypeDescriptor* typeDescriptors() { return table().rows; }

uint32_t typeCapacity() { return table().capacity; }

uint32_t storageSize(const abi::ValueType& type) {
  switch (type.kind) {
    case abi::ValueKind::I32:
    case abi::ValueKind::F32:
      return 4;
    case abi::ValueKind::V128:
      return 16;
    default:
      return 8;
  }
}

uint32_t storageSize(const abi::FieldType& field) {
  switch (field.packed) {
    case abi::PackedKind::I8:
      return 1;
    case abi::PackedKind::I16:
      return 2;
    case abi::PackedKind::None:
      break;
  }
  return storageSize(field.value);
}

bool isTraced(const abi::ValueType& type) {
  return type.isReference() && type.kind != abi::ValueKind::FuncRef;
}

ReferenceMap describeType(uint32_t id, const abi::SubType& type, const TypeDescriptor* supertype) {
  TypeDescriptor row = rowBelow(id, supertype);
  ReferenceMap map;
  switch (type.kind) {
    case abi::CompositeKind::Func:
      map = describeException(row, std::span(type.params.begin(), type.params.count));
      break;
    case abi::CompositeKind::Struct: {
      row.kind = abi::ObjectKind::Struct;
      ObjectMap fields(abi::FieldPlacer::forStruct());
      for (const abi::FieldType& field : type.fields) {
        fields.add(storageSize(field), isTraced(field.value));
      }
      map = fields.writeTo(row);
      break;
    }
    case abi::CompositeKind::Array: {
      const abi::FieldType& element = type.fields[0];
      row.kind = abi::ObjectKind::Array;
      row.size = abi::kElements;
      row.elementSizeLog2 = static_cast<uint8_t>(std::countr_zero(storageSize(element)));
      row.references = isTraced(element.value);
      break;
    }
  }
  rowOf(id) = row;
  return map;
}

ReferenceMap describeFunctionType(uint32_t id, std::span<const abi::ValueType> params) {
  TypeDescriptor row = rowBelow(id, nullptr);
  ReferenceMap map = describeException(row, params);
  rowOf(id) = row;
  return map;
}

}  // namespace runtime
