// WebAssembly's types (section 2.3 of the 3.0 specification): value types, heap types, composite
// types and the recursive groups that hold them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wasm {

// What a reference points to: an index into Module::types, or one of the abstract heap types.
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
    kBottom,  // of unreachable code only; below every heap type
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

enum class ValueKind : uint8_t { I32, I64, F32, F64, V128, Ref, Bottom };

// A value type. Bottom is what unreachable code pops; it is below every type.
struct ValueType {
  ValueKind kind = ValueKind::Bottom;
  bool nullable = false;              // references
  HeapType heap = HeapType::kBottom;  // references

  static constexpr ValueType number(ValueKind kind) { return {kind, false, HeapType::kBottom}; }
  static constexpr ValueType ref(HeapType heap, bool nullable) {
    return {ValueKind::Ref, nullable, heap};
  }
  constexpr bool isRef() const { return kind == ValueKind::Ref; }
  friend constexpr bool operator==(const ValueType&, const ValueType&) = default;
};

inline constexpr ValueType kI32 = ValueType::number(ValueKind::I32);
inline constexpr ValueType kI64 = ValueType::number(ValueKind::I64);
inline constexpr ValueType kF32 = ValueType::number(ValueKind::F32);
inline constexpr ValueType kF64 = ValueType::number(ValueKind::F64);
inline constexpr ValueType kV128 = ValueType::number(ValueKind::V128);
inline constexpr ValueType kFuncRef = ValueType::ref(HeapType::kFunc, true);
// What a segment of function indices holds: never null.
inline constexpr ValueType kElementFunction = ValueType::ref(HeapType::kFunc, false);
inline constexpr ValueType kExternRef = ValueType::ref(HeapType::kExtern, true);
inline constexpr ValueType kBottom = {};

// As the text format spells it: "i32", "funcref", "(ref null 3)".
std::string text(ValueType type);
std::string text(HeapType type);

// The type that the text format names with `keyword`: "i32", "funcref"; "func", "none".
std::optional<ValueType> valueTypeNamed(std::string_view keyword);
std::optional<HeapType> heapTypeNamed(std::string_view keyword);

using ValueTypes = std::vector<ValueType>;

struct FuncType {
  ValueTypes params;
  ValueTypes results;
  friend bool operator==(const FuncType&, const FuncType&) = default;
};

// "[i32 i64] -> [f32]"
std::string text(const FuncType& type);

enum class PackedKind : uint8_t { None, I8, I16 };

struct FieldType {
  ValueType type;  // i32 for packed fields
  PackedKind packed = PackedKind::None;
  bool isMutable = false;
  friend bool operator==(const FieldType&, const FieldType&) = default;
};

enum class CompositeKind : uint8_t { Func, Struct, Array };

// One entry of the type index space.
struct SubType {
  CompositeKind kind = CompositeKind::Func;
  bool isFinal = true;
  std::optional<uint32_t> supertype;
  FuncType func;                  // Func
  std::vector<FieldType> fields;  // Struct; Array has exactly one
  // The recursive group this type is a member of: types [group, group + groupSize).
  uint32_t group = 0;
  uint32_t groupSize = 1;
  uint32_t offset = 0;  // in the input
};

struct Limits {
  uint64_t min = 0;
  std::optional<uint64_t> max;
  bool is64 = false;  // indexed by i64
  bool isShared = false;

  ValueType indexType() const { return is64 ? kI64 : kI32; }
};

struct TableType {
  ValueType element = kFuncRef;
  Limits limits;
};

inline constexpr uint32_t kDefaultPageSizeLog2 = 16;

struct MemoryType {
  Limits limits;
  uint32_t pageSizeLog2 = kDefaultPageSizeLog2;
};

struct GlobalType {
  ValueType value = kI32;
  bool isMutable = false;
};

}  // namespace wasm
