// Sealing, the last step of making an artifact: it writes those members of the note that are known
// only after linking.
#pragma once

#include <cstdint>
#include <span>

#include "runtime/base/result.h"

namespace loader {

// Fills descriptorOffset, coveredSize, fileSize, imageOffset, imageSize and checksum of the note in
// `file`, the whole of a linked artifact. The other members come from the object file and are not
// changed. Sealing is idempotent. Fails if the layout of the file differs from
// docs/artifact-format.md; the Error has no `where`.
base::Result<void> sealArtifact(std::span<uint8_t> file);

}  // namespace loader
