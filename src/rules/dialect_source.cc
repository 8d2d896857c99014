#include "rules/dialect_source.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <set>

#include <fmt/format.h>

#include "base/limits.h"
#include "knowledge/yaml.h"

namespace sekisho::rules {
namespace {

using knowledge::at;
using knowledge::only_keys;
using knowledge::text_of;
using knowledge::text_or;
using knowledge::texts_of;

tl::unexpected<Error> wrong(const std::string& file, const YAML::Node& node, std::string what, std::string hint = {}) {
  return fail(ErrorCode::bad_data, std::move(what), at(file, node), std::move(hint));
}

Result<bool> flag_of(const YAML::Node& map, std::string_view key, bool otherwise, const std::string& file) {
  const auto text = text_or(map, key, otherwise ? "true" : "false", file);
  if (!text) return tl::unexpected(text.error());
  if (*text != "true" && *text != "false")
    return wrong(file, map, fmt::format("'{}' cannot be '{}'", key, *text), "true or false");
  return *text == "true";
}

Result<knowledge::Words> words_of(const YAML::Node& node, const std::string& file) {
  if (!node.IsMap()) return wrong(file, node, "expected {ja: …, en: …}");
  if (auto ok = only_keys(node, file, {"ja", "en"}); !ok) return tl::unexpected(ok.error());
  const auto ja = text_of(node, "ja", file), en = text_of(node, "en", file);
  if (!ja) return tl::unexpected(ja.error());
  if (!en) return tl::unexpected(en.error());
  return knowledge::Words{*ja, *en};
}

Result<std::vector<Mode>> modes_of(const YAML::Node& map, const std::string& file) {
  const auto names = texts_of(map, "modes", file);
  if (!names) return tl::unexpected(names.error());
  std::vector<Mode> modes;
  for (const std::string& word : *names) {
    const auto mode = find_mode(word);
    if (!mode)
      return wrong(file, map["modes"], fmt::format("unknown mode '{}'", word),
                   "exact, prefix, suffix, contains, domain");
    modes.push_back(*mode);
  }
  return modes;
}

Result<Limit> limit_of(const YAML::Node& map, const std::string& file) {
  Limit limit;
  const auto text = text_or(map, "most", "", file);
  const auto confirmed = flag_of(map, "most_confirmed", false, file);
  if (!text) return tl::unexpected(text.error());
  if (!confirmed) return tl::unexpected(confirmed.error());
  limit.confirmed = *confirmed;
  if (text->empty()) return limit;
  std::uint32_t entries = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), entries);
  if (error != std::errc() || end != text->data() + text->size() || entries == 0 || entries > limits::rule_entries)
    return wrong(file, map["most"], fmt::format("'most' cannot be '{}'", *text),
                 fmt::format("a whole number from 1 to {}", limits::rule_entries));
  limit.entries = entries;
  return limit;
}

Result<void> read_lists(const YAML::Node& node, Dialect& dialect, const std::string& file) {
  const YAML::Node reject = node["reject"], allow = node["allow"];
  if (!reject.IsDefined() || !reject.IsMap()) return wrong(file, node, "'reject' is missing");
  if (!allow.IsDefined() || !allow.IsMap()) return wrong(file, node, "'allow' is missing");
  if (auto ok = only_keys(reject, file, {"modes", "confirmed", "most", "most_confirmed"}); !ok) return ok;
  if (auto ok = only_keys(allow, file, {"modes", "most", "most_confirmed"}); !ok) return ok;
  auto reject_modes = modes_of(reject, file), allow_modes = modes_of(allow, file);
  if (!reject_modes) return tl::unexpected(reject_modes.error());
  if (!allow_modes) return tl::unexpected(allow_modes.error());
  if (reject_modes->empty()) return wrong(file, reject, "a place without a mode of rejecting is no place");
  const auto confirmed = flag_of(reject, "confirmed", false, file);
  const auto max_reject = limit_of(reject, file), max_allow = limit_of(allow, file);
  if (!confirmed) return tl::unexpected(confirmed.error());
  if (!max_reject) return tl::unexpected(max_reject.error());
  if (!max_allow) return tl::unexpected(max_allow.error());
  dialect.reject_modes = std::move(*reject_modes);
  dialect.allow_modes = std::move(*allow_modes);
  dialect.modes_confirmed = *confirmed;
  dialect.max_reject = *max_reject;
  dialect.max_allow = *max_allow;
  return {};
}

