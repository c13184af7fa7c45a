#include <poll.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <limits>
#include <mutex>
#include <vector>

#include "wasi/calls/calls.h"
#include "wasi/calls/file_io.h"
#include "wasi/clock.h"
#include "wasi/types/wire.h"

namespace wasi {
namespace {

// The value of Poll::wake_ without a timeout.
constexpr uint64_t kNever = std::numeric_limits<uint64_t>::max();

// The largest number of subscriptions that are copied, 3 MiB. Without a limit, a guest whose arrays
// overlap could make the host allocate gigabytes.
constexpr uint32_t kMaxOverlapping = 65536;

// An array of subscriptions in guest memory, in the layout of either version.
struct SubscriptionArray {
  Address address;
  uint32_t count;
  uint32_t stride;  // size of an element in bytes
  // Reads an element, converted to the layout of preview 1.
  Errno (*read)(Guest guest, Address at, Subscription& out);

  // Returns whether an event may overwrite a subscription that has not been read. It cannot if the
  // events start at or before the subscriptions: an Event is shorter, so the n-th one ends before
  // the subscription after the n-th starts.
  bool isOverrunBy(Address events) const {
    return events > address && events - address < uint64_t{count} * stride;
  }
};

Errno readSubscription(Guest guest, Address at, Subscription& out) { return guest.read(at, out); }

Errno readUnstableSubscription(Guest guest, Address at, Subscription& out) {
  unstable::Subscription old;
  TRY(guest.read(at, old));
  out = Subscription{};
  out.userdata = old.userdata;
  out.tag = old.tag;
  if (static_cast<EventType>(old.tag) == EventType::Clock) {
    out.clock = old.clock.clock;
  } else {
    out.fd = old.fd;
  }
  return Errno::Success;
}

// Returns the number of bytes that a read of a stream would return, 1 if it is unknown.
uint64_t availableOf(Descriptor& file) {
  // Another thread may be reading, which may take long.
  std::unique_lock<std::mutex> lock(file.streamCalls, std::try_to_lock);
  return std::max<uint64_t>(lock.owns_lock() ? file.stream->available() : 0, 1);
}

// A call of poll_oneoff. Subscriptions are not copied but read from guest memory twice, to prepare
// the wait and to report the events. So the host's memory is proportional to the number of open
// descriptors, and not to that of the subscriptions, which may be millions. Between the two
// readings the subscriptions may change, and the open descriptors; report() must not rely on what
// prepare() has seen.
class Poll {
 public:
  Poll(Caller* caller, SubscriptionArray subscriptions, Address events)
      : caller_(caller),
        files_(contextOf(caller).files()),
        clocks_(contextOf(caller).clocks()),
        guest_(guestOf(caller)),
        subscriptions_(subscriptions),
        events_(events),
        slots_(files_.size(), kNoSlot) {}

  // Waits, and writes the events and their number.
  Errno run(Address eventCount);

 private:
  static constexpr uint32_t kNoSlot = std::numeric_limits<uint32_t>::max();

  // Calls `action(subscription)` for each subscription. Stops at the first error and returns it.
  template <class Action>
  Errno forEach(Action&& action) const;
  // Fills copies_. Fails with Inval if there are too many subscriptions.
  Errno copySubscriptions();
  // Adds the condition of a subscription to polled_ or wake_. Fails with Inval for an undefined
  // type.
  Errno prepare(const Subscription& subscription);
  // Waits until a descriptor of polled_ is ready, wake_ is reached, or the host interrupts.
  Errno wait();
  // Writes the event of a subscription if its condition is true or it is invalid.
  Errno report(const Subscription& subscription);

  // Returns the nanoseconds until a clock subscription expires, 0 if it has. Fails with Inval for
  // an undefined clock or flag, NotSup for a CPU-time clock.
  Expected<uint64_t, Errno> remaining(const SubscriptionClock& clock);
  // Returns the descriptor of a subscription. Fails with Badf or NotCapable.
  Expected<OpenFile, Errno> subscribed(const Subscription& subscription) const;
  // Fills in the event for a descriptor, from `happened`, its revents of poll(2).
  void reportDescriptor(const Descriptor& file, short happened, Event& event) const;

