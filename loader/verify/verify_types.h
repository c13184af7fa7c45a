// The types of a descriptor: that the type index space is well-formed, so that the runtime can give
// its types canonical ids, and that value types mean something.
#pragma once

#include <span>

#include "loader/verify/descriptor_reader.h"

namespace loader {

// The checked type index space.
base::Result<std::span<const abi::SubType>> verifyTypes(const DescriptorReader& reader,
                                                        const abi::Array<abi::SubType>& types);

// `types`: what a concrete reference type may name.
base::Result<void> checkValueType(const abi::ValueType& type, std::span<const abi::SubType> types);

}  // namespace loader
