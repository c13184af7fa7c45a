// The choice among the variants of an artifact's code, each of which is for one CPU.
#pragma once

#include <span>
#include <string>

#include "loader/elf/artifact_note.h"
#include "loader/host/cpu_features.h"

namespace loader {

// Returns the variant for a CPU with these features: that which uses the most of them, and the last
// of several such. Fails if there is none, with the features that the least demanding one lacks.
// `variants` must not be empty. The Error has no `where`.
base::Result<const Variant*> chooseVariant(std::span<const Variant> variants,
                                           const CpuFeatureSet& present);

// Returns the name of the CPU.
std::string cpuName(const abi::CpuNeeds& cpu);

}  // namespace loader