  Caller* caller_;
  FdTable& files_;
  Clocks& clocks_;
  Guest guest_;
  SubscriptionArray subscriptions_;
  std::vector<Subscription> copies_;  // of all subscriptions if events overwrite them, else empty
  Address events_;                    // the array of results
  std::vector<pollfd> polled_;        // one for each descriptor, however many subscriptions it has
  std::vector<OpenFile> open_;        // the descriptors of polled_
  std::vector<uint32_t> slots_;       // indexed by descriptor: its index in polled_, or kNoSlot
  uint64_t start_ = 0;                // monotonic time of the call, to which timeouts are relative
  uint64_t wake_ = kNever;            // monotonic time at which the first clock expires
  uint32_t reported_ = 0;             // number of events written
};

template <class Action>
Errno Poll::forEach(Action&& action) const {
  for (uint32_t i = 0; i < subscriptions_.count; ++i) {
    Subscription subscription;
    if (copies_.empty()) {
      TRY(subscriptions_.read(guest_, subscriptions_.address + i * subscriptions_.stride,
                              subscription));
    } else {
      subscription = copies_[i];
    }
    TRY(action(subscription));
  }
  return Errno::Success;
}

Errno Poll::run(Address eventCount) {
  uint64_t count = subscriptions_.count;
  if (count == 0) return Errno::Inval;
  // After these checks, addresses of elements do not overflow 32 bits.
  TRY(guest_.check(subscriptions_.address, count * subscriptions_.stride));
  TRY(guest_.check(events_, count * sizeof(Event)));
  TRY(guest_.checkOut<uint32_t>(eventCount));
  if (subscriptions_.isOverrunBy(events_)) TRY(copySubscriptions());
  TRY_ASSIGN(start_, clocks_.now(ClockId::Monotonic));
  // There is another round only if no event is found after the wait, for example because the
  // realtime clock has been set back.
  while (reported_ == 0) {
    wake_ = kNever;
    TRY(forEach([&](const Subscription& each) { return prepare(each); }));
    TRY(wait());
    TRY(forEach([&](const Subscription& each) { return report(each); }));
  }
  return guest_.write(eventCount, reported_);
}

Errno Poll::copySubscriptions() {
  if (subscriptions_.count > kMaxOverlapping) return Errno::Inval;
  std::vector<Subscription> copies;
  copies.reserve(subscriptions_.count);
  TRY(forEach([&](const Subscription& each) {
    copies.push_back(each);
    return Errno::Success;
  }));
  copies_ = std::move(copies);
  return Errno::Success;
}

Errno Poll::prepare(const Subscription& subscription) {
  uint64_t now = 0;
  switch (static_cast<EventType>(subscription.tag)) {
    case EventType::Clock: {
      auto left = remaining(subscription.clock);
      TRY_ASSIGN(now, clocks_.now(ClockId::Monotonic));
      // An invalid clock is reported at once. Realtime is converted to monotonic time.
      wake_ = std::min(wake_, left.ok() ? addSaturating(now, left.value()) : 0);
      return Errno::Success;
    }
    case EventType::FdRead:
    case EventType::FdWrite: {
      auto file = subscribed(subscription);
      // A bad descriptor and a stream have an event at once. The others are polled without waiting.
      if (!file.ok() || file.value()->stream) {
        wake_ = 0;
        return Errno::Success;
      }
      // Another thread may have opened it since the call has begun.
      if (subscription.fd >= slots_.size()) slots_.resize(subscription.fd + 1, kNoSlot);
      uint32_t& slot = slots_[subscription.fd];
      if (slot == kNoSlot) {
        slot = static_cast<uint32_t>(polled_.size());
        polled_.push_back({file.value()->fd(), 0, 0});
        open_.push_back(file.value());
      }
      bool reads = static_cast<EventType>(subscription.tag) == EventType::FdRead;
      polled_[slot].events |= reads ? POLLIN : POLLOUT;
      return Errno::Success;
    }
  }
  return Errno::Inval;
}

Errno Poll::wait() {
  for (;;) {
    uint64_t left = 0;
    if (wake_ != kNever) {
      TRY_ASSIGN(uint64_t now, clocks_.now(ClockId::Monotonic));
      left = wake_ > now ? wake_ - now : 0;
    }
    // Pinned clocks advance by the timeout instead of waiting for it, if no descriptor is ready
    // now.
    timespec timeout = toTimespec(clocks_.isPinned() ? 0 : left);
    int ready =
        ::ppoll(polled_.data(), polled_.size(), wake_ == kNever ? nullptr : &timeout, nullptr);
    // A signal of the host. The remaining time is computed anew.
    if (ready < 0 && errno == EINTR && !runtime::isInterrupted(*caller_)) continue;
    if (ready < 0) return lastError();
    if (ready == 0 && clocks_.isPinned()) clocks_.advance(left);
    return Errno::Success;
  }
}

Errno Poll::report(const Subscription& subscription) {
  Event event{};
  event.userdata = subscription.userdata;
  event.type = subscription.tag;
  if (static_cast<EventType>(subscription.tag) == EventType::Clock) {
    auto left = remaining(subscription.clock);
    if (left.ok() && left.value() > 0) return Errno::Success;
    if (!left.ok()) event.error = static_cast<uint16_t>(left.error());
  } else {
    auto file = subscribed(subscription);
    bool reads = static_cast<EventType>(subscription.tag) == EventType::FdRead;
    if (file.ok() && file.value()->stream) {
      // Streams have no way to wait for them, so they are always ready, and a read may block.
      event.bytes = reads ? availableOf(*file.value()) : 1;
    } else if (file.ok()) {
      uint32_t slot = subscription.fd < slots_.size() ? slots_[subscription.fd] : kNoSlot;
      // The subscription has changed since prepare(), which did not see this descriptor.
      if (slot == kNoSlot) return Errno::Inval;
      short relevant = (reads ? POLLIN : POLLOUT) | POLLHUP | POLLERR | POLLNVAL;
      short happened = polled_[slot].revents & relevant;
      if (happened == 0) return Errno::Success;
      reportDescriptor(*open_[slot], happened, event);
    }
    if (!file.ok()) event.error = static_cast<uint16_t>(file.error());
  }
  Address at = events_ + reported_ * static_cast<uint32_t>(sizeof(Event));
  ++reported_;
  return guest_.write(at, event);
}

Expected<uint64_t, Errno> Poll::remaining(const SubscriptionClock& clock) {
  bool absolute = (clock.flags & subclockflag::Abstime) != 0;
  auto id = static_cast<ClockId>(clock.id);
  if ((clock.flags & ~subclockflag::Abstime) != 0 || id > ClockId::ThreadCpu) return Errno::Inval;
  if (id != ClockId::Realtime && id != ClockId::Monotonic) return Errno::NotSup;
  // A relative timeout of the realtime clock is measured by the monotonic one, so that setting the
  // clock of the host does not change it, as POSIX requires of clock_nanosleep().
  TRY_ASSIGN(uint64_t now, clocks_.now(absolute ? id : ClockId::Monotonic));
  uint64_t due = absolute ? clock.timeout : addSaturating(start_, clock.timeout);
  return due > now ? due - now : 0;
}

Expected<OpenFile, Errno> Poll::subscribed(const Subscription& subscription) const {
  bool reads = static_cast<EventType>(subscription.tag) == EventType::FdRead;
  return files_.get(subscription.fd,
                    right::PollFdReadwrite | (reads ? right::FdRead : right::FdWrite));
}

// Returns the number of bytes that a read would return: those up to the end of a regular file, or
// those in the buffer of a pipe, terminal or socket. Returns 1 if it is unknown.
uint64_t readableBytes(const Descriptor& file) {
  if (file.type == Filetype::RegularFile) {
    struct stat status;
    off_t at = ::lseek(file.fd(), 0, SEEK_CUR);
    if (at < 0 || ::fstat(file.fd(), &status) != 0) return 1;
    return status.st_size > at ? static_cast<uint64_t>(status.st_size - at) : 0;
  }
  int available = 0;
  return ::ioctl(file.fd(), FIONREAD, &available) == 0 ? static_cast<uint64_t>(available) : 1;
}

void Poll::reportDescriptor(const Descriptor& file, short happened, Event& event) const {
  bool reads = static_cast<EventType>(event.type) == EventType::FdRead;
  if ((happened & POLLNVAL) != 0) {
    // The host has closed a descriptor that it lent.
    event.error = static_cast<uint16_t>(Errno::Badf);
    return;
  }
  // A pipe without readers is POLLERR for its writer. A pending error of a socket is reported by
  // the call that follows.
  if (!reads && (happened & POLLERR) != 0 && !file.isSocket()) {
    event.error = static_cast<uint16_t>(Errno::Pipe);
    return;
  }
  event.bytes = reads ? readableBytes(file) : 1;
  if ((happened & POLLHUP) != 0) event.flags |= eventflag::Hangup;
}

}  // namespace

Errno pollOneoff(Caller* caller, Address subscriptions, Address events, uint32_t count,
                 Address eventCount) {
  SubscriptionArray array{subscriptions, count, sizeof(Subscription), readSubscription};
  return Poll(caller, array, events).run(eventCount);
}

Errno unstable::pollOneoff(Caller* caller, Address subscriptions, Address events, uint32_t count,
                           Address eventCount) {
  SubscriptionArray array{subscriptions, count, sizeof(unstable::Subscription),
                          readUnstableSubscription};
  return Poll(caller, array, events).run(eventCount);
}

}  // namespace wasi