Result<void> read_behaviour(const YAML::Node& node, Dialect& dialect, const std::string& file) {
  const YAML::Node precedence = node["precedence"];
  if (!precedence.IsDefined() || !precedence.IsMap()) return wrong(file, node, "'precedence' is missing");
  if (auto ok = only_keys(precedence, file, {"value", "confirmed", "as_of"}); !ok) return ok;
  const auto value = text_of(precedence, "value", file);
  const auto confirmed = flag_of(precedence, "confirmed", false, file);
  if (!value) return tl::unexpected(value.error());
  if (!confirmed) return tl::unexpected(confirmed.error());
  constexpr std::string_view names[] = {"unknown", "allow", "allow_when_marked", "reject"};
  bool found = false;
  for (std::uint8_t i = 0; i < 4; ++i)
    if (names[i] == *value) {
      dialect.precedence = static_cast<Precedence>(i);
      found = true;
    }
  if (!found)
    return wrong(file, precedence, fmt::format("'value' cannot be '{}'", *value),
                 "unknown, allow, allow_when_marked or reject");
  dialect.precedence_confirmed = *confirmed;
  const auto below = text_or(node, "subdomains", "unknown", file);
  if (!below) return tl::unexpected(below.error());
  if (*below != "yes" && *below != "no" && *below != "unknown")
    return wrong(file, node["subdomains"], fmt::format("'subdomains' cannot be '{}'", *below), "yes, no or unknown");
  dialect.subdomains = *below == "yes" ? Known::yes : *below == "no" ? Known::no : Known::unknown;
  const auto sees = text_or(node, "contains_sees", "address", file);
  if (!sees) return tl::unexpected(sees.error());
  if (*sees != "address" && *sees != "local_part")
    return wrong(file, node["contains_sees"], fmt::format("'contains_sees' cannot be '{}'", *sees),
                 "address or local_part");
  dialect.contains_sees_local_part_only = *sees == "local_part";
  return {};
}

Result<void> read_names(const YAML::Node& node, Dialect& dialect, const std::string& file) {
  const YAML::Node names = node["names"];
  if (!names.IsDefined()) return {};
  if (!names.IsMap()) return wrong(file, names, "'names' must be a map of modes");
  for (const auto& pair : names) {
    const auto mode = find_mode(pair.first.Scalar());
    if (!mode) return wrong(file, pair.first, fmt::format("unknown mode '{}'", pair.first.Scalar()));
    auto words = words_of(pair.second, file);
    if (!words) return tl::unexpected(words.error());
    dialect.mode_names.emplace_back(*mode, std::move(*words));
  }
  return {};
}

Result<Dialect> read_one(const YAML::Node& node, const std::string& file) {
  if (!node.IsMap()) return wrong(file, node, "a dialect must be a map");
  if (auto ok = only_keys(node, file,
                          {"id", "name", "used_by", "reject", "allow", "precedence", "subdomains", "contains_sees",
                           "names", "source", "as_of"});
      !ok)
    return tl::unexpected(ok.error());
  Dialect dialect;
  const auto id = text_of(node, "id", file), source = text_of(node, "source", file),
             as_of = text_or(node, "as_of", "", file);
  if (!id) return tl::unexpected(id.error());
  if (!source) return tl::unexpected(source.error());
  if (!as_of) return tl::unexpected(as_of.error());
  dialect.id = *id;
  dialect.source = *source;
  dialect.as_of = *as_of;
  if (!node["name"].IsDefined()) return wrong(file, node, "'name' is missing");
  auto words = words_of(node["name"], file);
  if (!words) return tl::unexpected(words.error());
  dialect.name = std::move(*words);
  if (auto ok = read_lists(node, dialect, file); !ok) return tl::unexpected(ok.error());
  if (auto ok = read_behaviour(node, dialect, file); !ok) return tl::unexpected(ok.error());
  if (auto ok = read_names(node, dialect, file); !ok) return tl::unexpected(ok.error());
  return dialect;
}

}  // namespace

