// Defines functions of the host with the parameters that the ABI means: bytes for a pointer and a
// size, outputs for the pointers to what a function returns.
#ifndef PROXY_WASM_BINDING_H
#define PROXY_WASM_BINDING_H

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <wasm2obj.hh>

#include "abi.h"
#include "headers.h"

namespace proxy_wasm {

// Bytes of the filter, which are valid until code of the filter runs.
using Input = std::string_view;

// Makes room in the memory of a filter.
class Allocator {
 public:
  virtual ~Allocator() = default;
  // Returns the address of new bytes, 0 if the filter has none.
  virtual uint32_t allocate(uint32_t size) = 0;
};

// Where a function writes a number for the filter.
template <class T>
class Output {
 public:
  Output(wasm2obj::Memory memory, uint32_t address) : memory_(memory), address_(address) {}
  Status set(T value) const {
    return memory_.write(address_, value) ? Status::Ok : Status::InvalidMemoryAccess;
  }

 private:
  wasm2obj::Memory memory_;
  uint32_t address_;
};

// Where a function writes the address and the size of bytes, which the filter will free.
class OutputBytes {
 public:
  OutputBytes(wasm2obj::Memory memory, Allocator& allocator, uint32_t pointer, uint32_t size)
      : memory_(memory), allocator_(&allocator), pointer_(pointer), size_(size) {}

  // Results of foreign functions are optional.
  bool isWanted() const { return pointer_ != 0 && size_ != 0; }
  Status set(std::string_view bytes) const {
    auto size = static_cast<uint32_t>(bytes.size());
    uint32_t address = size == 0 ? 0 : allocator_->allocate(size);
    std::optional<wasm2obj::Bytes> room = memory_.slice(address, size);
    if ((size != 0 && address == 0) || !room) return Status::InternalFailure;
    std::memcpy(room->data(), bytes.data(), size);
    return memory_.write(pointer_, address) && memory_.write(size_, size)
               ? Status::Ok
               : Status::InvalidMemoryAccess;
  }

 private:
  wasm2obj::Memory memory_;
  Allocator* allocator_;
  uint32_t pointer_;
  uint32_t size_;
};

// The arguments of a call. If one is wrong, `status` says why, and the function is not called.
class Arguments {
 public:
  Arguments(wasm2obj::Memory memory, Allocator& allocator, const uint64_t* words)
      : memory_(memory), allocator_(&allocator), next_(words) {}

  // Each takes the words of a parameter, in their order.
  uint64_t word() { return *next_++; }
  uint32_t number() { return static_cast<uint32_t>(word()); }
  // The bytes are in the memory.
  Input bytes() {
    uint32_t address = number();
    std::optional<std::string_view> text = memory_.text(address, number());
    if (!text) status_ = Status::InvalidMemoryAccess;
    return text.value_or(Input());
  }
  // Bytes that are serialized fields.
  Headers headers() {
    std::optional<Headers> parsed = Headers::parse(bytes());
    if (!parsed && status_ == Status::Ok) status_ = Status::BadArgument;
    return std::move(parsed).value_or(Headers());
  }
  // Pointers to what the function writes, which is in the memory.
  template <class T>
  Output<T> output() {
    uint32_t address = number();
    if (!memory_.slice(address, sizeof(T))) status_ = Status::InvalidMemoryAccess;
    return {memory_, address};
  }
  // The same for bytes.
  OutputBytes outputBytes() {
    uint32_t pointer = number();
    uint32_t size = number();
    if (!memory_.slice(pointer, 4) || !memory_.slice(size, 4)) {
      status_ = Status::InvalidMemoryAccess;
    }
    return {memory_, *allocator_, pointer, size};
  }
  Status status() const { return status_; }

 private:
  wasm2obj::Memory memory_;
  Allocator* allocator_;
  const uint64_t* next_;
  Status status_ = Status::Ok;
};

// How a parameter is passed: the types of its words, and how it is made of them. Numbers and
// enumerations are one word.
template <class T>
struct Parameter {
  static_assert(sizeof(T) == 4 || sizeof(T) == 8);
  using Words = std::tuple<std::conditional_t<sizeof(T) == 4, uint32_t, uint64_t>>;
  static T take(Arguments& arguments) { return static_cast<T>(arguments.word()); }
};
template <>
struct Parameter<Input> {
  using Words = std::tuple<uint32_t, uint32_t>;
  static Input take(Arguments& arguments) { return arguments.bytes(); }
};
template <>
struct Parameter<Headers> {
  using Words = std::tuple<uint32_t, uint32_t>;
  static Headers take(Arguments& arguments) { return arguments.headers(); }
};
template <class T>
struct Parameter<Output<T>> {
  using Words = std::tuple<uint32_t>;
  static Output<T> take(Arguments& arguments) { return arguments.output<T>(); }
};
template <>
struct Parameter<OutputBytes> {
  using Words = std::tuple<uint32_t, uint32_t>;
  static OutputBytes take(Arguments& arguments) { return arguments.outputBytes(); }
};

// Defines member functions of an object as functions of the module `env`.
template <class Host>
class Binder {
 public:
  Binder(wasm2obj::Linker& linker, Host& host, Allocator& allocator)
      : linker_(linker), host_(host), allocator_(allocator) {}

  // Defines a function, whose parameters have a Parameter each.
  template <class... Params>
  void define(const char* name, Status (Host::*function)(Params...)) {
    using Words = decltype(std::tuple_cat(typename Parameter<Params>::Words()...));
    defineWords(name, function, static_cast<Words*>(nullptr));
  }

 private:
  template <class... Params, class... Words>
  void defineWords(const char* name, Status (Host::*function)(Params...), std::tuple<Words...>*) {
    auto code = [&host = host_, &allocator = allocator_, function](wasm2obj::Caller caller,
                                                                   Words... each) -> uint32_t {
      std::array<uint64_t, sizeof...(Words) + 1> words = {each...};
      Arguments from(caller.memory(), allocator, words.data());
      std::tuple<Params...> arguments{Parameter<Params>::take(from)...};  // in their order
      if (from.status() != Status::Ok) return static_cast<uint32_t>(from.status());
      auto call = [&](auto&... params) { return (host.*function)(std::move(params)...); };
      return static_cast<uint32_t>(std::apply(call, arguments));
    };
    linker_.define("env", name, code);
  }

  wasm2obj::Linker& linker_;
  Host& host_;
  Allocator& allocator_;
};

}  // namespace proxy_wasm

#endif
