// The process's table of type descriptors (runtime/abi/object.h): what compiled code and the
// collector know about a type. The type registry writes a row for each type that it registers.
#pragma once

#include <memory>
#include <span>

#include "runtime/abi/module_descriptor.h"
#include "runtime/abi/object.h"

namespace runtime {

// The most types that may be registered at a time.
inline constexpr uint32_t kMaxTypes = uint32_t{1} << 22;

// Returns how many there may be in this process: kMaxTypes, or fewer if the system has refused the
// address space for so many rows (ulimit -v).
uint32_t typeCapacity();

// The rows before those of types, which describe strings: their code units are of 1 byte (Latin-1)
// or 2 bytes (UTF-16). No type has such a row, so that no cast of a guest succeeds for a string.
enum class StringRow : uint32_t { Latin1, Utf16, Latin1Rope, Utf16Rope };

// The type word of an abi::HostBox. Its row is behind those of strings, and like them of no type.
inline constexpr uint32_t kHostBoxWord =
    (static_cast<uint32_t>(StringRow::Utf16Rope) + 2) * uint32_t{sizeof(abi::TypeDescriptor)};
static_assert(kHostBoxWord < abi::typeWord(0));

// Returns the type word of a string.
constexpr uint32_t stringTypeWord(StringRow row) {
  return (static_cast<uint32_t>(row) + 1) * uint32_t{sizeof(abi::TypeDescriptor)};
}

// Returns the table, whose rows are at the offsets typeWord(id). It is never moved or freed.
abi::TypeDescriptor* typeDescriptors();

// Returns the row of a type word.
inline const abi::TypeDescriptor& typeDescriptor(uint32_t typeWord) {
  return typeDescriptors()[typeWord / sizeof(abi::TypeDescriptor)];
}

// The places of references in an object of more than 64 words; null for others. Owned by the type.
using ReferenceMap = std::unique_ptr<uint64_t[]>;

// Writes the row of the type with the canonical id `id`, whose supertype's row is `supertype`, or
// null. Returns the map that the row refers to, which must live as long as the type.
ReferenceMap describeType(uint32_t id, const abi::SubType& type,
                          const abi::TypeDescriptor* supertype);
// Does the same for a final function type of its own, as host functions and tags have.
ReferenceMap describeFunctionType(uint32_t id, std::span<const abi::ValueType> params);

// Returns the size in bytes of a field, or of a value of a type in an object.
uint32_t storageSize(const abi::FieldType& field);
uint32_t storageSize(const abi::ValueType& type);
// Returns whether the collector traces a field of this type.
bool isTraced(const abi::ValueType& type);

}  // namespace runtime
