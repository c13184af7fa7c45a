#include "compiler/codegen/abi/value_type.h"

#include <gtest/gtest.h>

namespace codegen {
namespace {

using abi::HeapKind;
using abi::ValueKind;
using wasm::HeapType;

TEST(ValueType, NumbersAndAbstractReferences) {
  wasm::Module module;
  EXPECT_EQ(valueType(module, wasm::kI32), abi::kI32);
  EXPECT_EQ(valueType(module, wasm::kV128), abi::kV128);
  EXPECT_EQ(valueType(module, wasm::kFuncRef), abi::kFuncRef);
  EXPECT_EQ(valueType(module, wasm::kExternRef), abi::kExternRef);
  EXPECT_EQ(valueType(module, wasm::ValueType::ref(HeapType::kNone, false)),
            (abi::ValueType{ValueKind::AnyRef, HeapKind::None, 0, 0, 0}));
  EXPECT_EQ(valueType(module, wasm::ValueType::ref(HeapType::kNoExn, true)),
            (abi::ValueType{ValueKind::ExnRef, HeapKind::NoExn, 1, 0, 0}));
}

TEST(ValueType, ConcreteReferencesAreOfTheirTypesHierarchy) {
  wasm::Module module;
  module.types.resize(2);
  module.types[1].kind = wasm::CompositeKind::Struct;
  EXPECT_EQ(valueType(module, wasm::ValueType::ref(HeapType::concrete(0), true)),
            (abi::ValueType{ValueKind::FuncRef, HeapKind::Concrete, 1, 0, 0}));
  EXPECT_EQ(valueType(module, wasm::ValueType::ref(HeapType::concrete(1), false)),
            (abi::ValueType{ValueKind::AnyRef, HeapKind::Concrete, 0, 0, 1}));
}

}  // namespace
}  // namespace codegen
