#include "test/differential/generate/exceptions/exceptions.h"

#include "runtime/base/check.h"

namespace differential {

Exceptions::Exceptions(Scope& scope, Objects& objects, unsigned thrower)
    : scope_(scope),
      objects_(objects),
      random_(scope.random),
      thrower_(thrower),
      isLegacy_(scope.shape.hasLegacyExceptions) {
  if (!isLegacy_) caught_ = scope.declare("exnref");
}

// Returns an i32 that is zero in some calls.
std::string Exceptions::condition() {
  return apply("i32", "and", random_.chance(70) ? scope_.value("i32") : objects_.number("i32", 1),
               number("i32", 1 << random_.below(4)));
}

std::string Exceptions::argument(std::string_view type) {
  if (type == "anyref") return objects_.reference(kAny, 2);
  if (type == "(ref null $s0)") return objects_.reference(kNode, 2);
  return objects_.number(type, 2);
}

std::string Exceptions::throwing() {
  unsigned tag = static_cast<unsigned>(random_.below(kTags));
  std::string arguments;
  for (const char* type : tagParameters(tag)) arguments += fmt::format(" {}", argument(type));
  return fmt::format("(throw $t{}{})", tag, arguments);
}

std::string Exceptions::call() {
  std::string arguments = scope_.value("i32") + " " + scope_.value("i64");
  switch (random_.below(8)) {
    case 0:
      return fmt::format("(call_indirect $table (type $callee) {} (i32.const {}))", arguments,
                         random_.below(kCallees));
    case 1:
      return fmt::format("(call_ref $callee {} {})", arguments,
                         objects_.object({RefType::Kind::Callee}, 1));
    case 2:
      return fmt::format("(call $again {})", arguments);
    case 3:
      return fmt::format("(call $callee{} {})", random_.below(kCallees), arguments);
    case 4:
      return fmt::format("(call $observe {})", arguments);
    default:
      if (thrower_ == kThrowers) return fmt::format("(call $safe0 {})", arguments);
      return fmt::format("(call $thrower{} {})", thrower_ + random_.below(kThrowers - thrower_),
                         arguments);
  }
}

// Returns a branch out of an enclosing block, or out of the function.
std::string Exceptions::leaving() {
  if (!blocks_.empty() && random_.chance(70)) {
    return fmt::format("(br_if {} {})\n", blocks_[random_.below(blocks_.size())], condition());
  }
  std::string arguments = scope_.value("i32") + " " + scope_.value("i64");
  // Functions of the type $callee may end in a tail call, which is outside of all handlers.
  if (!scope_.canCall() && thrower_ > 0 && random_.chance(60)) {
    std::string way = random_.chance(50) ? fmt::format("(return_call $callee{} {})",
                                                       random_.below(kCallees), arguments)
                                         : fmt::format("(return_call_ref $callee {} {})", arguments,
                                                       objects_.object({RefType::Kind::Callee}, 1));
    return fmt::format("(if {} (then {}))\n", condition(), way);
  }
  return fmt::format("(if {} (then (return {})))\n", condition(), scope_.returned());
}

std::string Exceptions::loop(unsigned nesting) {
  std::string left = scope_.declare("i32"), again = scope_.label();
  std::string inside = statements(nesting);
  return fmt::format("{}\n(loop {}\n{}(br_if {} (local.tee {} (i32.sub {} (i32.const 1)))))\n",
                     set(left, number("i32", 1 + random_.below(5))), again, inside, again, left,
                     get(left));
}

std::string Exceptions::statement(unsigned nesting) {
  switch (random_.below(nesting == 0 ? 10 : 15)) {
    case 0:
    case 1:
      return fmt::format("(if {} (then {}))\n", condition(), throwing());
    case 2:
      return scope_.result("i64", scope_.value("i64"));
    case 3:
    case 4:
      return objects_.statement(1);
    case 5: {
      const Access& to = scope_.randomStore();
      return scope_.access(to, scope_.safeStart(), 0, scope_.value(to.type)) + "\n";
    }
    case 6:
      return leaving();
    case 7:
      return fmt::format("(global.set $g1 {})\n", scope_.value("i64"));
    case 8:
    case 9:
      if (scope_.canCall() || thrower_ > 0) return scope_.result("i32", call());
      return objects_.statement(1);
    case 10:
      return loop(nesting - 1);
    case 11:
      return isLegacy_ ? delegating(nesting - 1) : valued();
    default:
      return guarded(nesting - 1);
  }
}

std::string Exceptions::statements(unsigned nesting) {
  std::string out;
  for (uint64_t i = 1 + random_.below(4); i > 0; --i) out += statement(nesting);
  return out;
}

// Returns what follows the values of a caught exception on the stack. `rethrow` is an instruction.
std::string Exceptions::handler(const Clause& clause, unsigned nesting,
                                const std::string& rethrow) {
  std::string out, uses;
  if (clause.hasReference) out += fmt::format("(local.set {})\n", caught_);
  auto types = clause.tag ? tagParameters(*clause.tag) : std::span<const char* const>();
  for (size_t i = types.size(); i-- > 0;) {
    std::string_view type = types[i];
    std::string to = scope_.declare(type);
    bool isReference = type == "anyref" || type == "(ref null $s0)";
    out += fmt::format("(local.set {})\n", to);
    uses += isReference ? scope_.result("i64", fmt::format("(call $hash {})", get(to)))
                        : scope_.result(type, get(to));
  }
  out += uses + scope_.result("i64", number("i64", random_.below(100)));
  if (random_.chance(50)) out += statements(nesting);
  if (!rethrow.empty() && random_.chance(25)) {
    out += fmt::format("(if {} (then {}))\n", condition(), rethrow);
  }
  return out;
}

// Each clause leads to the end of a block, which is followed by its handler.
std::string Exceptions::standard(const std::vector<Clause>& clauses, unsigned nesting) {
  std::string end = scope_.label(), list, begins, handlers;
  blocks_.push_back(end);
  for (const Clause& clause : clauses) {
    std::string label = scope_.label(), kind = clause.tag ? "catch" : "catch_all", types;
    if (clause.hasReference) kind += "_ref";
    if (clause.tag) {
      kind += fmt::format(" $t{}", *clause.tag);
      for (const char* type : tagParameters(*clause.tag)) types += fmt::format(" {}", type);
    }
    if (clause.hasReference) types += " exnref";
    // Without values, an exception may end any block.
    if (types.empty() && random_.chance(30)) {
      list += fmt::format(" ({} {})", kind, blocks_[random_.below(blocks_.size())]);
      continue;
    }
    list += fmt::format(" ({} {})", kind, label);
    begins = fmt::format("(block {}{}\n{}", label,
                         types.empty() ? "" : fmt::format(" (result{})", types), begins);
    std::string rethrow = clause.hasReference ? fmt::format("(throw_ref {})", get(caught_)) : "";
    handlers += fmt::format("(br {}))\n{}", end, handler(clause, nesting, rethrow));
    if (clause.hasReference && random_.chance(20)) {
      handlers += fmt::format("(global.set $exn {})\n", get(caught_));
    }
  }
  blocks_.pop_back();
  std::string body = statements(nesting);
  if (random_.chance(40)) body += throwing() + "\n";
  return fmt::format("(block {}\n{}(try_table{}\n{})\n{})\n", end, begins, list, body, handlers);
}

std::string Exceptions::legacy(const std::vector<Clause>& clauses, unsigned nesting) {
  std::string label = scope_.label(), handlers;
  for (const Clause& clause : clauses) {
    std::string kind = clause.tag ? fmt::format("catch $t{}", *clause.tag) : "catch_all";
    handlers += fmt::format("({}\n{})\n", kind,
                            handler(clause, nesting, fmt::format("(rethrow {})", label)));
  }
  tries_.push_back(label);
  std::string body = statements(nesting);
  tries_.pop_back();
  if (random_.chance(40)) body += throwing() + "\n";
  return fmt::format("(try {} (do\n{})\n{})\n", label, body, handlers);
}

// Returns a legacy try whose exceptions are those of an enclosing one.
std::string Exceptions::delegating(unsigned nesting) {
  if (tries_.empty()) return guarded(nesting);
  std::string to = tries_[random_.below(tries_.size())];
  return fmt::format("(try (do\n{})\n(delegate {}))\n", statements(nesting), to);
}

// Returns a try_table with a result, which is that of the handler if it throws; or an exception
// that has been kept is thrown again.
std::string Exceptions::valued() {
  if (random_.chance(20)) {
    return "(if (i32.eqz (ref.is_null (global.get $exn))) (then (throw_ref (global.get $exn))))\n";
  }
  std::string label = scope_.label();
  std::string thrown =
      fmt::format("(if {} (then (throw $t1 {})))\n", condition(), scope_.value("i32"));
  std::string value = scope_.canCall() || thrower_ > 0 ? call() : objects_.number("i32", 2);
  return scope_.result(
      "i32",
      fmt::format("(block {0} (result i32) (try_table (result i32) (catch $t{1} {0})\n{2}{3}))",
                  label, random_.chance(70) ? 1 : kTags - 1, thrown, value));
}

std::string Exceptions::guarded(unsigned nesting) {
  std::vector<Clause> clauses;
  for (uint64_t i = 1 + random_.below(3); i > 0; --i) {
    clauses.push_back({static_cast<unsigned>(random_.below(kTags)), false});
  }
  if (random_.chance(60)) clauses.push_back({std::nullopt, false});
  if (isLegacy_) return legacy(clauses, nesting);
  for (Clause& clause : clauses) clause.hasReference = random_.chance(40);
  return standard(clauses, nesting);
}

}  // namespace differential
