// The constants and structures of the ABI between guest and host: those of wasi_snapshot_preview1
// and, in namespace unstable, those of its predecessor wasi_unstable that differ. The layouts are
// those of the C ABI for wasm32, which wasi-libc uses; numbers are little-endian. Padding is an
// explicit member, so that it is written as zeros and no bytes of the host leak into guest memory.
#pragma once

#include <cstddef>
#include <cstdint>

namespace wasi {

// The length limit of a path in bytes, without the terminating NUL: PATH_MAX - 1 of Linux.
inline constexpr uint32_t kMaxPath = 4095;

// Typename `clockid`: the clocks of clock_res_get, clock_time_get and poll_oneoff. Realtime counts
// from 1970-01-01 UTC, Monotonic from an unspecified time.
enum class ClockId : uint32_t { Realtime = 0, Monotonic = 1, ProcessCpu = 2, ThreadCpu = 3 };

// Typename `whence`: the position that the offset of fd_seek is relative to.
enum class Whence : uint8_t { Set = 0, Cur = 1, End = 2 };

// Typename `filetype`: the type of an open file or of a directory entry. A pipe has no type of its
// own and is Unknown.
enum class Filetype : uint8_t {
  Unknown = 0,
  BlockDevice = 1,
  CharacterDevice = 2,
  Directory = 3,
  RegularFile = 4,
  SocketDgram = 5,
  SocketStream = 6,
  SymbolicLink = 7,
};

// Typename `eventtype`: the condition that a subscription of poll_oneoff waits for, a time or a
// descriptor that is ready.
enum class EventType : uint8_t { Clock = 0, FdRead = 1, FdWrite = 2 };

// Flags, one namespace for each flags type of the specification. Where a namespace has `All`, the
// set of the defined bits, calls fail with Errno::Inval for other bits.
namespace fdflag {
// Typename `fdflags`: the status flags of an open file, as of open(2).
inline constexpr uint32_t Append = 1, Dsync = 2, Nonblock = 4, Rsync = 8, Sync = 16, All = 31;
}  // namespace fdflag
namespace oflag {  // of path_open, as of open(2)
inline constexpr uint32_t Creat = 1, Directory = 2, Excl = 4, Trunc = 8, All = 15;
}
namespace lookupflag {  // of path resolution; undefined bits are ignored
inline constexpr uint32_t SymlinkFollow = 1;
}
namespace fstflag {  // of the calls that set times: to a given value, or to the present
inline constexpr uint32_t Atim = 1, AtimNow = 2, Mtim = 4, MtimNow = 8, All = 15;
}
namespace subclockflag {  // of a SubscriptionClock: the timeout is a time, not a duration
inline constexpr uint16_t Abstime = 1;
}
namespace eventflag {  // of an Event: the peer has closed its end
inline constexpr uint16_t Hangup = 1;
}
namespace riflag {  // of sock_recv, as MSG_PEEK and MSG_WAITALL
inline constexpr uint32_t Peek = 1, Waitall = 2, All = 3;
}
namespace roflag {  // returned by sock_recv: the datagram was longer than the buffers
inline constexpr uint16_t Truncated = 1;
}
namespace sdflag {  // of sock_shutdown: the receiving and the sending half
inline constexpr uint32_t Rd = 1, Wr = 2, All = 3;
}

// Typenames `iovec` and `ciovec`: a buffer in guest memory, `size` bytes from address `buffer` on.
struct Iovec {
  uint32_t buffer;
  uint32_t size;
};
static_assert(sizeof(Iovec) == 8);

// Typename `dirent`: the header that fd_readdir writes before each name.
struct Dirent {
  uint64_t next;  // the cookie of the following entry
  uint64_t inode;
  uint32_t nameSize;  // in bytes; the name has no NUL
  uint8_t type;       // Filetype
  uint8_t padding[3];
};
static_assert(sizeof(Dirent) == 24 && offsetof(Dirent, type) == 20);

// Typename `fdstat`: the result of fd_fdstat_get.
struct Fdstat {
  uint8_t type;  // Filetype
  uint8_t padding0;
  uint16_t flags;  // fdflag::...
  uint32_t padding1;
  uint64_t rightsBase;
  uint64_t rightsInheriting;
};
static_assert(sizeof(Fdstat) == 24 && offsetof(Fdstat, flags) == 2);

// Typename `filestat`: the result of fd_filestat_get and path_filestat_get. Times are nanoseconds
// since 1970-01-01 UTC.
struct Filestat {
  uint64_t device;
  uint64_t inode;
  uint8_t type;  // Filetype
  uint8_t padding[7];
  uint64_t links;  // number of hard links
  uint64_t size;   // in bytes
  uint64_t accessTime;
  uint64_t modificationTime;
  uint64_t changeTime;
};
static_assert(sizeof(Filestat) == 64 && offsetof(Filestat, links) == 24);

// Typename `prestat`: the result of fd_prestat_get.
struct Prestat {
  uint8_t tag;  // 0, a directory, is the only defined value
  uint8_t padding[3];
  uint32_t nameSize;  // of the guest's path, in bytes without a NUL
};
static_assert(sizeof(Prestat) == 8 && offsetof(Prestat, nameSize) == 4);

// Typename `subscription_clock`: a time to wait for. Times are nanoseconds.
struct SubscriptionClock {
  uint32_t id;  // ClockId
  uint32_t padding0;
  uint64_t timeout;    // absolute, or relative to the call of poll_oneoff
  uint64_t precision;  // the delay that the guest tolerates; ignored
  uint16_t flags;      // subclockflag::...
  uint8_t padding1[6];
};

// Typename `subscription`: an element of the input array of poll_oneoff.
struct Subscription {
  uint64_t userdata;  // copied to the Event
  uint8_t tag;        // EventType; selects the member of the union
  uint8_t padding[7];
  union {
    SubscriptionClock clock;
    uint32_t fd;  // for FdRead and FdWrite
  };
};
static_assert(sizeof(Subscription) == 48 && offsetof(Subscription, clock) == 16 &&
              offsetof(SubscriptionClock, timeout) == 8 &&
              offsetof(SubscriptionClock, flags) == 24);

// Typename `event`: an element of the output array of poll_oneoff. `bytes` and `flags` are 0 for a
// clock.
struct Event {
  uint64_t userdata;
  uint16_t error;  // Errno: why the subscription failed, or Success
  uint8_t type;    // EventType
  uint8_t padding0[5];
  uint64_t bytes;  // number of bytes that can be read, 1 if unknown; 1 for FdWrite
  uint16_t flags;  // eventflag::...
  uint8_t padding1[6];
};
static_assert(sizeof(Event) == 32 && offsetof(Event, type) == 10 && offsetof(Event, flags) == 24);

// The types of wasi_unstable that differ from preview 1.
namespace unstable {

// Has other numbers than in preview 1.
enum class Whence : uint8_t { Cur = 0, End = 1, Set = 2 };

// Has 32 bits for `links`, so the members after it are elsewhere.
struct Filestat {
  uint64_t device;
  uint64_t inode;
  uint8_t type;
  uint8_t padding[3];
  uint32_t links;
  uint64_t size;
  uint64_t accessTime;
  uint64_t modificationTime;
  uint64_t changeTime;
};
static_assert(sizeof(Filestat) == 56 && offsetof(Filestat, links) == 20);

// Has an additional identifier in front.
struct SubscriptionClock {
  uint64_t identifier;  // unused; no other structure refers to it
  wasi::SubscriptionClock clock;
};

// Is 8 bytes longer because of unstable::SubscriptionClock.
struct Subscription {
  uint64_t userdata;
  uint8_t tag;
  uint8_t padding[7];
  union {
    SubscriptionClock clock;
    uint32_t fd;
  };
};
static_assert(sizeof(Subscription) == 56 && offsetof(Subscription, clock) == 16 &&
              offsetof(SubscriptionClock, clock) == 8);

}  // namespace unstable
}  // namespace wasi
