#include "runtime/objects/exception.h"

#include <fmt/format.h>

#include <cstring>

#include "runtime/base/check.h"
#include "runtime/instance/store_state.h"
#include "runtime/objects/objects.h"
#include "runtime/objects/roots.h"
#include "runtime/types/type_descriptors.h"
#include "runtime/types/type_match.h"

namespace runtime {
namespace {

// The arguments lie behind the tag like the fields of a struct.
template <class Visit>
void forEachArgument(const Tag& tag, Visit&& visit) {
  abi::FieldPlacer placer = abi::FieldPlacer::forException();
  for (const abi::ValueType& type : canonicalType(tag.typeId()).func.params) {
    visit(type, placer.place(storageSize(type)));
  }
}

std::string text(const Value& value) {
  switch (value.kind) {
    case abi::ValueKind::I32:
      return fmt::format("i32 {}", static_cast<int32_t>(value.slot.i32));
    case abi::ValueKind::I64:
      return fmt::format("i64 {}", static_cast<int64_t>(value.slot.i64));
    case abi::ValueKind::F32:
      return fmt::format("f32 {}", value.slot.f32);
    case abi::ValueKind::F64:
      return fmt::format("f64 {}", value.slot.f64);
    default:
      return runtime::text(typeOf(value));
  }
}

}  // namespace

const Tag& tagOf(const abi::ObjectHeader& exception) {
  const Tag* tag = nullptr;
  std::memcpy(&tag, reinterpret_cast<const uint8_t*>(&exception) + abi::kExceptionTag, sizeof tag);
  return *tag;
}

std::vector<Value> argumentsOf(const abi::ObjectHeader& exception) {
  std::vector<Value> arguments;
  forEachArgument(tagOf(exception), [&](const abi::ValueType& type, uint32_t offset) {
    Value value{type.kind, {}};
    std::memcpy(&value.slot, reinterpret_cast<const uint8_t*>(&exception) + offset,
                storageSize(type));
    arguments.push_back(value);
  });
  return arguments;
}

abi::ObjectHeader* newException(StoreState& store, const Tag& tag,
                                std::span<const Value> arguments) {
  const FuncType& type = canonicalType(tag.typeId()).func;
  CHECK(arguments.size() == type.params.size());
  if (!createHeap(store)) return nullptr;
  RootedSlots rooted(store);
  for (size_t i = 0; i < arguments.size(); ++i) {
    CHECK(fits(arguments[i], type.params[i]));
    rooted.slots.push_back(arguments[i].slot);
  }
  uint32_t word = abi::typeWord(tag.typeId());
  abi::ObjectHeader* exception = allocateObject(store, word, 0, typeDescriptor(word).size);
  if (exception == nullptr) return nullptr;
  auto* bytes = reinterpret_cast<uint8_t*>(exception);
  const Tag* identity = &tag;
  std::memcpy(bytes + abi::kExceptionTag, &identity, sizeof identity);
  size_t next = 0;
  forEachArgument(tag, [&](const abi::ValueType& param, uint32_t offset) {
    std::memcpy(bytes + offset, &rooted.slots[next++], storageSize(param));
  });
  return exception;
}

std::string uncaughtMessage(const abi::ObjectHeader& exception) {
  std::string out = abi::trapText(abi::TrapCode::UncaughtException);
  const std::string& name = tagOf(exception).name();
  out += fmt::format(": {} (", name.empty() ? "a tag without a name" : name);
  const char* separator = "";
  for (const Value& argument : argumentsOf(exception)) {
    out += separator + text(argument);
    separator = ", ";
  }
  return out + ")";
}

}  // namespace runtime
