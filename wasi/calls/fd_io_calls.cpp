#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <mutex>

#include "wasi/calls/calls.h"
#include "wasi/calls/file_io.h"
#include "wasi/fs/retry_interrupted.h"

namespace wasi {
namespace {

// Makes a system call that moves bytes, and writes their number to `moved`. Linux moves less than
// 2 GiB in one call, so 32 bits suffice.
template <class SystemCall>
Errno transfer(Guest guest, Address moved, SystemCall&& call) {
  // Checked first: the bytes would be moved and their number lost.
  TRY(guest.checkOut<uint32_t>(moved));
  ssize_t count = retryInterrupted(call);
  if (count < 0) return lastError();
  return guest.write(moved, static_cast<uint32_t>(count));
}

// Converts an offset of the guest. Fails with Inval for 2^63 and more, which would become negative.
Expected<off_t, Errno> toOffset(uint64_t offset) {
  if (offset > static_cast<uint64_t>(std::numeric_limits<off_t>::max())) return Errno::Inval;
  return static_cast<off_t>(offset);
}

// Reads a stream into the buffers, one after another. Only the first read may block, since bytes
// that are available must be returned, as read(2) of a pipe does. If an error follows after some
// bytes, returns their number; the next read reports the error.
Expected<size_t, Errno> readStream(Stream& stream, const IovecList& list) {
  size_t done = 0;
  for (uint32_t i = 0; i < list.count; ++i) {
    if (done != 0 && stream.available() == 0) break;
    std::span into(static_cast<uint8_t*>(list.buffers[i].iov_base), list.buffers[i].iov_len);
    auto count = stream.read(into);
    if (!count.ok() && done == 0) return count.error();
    if (!count.ok()) break;
    done += count.value();
    if (count.value() < into.size()) break;
  }
  return done;
}

// Writes the buffers to a stream, one after another. If an error follows after some bytes, returns
// their number, as write(2) does; the next write reports the error.
Expected<size_t, Errno> writeStream(Stream& stream, const IovecList& list) {
  size_t done = 0;
  for (uint32_t i = 0; i < list.count; ++i) {
    std::span from(static_cast<const uint8_t*>(list.buffers[i].iov_base), list.buffers[i].iov_len);
    auto count = stream.write(from);
    if (!count.ok() && done == 0) return count.error();
    if (!count.ok()) break;
    done += count.value();
    if (count.value() < from.size()) break;
  }
  return done;
}

// Fails with IsDir if the file is a standard stream that is a directory, as read(2) does. For other
// directories, FdTable::getFile() fails with Badf.
Errno refuseDirectoryStream(const OpenFile& file) {
  bool isOne = file != nullptr && file->isHandedOver && file->isDirectory();
  return isOne ? Errno::IsDir : Errno::Success;
}

// Reads or writes a stream with readStream() or writeStream(), and writes the number of bytes.
Errno transferStream(Guest guest, Address moved, Descriptor& file, const IovecList& list,
                     Expected<size_t, Errno> (*move)(Stream&, const IovecList&)) {
  TRY(guest.checkOut<uint32_t>(moved));
  std::scoped_lock lock(file.streamCalls);
  TRY_ASSIGN(size_t count, move(*file.stream, list));
  return guest.write(moved, static_cast<uint32_t>(count));
}

// Fails if the descriptor has none of the rights `oneOf`, with NotCapable if it could have them,
// with Spipe if files of its type have no position. Programs test for Spipe (ESPIPE) to recognize a
// pipe.
Errno checkPosition(const Descriptor& file, Rights oneOf) {
  if ((file.rights & oneOf) != 0) return Errno::Success;
  return file.type == Filetype::RegularFile ? Errno::NotCapable : Errno::Spipe;
}

// The common part of fd_seek of both versions and fd_tell. `whence` is that of the host.
Errno seek(Context& context, Guest guest, uint32_t fd, uint64_t delta, int whence,
           Address position) {
  // The specification: fd_seek by 0 from the current position needs only the right of fd_tell.
  bool tells = delta == 0 && whence == SEEK_CUR;
  TRY_ASSIGN(OpenFile file, context.files().getFile(fd, 0));
  TRY(checkPosition(*file, tells ? right::FdSeek | right::FdTell : right::FdSeek));
  TRY(guest.checkOut<uint64_t>(position));
  off_t result = ::lseek(file->fd(), static_cast<off_t>(delta), whence);
  if (result < 0) return lastError();
  return guest.write(position, static_cast<uint64_t>(result));
}

// Returns the host's whence for the guest's number, an index of `table`.
Expected<int, Errno> hostWhence(const int (&table)[3], uint32_t whence) {
  if (whence >= std::size(table)) return Errno::Inval;
  return table[whence];
}

// Returns the type of an entry, Unknown if it has been removed since it was read.
Filetype filetypeOfEntry(int directory, const DirectoryStream::Entry& entry) {
  if (entry.hostType != DT_UNKNOWN) return filetypeOfMode(DTTOIF(entry.hostType));
  // A name from the kernel has no slash, and a link is not followed, so this stays in the
  // directory. The only exception is "..", which is a directory anyway.
  struct stat status;
  if (::fstatat(directory, entry.name.data(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
    return Filetype::Unknown;
  }
  return filetypeOfMode(status.st_mode);
}

}  // namespace

Errno fdRead(Caller* caller, uint32_t fd, Address iovecs, uint32_t count, Address read) {
  auto [context, guest] = callContextOf(caller);
  TRY(refuseDirectoryStream(context.files().find(fd)));
  TRY_ASSIGN(OpenFile file, context.files().getFile(fd, right::FdRead));
  IovecList list;
  TRY(guest.readIovecs(iovecs, count, list));
  if (file->stream) return transferStream(guest, read, *file, list, readStream);
  TRY(guest.checkOut<uint32_t>(read));
  TRY_ASSIGN(size_t moved, readFile(caller, *file, list.buffers, static_cast<int>(list.count)));
  return guest.write(read, static_cast<uint32_t>(moved));
}

Errno fdWrite(Caller* caller, uint32_t fd, Address iovecs, uint32_t count, Address written) {
  auto [context, guest] = callContextOf(caller);
  TRY_ASSIGN(OpenFile file, context.files().getFile(fd, right::FdWrite));
  IovecList list;
  TRY(guest.readIovecs(iovecs, count, list));
  if (file->stream) return transferStream(guest, written, *file, list, writeStream);
  TRY(guest.checkOut<uint32_t>(written));
  TRY_ASSIGN(size_t moved, writeFile(caller, *file, list.buffers, static_cast<int>(list.count)));
  return guest.write(written, static_cast<uint32_t>(moved));
}

Errno fdPread(Caller* caller, uint32_t fd, Address iovecs, uint32_t count, uint64_t offset,
              Address read) {
  auto [context, guest] = callContextOf(caller);
  TRY_ASSIGN(OpenFile file, context.files().getFile(fd, right::FdRead));
  TRY(checkPosition(*file, right::FdSeek));
  TRY_ASSIGN(off_t at, toOffset(offset));
  IovecList list;
  TRY(guest.readIovecs(iovecs, count, list));
  return transfer(guest, read, [&] {
    return ::preadv(file->fd(), list.buffers, static_cast<int>(list.count), at);
  });
}

Errno fdPwrite(Caller* caller, uint32_t fd, Address iovecs, uint32_t count, uint64_t offset,
               Address written) {
  auto [context, guest] = callContextOf(caller);
  TRY_ASSIGN(OpenFile file, context.files().getFile(fd, right::FdWrite));
  TRY(checkPosition(*file, right::FdSeek));
  TRY_ASSIGN(off_t at, toOffset(offset));
  IovecList list;
  TRY(guest.readIovecs(iovecs, count, list));
  return transfer(guest, written, [&] {
    return ::pwritev(file->fd(), list.buffers, static_cast<int>(list.count), at);
  });
}

Errno fdSeek(Caller* caller, uint32_t fd, uint64_t delta, uint32_t whence, Address position) {
  auto [context, guest] = callContextOf(caller);
  static_assert(static_cast<int>(Whence::Cur) == 1 && static_cast<int>(Whence::End) == 2);
  static constexpr int kTable[] = {SEEK_SET, SEEK_CUR, SEEK_END};
  TRY_ASSIGN(int host, hostWhence(kTable, whence));
  return seek(context, guest, fd, delta, host, position);
}

Errno unstable::fdSeek(Caller* caller, uint32_t fd, uint64_t delta, uint32_t whence,
                       Address position) {
  auto [context, guest] = callContextOf(caller);
  static_assert(static_cast<int>(Whence::End) == 1 && static_cast<int>(Whence::Set) == 2);
  static constexpr int kTable[] = {SEEK_CUR, SEEK_END, SEEK_SET};
  TRY_ASSIGN(int host, hostWhence(kTable, whence));
  return seek(context, guest, fd, delta, host, position);
}

Errno fdTell(Caller* caller, uint32_t fd, Address position) {
  auto [context, guest] = callContextOf(caller);
  return seek(context, guest, fd, 0, SEEK_CUR, position);
}

Errno fdReaddir(Caller* caller, uint32_t fd, Address buffer, uint32_t size, uint64_t cookie,
                Address used) {
  auto [context, guest] = callContextOf(caller);
  TRY_ASSIGN(OpenFile directory, context.files().getDirectory(fd, right::FdReaddir));
  TRY(guest.checkOut<uint32_t>(used));
  uint8_t* to = guest.bytes(buffer, size);
  if (to == nullptr) return Errno::Fault;
  std::scoped_lock lock(directory->changes);
  DirectoryStream& stream = directory->entries;
  TRY(stream.seek(directory->fd(), cookie));
  // The specification: entries are packed, and the last one may be truncated at any byte. A full
  // buffer (used == size) means that there is more. The stream does not advance past a truncated
  // entry, because the guest continues with the cookie of the last complete one.
  uint32_t at = 0;
  // Appends as many bytes as fit. Returns whether all did.
  auto put = [&](const void* data, size_t length) {
    uint32_t part = static_cast<uint32_t>(std::min<size_t>(length, size - at));
    std::memcpy(to + at, data, part);
    at += part;
    return part == length;
  };
  for (DirectoryStream::Entry entry; at < size; stream.advance()) {
    TRY_ASSIGN(bool more, stream.peek(directory->fd(), entry));
    if (!more) break;
    Dirent header{};
    header.next = entry.next;
    header.inode = entry.inode;
    header.nameSize = static_cast<uint32_t>(entry.name.size());
    header.type = static_cast<uint8_t>(filetypeOfEntry(directory->fd(), entry));
    if (!put(&header, sizeof header) || !put(entry.name.data(), entry.name.size())) break;
  }
  return guest.write(used, at);
}

}  // namespace wasi