Result<Dialects> read_dialects(std::string_view yaml, const std::string& file) {
  const auto document = knowledge::parse_yaml(yaml, file);
  if (!document) return tl::unexpected(document.error());
  if (!document->IsMap()) return fail(ErrorCode::bad_data, "expected 'meta' and 'dialects'", file);
  if (auto ok = only_keys(*document, file, {"meta", "dialects"}); !ok) return tl::unexpected(ok.error());
  const YAML::Node list = (*document)["dialects"];
  if (!list.IsDefined() || !list.IsSequence()) return wrong(file, *document, "'dialects' must be a list");
  std::vector<Dialect> dialects;
  std::set<std::string> ids{Dialects::generic().id};
  for (const auto& node : list) {
    auto dialect = read_one(node, file);
    if (!dialect) return tl::unexpected(dialect.error());
    if (!ids.insert(dialect->id).second) return wrong(file, node, fmt::format("'{}' stands here twice", dialect->id));
    const auto others = texts_of(node, "used_by", file);
    if (!others) return tl::unexpected(others.error());
    const Dialect same = *dialect;
    dialects.push_back(std::move(*dialect));
    for (const std::string& other : *others) {
      if (!ids.insert(other).second) return wrong(file, node["used_by"], fmt::format("'{}' stands here twice", other));
      dialects.push_back(same);
      dialects.back().id = other;
    }
  }
  return Dialects::from(std::move(dialects));
}

Result<Dialects> with_taps(const Dialects& dialects, std::string_view carriers_yaml, const std::string& file) {
  const auto document = knowledge::parse_yaml(carriers_yaml, file);
  if (!document) return tl::unexpected(document.error());
  const YAML::Node carriers = document->IsMap() ? (*document)["carriers"] : YAML::Node(YAML::NodeType::Undefined);
  if (!carriers.IsDefined() || !carriers.IsSequence()) return fail(ErrorCode::bad_data, "expected 'carriers'", file);
  // The advice speaks plain Japanese too; of a sentence only the two common languages are taken.
  const auto words = [&](const YAML::Node& node) -> Result<knowledge::Words> {
    if (!node.IsDefined() || !node.IsMap()) return knowledge::Words{};
    const auto ja = text_of(node, "ja", file), en = text_of(node, "en", file);
    if (!ja) return tl::unexpected(ja.error());
    if (!en) return tl::unexpected(en.error());
    return knowledge::Words{*ja, *en};
  };
  std::vector<Dialect> all = dialects.all();
  for (const auto& carrier : carriers) {
    const auto id = text_of(carrier, "id", file);
    if (!id) return tl::unexpected(id.error());
    const auto own = std::find_if(all.begin(), all.end(), [&](const Dialect& dialect) { return dialect.id == *id; });
    if (own == all.end()) continue;
    auto name = words(carrier["name"]), taps = words(carrier["taps"]), tip = words(carrier["tip"]);
    for (const auto* one : {&name, &taps, &tip})
      if (!*one) return tl::unexpected(one->error());
    if (!name->ja.empty()) own->name = std::move(*name);
    own->taps = std::move(*taps);
    own->tip = std::move(*tip);
    const auto from = text_or(carrier, "uses_settings_of", "", file);
    if (!from || from->empty() || *from == "null" || !own->taps.ja.empty()) continue;
    for (const Dialect& other : all)
      if (other.id == *from) {
        own->taps = other.taps;
        if (own->tip.ja.empty()) own->tip = other.tip;
      }
  }
  return Dialects::from(std::move(all));
}

Result<Dialects> read_dialects_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return fail(ErrorCode::unreadable, "cannot be read", file.string());
  const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  return read_dialects(text, file.string());
}

}  // namespace sekisho::rules
