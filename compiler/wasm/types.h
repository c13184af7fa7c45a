// The types of WebAssembly (section 2.3 of the 3.0 specification): value types, heap types,
// composite types and recursive groups of them, and the types of tables, memories and globals.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wasm {

// A heap type (section 2.3.4): the type of the objects that a reference points to. It is either
// concrete, an index into Module::types, or one of the abstract heap types. Stored in 32 bits: type
// indices are less than kFunc, and abstract types have the values from kFunc on.
class HeapType {
 public:
  enum Abstract : uint32_t {
    kFunc = 0xffffff00,
    kNoFunc,
    kExtern,
    kNoExtern,
    kAny,
    kEq,
    kI31,
    kStruct,
    kArray,
    kNone,
    kExn,
    kNoExn,
    kBottom,  // a subtype of every heap type; it occurs only when unreachable code is validated
  };

  constexpr HeapType(Abstract abstract) : code_(abstract) {}
  static constexpr HeapType concrete(uint32_t typeIndex) { return HeapType(typeIndex, 0); }

  constexpr bool isConcrete() const { return code_ < kFunc; }
  constexpr uint32_t typeIndex() const { return code_; }
  constexpr Abstract abstract() const { return static_cast<Abstract>(code_); }
  friend constexpr bool operator==(HeapType, HeapType) = default;

 private:
  constexpr HeapType(uint32_t index, int) : code_(index) {}
  uint32_t code_;
};

// The kind of a value type. Bottom is a subtype of every type; operands that are popped in
// unreachable code have it (section 3.1.1).
enum class ValueKind : uint8_t { I32, I64, F32, F64, V128, Ref, Bottom };

// A value type (section 2.3.6).
struct ValueType {
  ValueKind kind = ValueKind::Bottom;
  bool nullable = false;              // Ref
  HeapType heap = HeapType::kBottom;  // Ref

  // Make a number or vector type, and a reference type.
  static constexpr ValueType number(ValueKind kind) { return {kind, false, HeapType::kBottom}; }
  static constexpr ValueType ref(HeapType heap, bool nullable) {
    return {ValueKind::Ref, nullable, heap};
  }
  constexpr bool isRef() const { return kind == ValueKind::Ref; }
  friend constexpr bool operator==(const ValueType&, const ValueType&) = default;
};

// Value types with names of their own in the text format.
inline constexpr ValueType kI32 = ValueType::number(ValueKind::I32);
inline constexpr ValueType kI64 = ValueType::number(ValueKind::I64);
inline constexpr ValueType kF32 = ValueType::number(ValueKind::F32);
inline constexpr ValueType kF64 = ValueType::number(ValueKind::F64);
inline constexpr ValueType kV128 = ValueType::number(ValueKind::V128);
inline constexpr ValueType kFuncRef = ValueType::ref(HeapType::kFunc, true);
// The element type of a segment whose elements are function indices: (ref func).
inline constexpr ValueType kElementFunction = ValueType::ref(HeapType::kFunc, false);
inline constexpr ValueType kExternRef = ValueType::ref(HeapType::kExtern, true);
inline constexpr ValueType kBottom = {};

// Return the type in the text format: "i32", "funcref", "(ref null 3)".
std::string text(ValueType type);
std::string text(HeapType type);

// Return the type with this keyword in the text format, such as "i32" or "funcref", and "func" or
// "none"; return nothing for other words.
std::optional<ValueType> valueTypeNamed(std::string_view keyword);
std::optional<HeapType> heapTypeNamed(std::string_view keyword);
// Returns all keywords that these two functions have a type for. They are string literals.
std::vector<std::string_view> typeKeywords();

using ValueTypes = std::vector<ValueType>;

// A function type (section 2.3.9).
struct FuncType {
  ValueTypes params;
  ValueTypes results;
  friend bool operator==(const FuncType&, const FuncType&) = default;
};

// Returns the type in the notation of the specification: "[i32 i64] -> [f32]".
std::string text(const FuncType& type);

// The packed storage type of a field, if it has one.
enum class PackedKind : uint8_t { None, I8, I16 };

// The type of a field of a struct, or of the elements of an array (section 2.3.9).
struct FieldType {
  ValueType type;  // i32 for packed fields, which is the type of their values on the stack
  PackedKind packed = PackedKind::None;
  bool isMutable = false;
  friend bool operator==(const FieldType&, const FieldType&) = default;
};

// The kind of a composite type.
enum class CompositeKind : uint8_t { Func, Struct, Array };

// An item of the type index space: a sub type in its recursive group (section 2.3.10).
struct SubType {
  CompositeKind kind = CompositeKind::Func;
  bool isFinal = true;
  std::optional<uint32_t> supertype;  // a type index
  FuncType func;                      // Func
  std::vector<FieldType> fields;      // Struct; Array has exactly one
  // The recursive group of the type has the indices [group, group + groupSize).
  uint32_t group = 0;
  uint32_t groupSize = 1;
  uint32_t offset = 0;  // in Module::bytes
};

// The size range of a table, in elements, or of a memory, in pages (section 2.3.12).
struct Limits {
  uint64_t min = 0;
  std::optional<uint64_t> max;
  bool is64 = false;  // the address type is i64
  bool isShared = false;

  ValueType indexType() const { return is64 ? kI64 : kI32; }
};

// The type of a table (section 2.3.16).
struct TableType {
  ValueType element = kFuncRef;
  Limits limits;
};

// Log2 of the page size in bytes of memories without an explicit page size: 64 KiB.
inline constexpr uint32_t kDefaultPageSizeLog2 = 16;

// The type of a memory (section 2.3.15, and the custom page sizes proposal).
struct MemoryType {
  Limits limits;
  uint32_t pageSizeLog2 = kDefaultPageSizeLog2;
};

// The type of a global variable (section 2.3.14).
struct GlobalType {
  ValueType value = kI32;
  bool isMutable = false;
};

}  // namespace wasm
