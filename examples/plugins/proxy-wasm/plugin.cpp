#include "plugin.h"

#include <chrono>
#include <stdexcept>

#include "host_functions.h"

namespace proxy_wasm {

Plugin::Plugin(Services& services, PluginOptions options, const std::string& path)
    : services_(services),
      options_(std::move(options)),
      module_(wasm2obj::Module::open(path).value()),
      functions_(std::make_unique<HostFunctions>(*this, services)),
      calls_(*this, services) {}

Plugin::~Plugin() = default;

// --- Start --------------------------------------------------------------------------------------

void Plugin::start() {
  callbacks_.reset();
  instance_.reset();
  contexts_.clear();
  calls_.clear();
  ++starts_;
  tickPeriod_ = 0;
  hasFailed_ = false;
  uint32_t id = ++lastId_;
  contexts_[id].id = id;
  effective_ = &root();
  root().buffer(BufferType::VmConfiguration) = options_.vmConfiguration;
  root().buffer(BufferType::PluginConfiguration) = options_.configuration;
  instance_ = instantiate();
  callbacks_.emplace(Callbacks{*instance_, findVersion()});
  runMain();
  configure();
}

wasm2obj::Wasi Plugin::wasi() {
  wasm2obj::Wasi wasi;
  for (const auto& [name, value] : options_.environment) wasi.variable(name, value);
  wasm2obj_wasi_stream_calls(wasi.get(), WASM2OBJ_STDOUT, &Plugin::write, &out_, nullptr);
  wasm2obj_wasi_stream_calls(wasi.get(), WASM2OBJ_STDERR, &Plugin::write, &err_, nullptr);
  return wasi;
}

wasm2obj::Instance Plugin::instantiate() {
  wasm2obj::Limits limits;
  limits.set(WASM2OBJ_LIMIT_MEMORY_BYTES, options_.memoryBytes);
  limits.callTime(std::chrono::nanoseconds(options_.nanoseconds));
  wasm2obj::Wasi granted = wasi();
  wasm2obj::Linker linker;
  functions_->defineIn(linker, *this);
  functions_->defineOthersIn(linker);
  // The functions that 0.1.0 alone has return a status for the SDKs, nothing by the specification.
  functions_->defineOldIn(linker, true);
  auto made = linker.instantiate(module_, granted, &limits);
  if (!made && made.error().kind() == WASM2OBJ_ERROR_USE) {
    functions_->defineOldIn(linker, false);
    auto again = linker.instantiate(module_, granted, &limits);
    if (again) return *std::move(again);
  }
  return std::move(made).value();
}

AbiVersion Plugin::findVersion() const {
  if (isExported(*instance_, "proxy_abi_version_0_2_1")) return AbiVersion::V0_2_1;
  if (isExported(*instance_, "proxy_abi_version_0_2_0")) return AbiVersion::V0_2_0;
  if (isExported(*instance_, "proxy_abi_version_0_1_0")) return AbiVersion::V0_1_0;
  throw std::runtime_error("the module exports no version of the Proxy-Wasm ABI");
}

// Instantiation has called _initialize, if the module exports that.
void Plugin::runMain() {
  enter(root());
  if (!isExported(*instance_, "_initialize")) {
    if (isExported(*instance_, "_start")) (void)instance_->run().value();
  } else if (isExported(*instance_, "main")) {
    auto main = instance_->function<int32_t(int32_t, int32_t)>("main").value();
    (void)main(0, 0).value();
  } else if (isExported(*instance_, "__main_void")) {
    (void)instance_->function<int32_t()>("__main_void").value()().value();
  }
  leave();
}

void Plugin::configure() {
  auto size = [](const std::string& text) { return static_cast<uint32_t>(text.size()); };
  call(root(), callbacks_->contextCreate, 0, 0U);
  isStarting_ = true;
  bool isOk = call(root(), callbacks_->vmStart, 1, size(options_.vmConfiguration)) != 0;
  isStarting_ = false;
  isOk = isOk && call(root(), callbacks_->configure, 1, size(options_.configuration)) != 0;
  if (hasFailed_) throw std::runtime_error("the filter has failed when it was configured");
  if (!isOk) throw std::runtime_error("the filter refuses its configuration");
}

// --- Calls --------------------------------------------------------------------------------------

void Plugin::enter(Context& context) { effective_ = &context; }

void Plugin::leave() {
  out_.flush();
  err_.flush();
}

void Plugin::fail(const wasm2obj::Error& error) {
  hasFailed_ = true;
  services_.log(LogLevel::Critical, options_.name, error.what());
}

// Is called by functions of the host, whose caller traps if an exception leaves them.
uint32_t Plugin::allocate(uint32_t size) {
  if (!callbacks_) return 0;
  const auto& own = callbacks_->memoryAllocate.function();
  const auto& function = own ? own : callbacks_->malloc.function();
  return function ? (*function)(size).value() : 0;
}

bool Plugin::setEffective(uint32_t id) {
  auto found = contexts_.find(id);
  if (found == contexts_.end()) return false;
  effective_ = &found->second;
  return true;
}

void Plugin::later(uint64_t milliseconds, std::function<void()> happens) {
  auto happensToThis = [this, start = starts_, happens = std::move(happens)] {
    if (start == starts_ && !hasFailed_) happens();
  };
  services_.scheduler.after(milliseconds * Scheduler::kMillisecond, happensToThis);
}

void Plugin::setTickPeriod(uint32_t milliseconds) {
  tickPeriod_ = milliseconds;
  ++tickTimer_;
  tick();
}

void Plugin::tick() {
  if (tickPeriod_ == 0) return;
  later(tickPeriod_, [this, timer = tickTimer_] {
    if (timer != tickTimer_) return;
    call(root(), callbacks_->tick, 0);
    if (timer == tickTimer_) tick();
  });
}

// --- Streams ------------------------------------------------------------------------------------

Context& Plugin::openStream() {
  uint32_t id = ++lastId_;
  Context& context = contexts_[id];
  context.id = id;
  context.parent = &root();
  call(context, callbacks_->contextCreate, 0, root().id);
  return context;
}

void Plugin::closeStream(Context& context) {
  for (Fields& map : context.maps) map.isWritable = false;
  if (call(context, callbacks_->done, 1) != 0) {
    finish(context.id);
  } else {
    context.isAwaitingDone = true;
  }
}

bool Plugin::done() {
  if (!effective_->isAwaitingDone) return false;
  effective_->isAwaitingDone = false;
  later(0, [this, id = effective_->id] { finish(id); });
  return true;
}

void Plugin::finish(uint32_t id) {
  Context& context = contexts_.at(id);
  call(context, callbacks_->log, 0);
  call(context, callbacks_->remove, 0);
  effective_ = &root();
  contexts_.erase(id);
}

// --- Standard streams ---------------------------------------------------------------------------

void Plugin::Stream::flush() {
  if (!line.empty()) plugin->services_.log(level, plugin->options_.name, line);
  line.clear();
}

ptrdiff_t Plugin::write(void* stream, const void* bytes, size_t size) {
  auto& to = *static_cast<Stream*>(stream);
  for (char letter : std::string_view(static_cast<const char*>(bytes), size)) {
    if (letter == '\n') {
      to.flush();
    } else {
      to.line.push_back(letter);
    }
  }
  return static_cast<ptrdiff_t>(size);
}

}  // namespace proxy_wasm
