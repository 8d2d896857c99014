#include "rules/dialect.h"

#include <algorithm>

#include "knowledge/flat.h"

namespace sekisho::rules {
namespace {

using knowledge::FlatReader;
using knowledge::FlatWriter;

constexpr std::string_view magic = "sekisho dialects 1";

void write_modes(FlatWriter& out, const std::vector<Mode>& modes) {
  out.number(static_cast<std::uint32_t>(modes.size()));
  for (const Mode mode : modes) out.number(static_cast<std::uint32_t>(mode));
}

std::vector<Mode> read_modes(FlatReader& in) {
  std::vector<Mode> modes;
  for (std::uint32_t left = in.count(); left > 0; --left) modes.push_back(static_cast<Mode>(in.number() % mode_count));
  return modes;
}

void write_limit(FlatWriter& out, const Limit& limit) {
  out.number(limit.entries ? 1 : 0);
  out.number(limit.entries.value_or(0));
  out.number(limit.confirmed ? 1 : 0);
}

Limit read_limit(FlatReader& in) {
  Limit limit;
  const bool has = in.number() != 0;
  const std::uint32_t entries = in.number();
  if (has) limit.entries = entries;
  limit.confirmed = in.number() != 0;
  return limit;
}

void write(FlatWriter& out, const Dialect& dialect) {
  for (const std::string& text : {dialect.id, dialect.name.ja, dialect.name.en, dialect.source, dialect.as_of,
                                  dialect.taps.ja, dialect.taps.en, dialect.tip.ja, dialect.tip.en})
    out.text(text);
  write_modes(out, dialect.reject_modes);
  write_modes(out, dialect.allow_modes);
  write_limit(out, dialect.max_reject);
  write_limit(out, dialect.max_allow);
  out.number(static_cast<std::uint32_t>(dialect.precedence));
  out.number(static_cast<std::uint32_t>(dialect.subdomains));
  for (const bool flag : {dialect.modes_confirmed, dialect.precedence_confirmed, dialect.contains_sees_local_part_only})
    out.number(flag ? 1 : 0);
  out.number(static_cast<std::uint32_t>(dialect.mode_names.size()));
  for (const auto& [mode, words] : dialect.mode_names) {
    out.number(static_cast<std::uint32_t>(mode));
    out.text(words.ja);
    out.text(words.en);
  }
}

Dialect read(FlatReader& in) {
  Dialect dialect;
  for (std::string* text : {&dialect.id, &dialect.name.ja, &dialect.name.en, &dialect.source, &dialect.as_of,
                            &dialect.taps.ja, &dialect.taps.en, &dialect.tip.ja, &dialect.tip.en})
    *text = in.text();
  dialect.reject_modes = read_modes(in);
  dialect.allow_modes = read_modes(in);
  dialect.max_reject = read_limit(in);
  dialect.max_allow = read_limit(in);
  dialect.precedence = static_cast<Precedence>(in.number() % 4);
  dialect.subdomains = static_cast<Known>(in.number() % 3);
  for (bool* flag : {&dialect.modes_confirmed, &dialect.precedence_confirmed, &dialect.contains_sees_local_part_only})
    *flag = in.number() != 0;
  for (std::uint32_t left = in.count(); left > 0; --left) {
    const Mode mode = static_cast<Mode>(in.number() % mode_count);
    std::string ja = in.text();
    dialect.mode_names.emplace_back(mode, knowledge::Words{std::move(ja), in.text()});
  }
  return dialect;
}

bool has(const std::vector<Mode>& modes, Mode mode) {
  return std::find(modes.begin(), modes.end(), mode) != modes.end();
}

}  // namespace

bool Dialect::offers(Mode mode) const { return has(reject_modes, mode); }
bool Dialect::allows(Mode mode) const { return has(allow_modes, mode); }
bool Dialect::allow_surely_wins() const {
  return !allow_modes.empty() && (precedence == Precedence::allow || precedence == Precedence::allow_when_marked);
}

std::vector<Reading> Dialect::readings() const {
  std::vector<Reading> readings;
  const bool matters = offers(Mode::domain) || allows(Mode::domain);
  for (const bool below : {true, false}) {
    if ((subdomains == Known::yes && !below) || (subdomains == Known::no && below)) continue;
    if (subdomains == Known::unknown && !matters && !below) continue;
    for (const bool allow : {true, false}) {
      if (allow_surely_wins() && !allow) continue;
      if ((allow_modes.empty() || precedence == Precedence::reject) && allow) continue;
      readings.push_back({below, allow, contains_sees_local_part_only});
    }
  }
  return readings;
}

std::string Dialects::pack() const {
  FlatWriter out;
  out.text(magic);
  out.number(static_cast<std::uint32_t>(dialects_.size()));
  for (const Dialect& dialect : dialects_) write(out, dialect);
  return out.take();
}

Result<Dialects> Dialects::load(std::string_view bytes) {
  FlatReader in(bytes);
  if (in.view() != magic) return fail(ErrorCode::bad_data, "not a file of dialects");
  std::vector<Dialect> dialects;
  for (std::uint32_t left = in.count(); left > 0 && in.ok(); --left) dialects.push_back(read(in));
  if (!in.ok() || !in.at_end()) return fail(ErrorCode::bad_data, "the file of dialects is damaged");
  return Dialects(std::move(dialects));
}

const Dialect* Dialects::find(std::string_view id) const {
  for (const Dialect& dialect : dialects_)
    if (dialect.id == id) return &dialect;
  return id == generic().id ? &generic() : nullptr;
}

std::vector<std::string> Dialects::ids() const {
  std::vector<std::string> ids;
  for (const Dialect& dialect : dialects_) ids.push_back(dialect.id);
  ids.push_back(generic().id);
  return ids;
}

const Dialect& Dialects::generic() {
  static const Dialect dialect = [] {
    Dialect made;
    made.id = "generic";
    made.name = {"generic", "generic"};
    made.reject_modes = made.allow_modes = {Mode::exact, Mode::prefix, Mode::suffix, Mode::contains, Mode::domain};
    made.modes_confirmed = made.precedence_confirmed = true;
    made.precedence = Precedence::allow;
    made.subdomains = Known::yes;
    return made;
  }();
  return dialect;
}

}  // namespace sekisho::rules
