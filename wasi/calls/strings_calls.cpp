#include "wasi/calls/calls.h"

namespace wasi {
namespace {

Errno writeSizes(Guest guest, const std::vector<std::string>& strings, Address count,
                 Address bufferSize) {
  uint64_t size = 0;
  for (const std::string& string : strings) size += string.size() + 1;
  // A 32-bit guest has no memory for so many bytes. A size that was cut off would make it allocate
  // too small a buffer.
  if (size > UINT32_MAX) return Errno::Overflow;
  TRY(guest.checkOut<uint32_t>(bufferSize));
  TRY(guest.write(count, static_cast<uint32_t>(strings.size())));
  return guest.write(bufferSize, static_cast<uint32_t>(size));
}

}  // namespace

Errno argsGet(Caller* caller, Address pointers, Address buffer) {
  auto [context, guest] = callContextOf(caller);
  return guest.writeStrings(context.arguments(), pointers, buffer);
}

Errno argsSizesGet(Caller* caller, Address count, Address bufferSize) {
  auto [context, guest] = callContextOf(caller);
  return writeSizes(guest, context.arguments(), count, bufferSize);
}

Errno environGet(Caller* caller, Address pointers, Address buffer) {
  auto [context, guest] = callContextOf(caller);
  return guest.writeStrings(context.environment(), pointers, buffer);
}

Errno environSizesGet(Caller* caller, Address count, Address bufferSize) {
  auto [context, guest] = callContextOf(caller);
  return writeSizes(guest, context.environment(), count, bufferSize);
}

}  // namespace wasi
