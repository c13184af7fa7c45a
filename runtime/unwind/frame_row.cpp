#include "runtime/unwind/frame_row.h"

#include <limits>

namespace runtime {
namespace {

constexpr int64_t kUnit = 8;
constexpr int64_t kMaxSave = 0xffff * kUnit;

// Returns the distance of a save from the CFA in units, 0 for an unchanged register. Returns
// nothing if it cannot be expressed.
std::optional<uint64_t> unitsOf(const RegisterRule& rule) {
  if (rule.kind == RegisterRule::Kind::Unchanged) return 0;
  bool fits = rule.kind == RegisterRule::Kind::Saved && rule.offset < 0 &&
              rule.offset >= -kMaxSave && rule.offset % kUnit == 0;
  if (!fits) return std::nullopt;
  return static_cast<uint64_t>(-rule.offset / kUnit);
}

// Returns whether the return address is saved: on x86-64 where the call has put it.
bool isReturnAddressSaved(const RegisterRule& rule) {
  bool hasLinkRegister = kReturnAddressRule < kCalleeSaved.size();
  return rule.kind == RegisterRule::Kind::Saved && (hasLinkRegister || rule.offset == -kUnit);
}

}  // namespace

std::optional<FrameRow> FrameRow::handler(int64_t distance, uint64_t argumentBytes) {
  constexpr auto kBias = static_cast<int64_t>(kDistanceBias);
  if (distance <= -kBias || distance >= kBias) return std::nullopt;
  if (argumentBytes > std::numeric_limits<uint32_t>::max()) return std::nullopt;
  FrameRow row;
  row.words_[0] = static_cast<uint64_t>(distance + kBias) << 32 | argumentBytes;
  return row;
}

std::optional<FrameRow> FrameRow::frame(const CfiState& state) {
  bool byFramePointer = state.cfaRegister == kCalleeSaved[kFramePointer];
  if (state.isCfaExpression || (!byFramePointer && state.cfaRegister != kDwarfStackPointer) ||
      state.cfaOffset <= 0 || state.cfaOffset > std::numeric_limits<int32_t>::max() ||
      state.cfaOffset % kUnit != 0)
    return std::nullopt;
  if (state.rules[kStackPointerRule].kind != RegisterRule::Kind::Unchanged ||
      !isReturnAddressSaved(state.rules[kReturnAddressRule]))
    return std::nullopt;
  FrameRow row;
  row.words_[0] = static_cast<uint64_t>(state.cfaOffset);
  if (byFramePointer) row.words_[0] |= kFramePointerBased;
  if (state.isReturnSigned) row.words_[0] |= kReturnSigned;
  for (size_t i = 0; i < kCalleeSaved.size(); ++i) {
    std::optional<uint64_t> units = unitsOf(state.rules[i]);
    if (!units) return std::nullopt;
    row.words_[1 + i / kSavesPerWord] |= *units << (16 * (i % kSavesPerWord));
  }
  return row;
}

}  // namespace runtime
