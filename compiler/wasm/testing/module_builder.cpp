#include "compiler/wasm/testing/module_builder.h"

#include "compiler/wasm/binary/encode_instruction.h"
#include "compiler/wasm/binary/encode_types.h"

namespace wasm {
namespace {

void appendSection(base::Bytes& out, SectionId id, base::ByteView contents) {
  out.push_back(static_cast<uint8_t>(id));
  base::appendUleb(out, contents.size());
  base::append(out, contents);
}

base::ByteView view(std::initializer_list<uint8_t> bytes) { return {bytes.begin(), bytes.size()}; }

}  // namespace

base::Bytes concat(std::initializer_list<base::ByteView> parts) {
  base::Bytes out;
  for (base::ByteView part : parts) base::append(out, part);
  return out;
}

base::Bytes encodeName(std::string_view name) {
  base::Bytes out;
  base::appendUleb(out, name.size());
  base::append(out, name);
  return out;
}

base::Bytes encodeInstruction(const Instruction& instruction) {
  base::Bytes out;
  writeInstruction(out, instruction);
  return out;
}

uint32_t ModuleBuilder::type(const ValueTypes& params, const ValueTypes& results) {
  base::Bytes bytes = {0x60};
  for (const ValueTypes* types : {&params, &results}) {
    base::appendUleb(bytes, types->size());
    for (const ValueType& type : *types) writeValueType(bytes, type);
  }
  return rawType(bytes);
}

uint32_t ModuleBuilder::rawType(base::ByteView subType) {
  item(SectionId::Type, subType);
  return sections_[SectionId::Type].count - 1;
}

void ModuleBuilder::import(std::string_view module, std::string_view name, ExternKind kind,
                           base::ByteView type) {
  base::Bytes bytes = concat({encodeName(module), encodeName(name)});
  bytes.push_back(static_cast<uint8_t>(kind));
  base::append(bytes, type);
  item(SectionId::Import, bytes);
}

uint32_t ModuleBuilder::function(uint32_t type, base::ByteView code,
                                 const std::vector<LocalRun>& locals) {
  base::Bytes index;
  base::appendUleb(index, type);
  item(SectionId::Function, index);

  base::Bytes body;
  base::appendUleb(body, locals.size());
  for (const LocalRun& run : locals) {
    base::appendUleb(body, run.count);
    writeValueType(body, run.type);
  }
  base::append(body, code);
  body.push_back(0x0b);
  base::Bytes size;
  base::appendUleb(size, body.size());
  item(SectionId::Code, concat({size, body}));
  return sections_[SectionId::Function].count - 1;
}

uint32_t ModuleBuilder::function(uint32_t type, std::initializer_list<uint8_t> code,
                                 const std::vector<LocalRun>& locals) {
  return function(type, view(code), locals);
}

void ModuleBuilder::exportItem(std::string_view name, ExternKind kind, uint32_t index) {
  base::Bytes bytes = encodeName(name);
  bytes.push_back(static_cast<uint8_t>(kind));
  base::appendUleb(bytes, index);
  item(SectionId::Export, bytes);
}

void ModuleBuilder::item(SectionId section, base::ByteView bytes) {
  Section& target = sections_[section];
  target.isVector = true;
  ++target.count;
  base::append(target.bytes, bytes);
}

void ModuleBuilder::item(SectionId section, std::initializer_list<uint8_t> bytes) {
  item(section, view(bytes));
}

void ModuleBuilder::contents(SectionId section, base::ByteView bytes) {
  sections_[section] = {0, false, base::Bytes(bytes.begin(), bytes.end())};
}

void ModuleBuilder::custom(std::string_view name, base::ByteView bytes) {
  customs_.push_back(concat({encodeName(name), bytes}));
}

base::Bytes ModuleBuilder::build() const {
  base::Bytes out = {0x00, 'a', 's', 'm', 1, 0, 0, 0};
  for (SectionId id : kSectionOrder) {
    auto section = sections_.find(id);
    if (section == sections_.end()) continue;
    base::Bytes contents;
    if (section->second.isVector) base::appendUleb(contents, section->second.count);
    base::append(contents, section->second.bytes);
    appendSection(out, id, contents);
  }
  for (const base::Bytes& custom : customs_) appendSection(out, SectionId::Custom, custom);
  return out;
}

}  // namespace wasm
