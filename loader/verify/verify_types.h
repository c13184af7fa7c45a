// The verification of the types of a descriptor, so that the runtime can assign canonical ids to
// them: recursive groups, supertypes, and the value types in them.
#pragma once

#include <span>

#include "loader/verify/descriptor_reader.h"

namespace loader {

// Returns the types of `types`, in the file, after checking them. Fails if one is invalid, or is
// not as abi::SubType describes. Whether a type matches its supertype is not checked.
base::Result<std::span<const abi::SubType>> verifyTypes(const DescriptorReader& reader,
                                                        const abi::Array<abi::SubType>& types);

// Fails unless `type` is a valid value type, with all unused members 0 (so that types can be
// compared member by member). A concrete reference type may refer to `types`.
base::Result<void> checkValueType(const abi::ValueType& type, std::span<const abi::SubType> types);

}  // namespace loader
