// The last step of making an artifact: what only the linked file can tell is written into its note.
#pragma once

#include <cstdint>
#include <span>

#include "runtime/base/result.h"

namespace loader {

// Fills descriptorOffset, coveredSize, fileSize, imageOffset, imageSize and checksum of the note in
// `file`, a freshly linked artifact; the note's identity (abiHash, arch, formatVersion,
// cpuFeatures) is the linker input's. Sealing twice gives the same bytes. Errors (without `where`):
// the file is not laid out as docs/artifact-format.md tells.
base::Result<void> sealArtifact(std::span<uint8_t> file);

}  // namespace loader
