// What crosses the border between guest and host: the numbers and structures of
// wasi_snapshot_preview1 and of its predecessor wasi_unstable (namespace unstable), laid out as the
// guest's C compiler lays them out. Padding is explicit, so that it is written as zeros.
#pragma once

#include <cstddef>
#include <cstdint>

namespace wasi {

// The longest path in bytes, without its final NUL: PATH_MAX - 1.
inline constexpr uint32_t kMaxPath = 4095;

// The clocks of clock_time_get and of subscriptions.
enum class ClockId : uint32_t { Realtime = 0, Monotonic = 1, ProcessCpu = 2, ThreadCpu = 3 };

// What an offset of fd_seek counts from.
enum class Whence : uint8_t { Set = 0, Cur = 1, End = 2 };

// What a descriptor or a directory entry is.
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

// What a subscription of poll_oneoff waits for.
enum class EventType : uint8_t { Clock = 0, FdRead = 1, FdWrite = 2 };

namespace fdflag {
// Of an open file; those of other calls follow.
inline constexpr uint32_t Append = 1, Dsync = 2, Nonblock = 4, Rsync = 8, Sync = 16, All = 31;
}  // namespace fdflag
namespace oflag {  // of path_open
inline constexpr uint32_t Creat = 1, Directory = 2, Excl = 4, Trunc = 8, All = 15;
}
namespace lookupflag {  // how a path is resolved
inline constexpr uint32_t SymlinkFollow = 1;
}
namespace fstflag {  // which times to set
inline constexpr uint32_t Atim = 1, AtimNow = 2, Mtim = 4, MtimNow = 8, All = 15;
}
namespace subclockflag {  // of a SubscriptionClock
inline constexpr uint16_t Abstime = 1;
}
namespace eventflag {  // of an Event
inline constexpr uint16_t Hangup = 1;
}
namespace riflag {  // of sock_recv
inline constexpr uint32_t Peek = 1, Waitall = 2, All = 3;
}
namespace roflag {  // what sock_recv returns
inline constexpr uint16_t Truncated = 1;
}
namespace sdflag {  // of sock_shutdown
inline constexpr uint32_t Rd = 1, Wr = 2, All = 3;
}

// A buffer in the guest's memory.
struct Iovec {
  uint32_t buffer;
  uint32_t size;
};
static_assert(sizeof(Iovec) == 8);

// What fd_readdir writes before each name.
struct Dirent {
  uint64_t next;
  uint64_t inode;
  uint32_t nameSize;
  uint8_t type;
  uint8_t padding[3];
};
static_assert(sizeof(Dirent) == 24 && offsetof(Dirent, type) == 20);

// What fd_fdstat_get writes.
struct Fdstat {
  uint8_t type;
  uint8_t padding0;
  uint16_t flags;
  uint32_t padding1;
  uint64_t rightsBase;
  uint64_t rightsInheriting;
};
static_assert(sizeof(Fdstat) == 24 && offsetof(Fdstat, flags) == 2);

// Times are nanoseconds since 1970.
struct Filestat {
  uint64_t device;
  uint64_t inode;
  uint8_t type;
  uint8_t padding[7];
  uint64_t links;
  uint64_t size;
  uint64_t accessTime;
  uint64_t modificationTime;
  uint64_t changeTime;
};
static_assert(sizeof(Filestat) == 64 && offsetof(Filestat, links) == 24);

// What fd_prestat_get writes.
struct Prestat {
  uint8_t tag;  // 0, a directory, is the only one
  uint8_t padding[3];
  uint32_t nameSize;
};
static_assert(sizeof(Prestat) == 8 && offsetof(Prestat, nameSize) == 4);

// A time to wait for, in nanoseconds.
struct SubscriptionClock {
  uint32_t id;
  uint32_t padding0;
  uint64_t timeout;
  uint64_t precision;
  uint16_t flags;
  uint8_t padding1[6];
};

// What poll_oneoff reads.
struct Subscription {
  uint64_t userdata;
  uint8_t tag;  // EventType
  uint8_t padding[7];
  union {
    SubscriptionClock clock;
    uint32_t fd;
  };
};
static_assert(sizeof(Subscription) == 48 && offsetof(Subscription, clock) == 16 &&
              offsetof(SubscriptionClock, timeout) == 8 &&
              offsetof(SubscriptionClock, flags) == 24);

// What poll_oneoff writes.
struct Event {
  uint64_t userdata;
  uint16_t error;
  uint8_t type;
  uint8_t padding0[5];
  uint64_t bytes;
  uint16_t flags;
  uint8_t padding1[6];
};
static_assert(sizeof(Event) == 32 && offsetof(Event, type) == 10 && offsetof(Event, flags) == 24);

// wasi_unstable, where it differs.
namespace unstable {

// As their namesakes above.
enum class Whence : uint8_t { Cur = 0, End = 1, Set = 2 };

// Has fewer bits for links.
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

// Has an identifier of its own.
struct SubscriptionClock {
  uint64_t identifier;  // nothing refers to it
  wasi::SubscriptionClock clock;
};

// Has that clock.
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
