// The unwind tables of a module: .eh_frame_hdr, .eh_frame and .gcc_except_table (Linux Standard
// Base, "Exception Frames").
#pragma once

#include <optional>

#include "runtime/trap/code_registry.h"
#include "runtime/unwind/frame_row.h"

namespace runtime {

// Returns how to unwind the frame whose call returns to `returnAddress`. Returns nothing if the
// tables do not say, are damaged, or say it in a way that FrameRow cannot express. Reads nothing
// outside of the tables' image, whatever they contain. Takes some hundred nanoseconds.
std::optional<FrameRow> findRow(const UnwindTables& tables, uint64_t returnAddress);

}  // namespace runtime
