#include "care/reading.h"

#include <fstream>
#include <sstream>

namespace sekisho::care {
namespace {

constexpr std::uint32_t most = 10'000;

Result<Clause> clause_in(const YAML::Node& node, const std::string& file) {
  CARE_CHECK(only_keys(node, file,
                       {"situation", "not_situation", "done", "not_done", "typed", "not_typed", "has", "lacks",
                        "carrier", "days_since"}));
  Clause clause;
  const auto list = [&](std::string_view key, std::vector<std::string>& to) -> Result<void> {
    CARE_TRY(values, texts_of(node, key, file));
    const YAML::Node given = node[std::string(key)];
    if (given && values.empty())
      return fail(ErrorCode::bad_data, fmt::format("'{}' is empty, so it asks nothing", key), at(file, given),
                  "leave the line out");
    to = values;
    return {};
  };
  CARE_CHECK(list("situation", clause.situation));
  CARE_CHECK(list("not_situation", clause.not_situation));
  CARE_CHECK(list("done", clause.done));
  CARE_CHECK(list("not_done", clause.not_done));
  CARE_CHECK(list("typed", clause.typed));
  CARE_CHECK(list("not_typed", clause.not_typed));
  CARE_CHECK(list("has", clause.has));
  CARE_CHECK(list("lacks", clause.lacks));
  CARE_CHECK(list("carrier", clause.carrier));
  if (const YAML::Node since = node["days_since"]; since) {
    CARE_CHECK(only_keys(since, file, {"of", "at_least", "at_most"}));
    Clause::DaysSince days;
    CARE_TRY(of, text_of(since, "of", file));
    CARE_TRY(least, count_or(since, "at_least", 0, file));
    CARE_TRY(most_days, count_or(since, "at_most", 0xFFFF'FFFF, file));
    days.of = of;
    days.at_least = least;
    days.at_most = most_days;
    clause.days_since = days;
  }
  return clause;
}

}  // namespace

Result<YAML::Node> open_yaml(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return fail(ErrorCode::bad_data, "cannot be read", path.string(), "check that it exists and is readable");
  std::ostringstream text;
  text << in.rdbuf();
  CARE_TRY(root, knowledge::parse_yaml(text.str(), path.string()));
  if (!root.IsMap()) return fail(ErrorCode::bad_data, "expected 'key: value' lines here", path.string());
  return root;
}

Result<Text> text_in(const YAML::Node& node, const std::string& file) {
  CARE_CHECK(only_keys(node, file, {"ja", "ja-plain", "en"}));
  CARE_TRY(ja, text_of(node, "ja", file));
  CARE_TRY(plain, text_of(node, "ja-plain", file));
  CARE_TRY(en, text_of(node, "en", file));
  return Text{ja, plain, en};
}

Result<Text> text_at(const YAML::Node& map, std::string_view key, const std::string& file) {
  const YAML::Node node = map[std::string(key)];
  if (!node) return fail(ErrorCode::bad_data, fmt::format("'{}' is missing", key), at(file, map));
  return text_in(node, file);
}

Result<Text> text_if(const YAML::Node& map, std::string_view key, const std::string& file) {
  const YAML::Node node = map[std::string(key)];
  if (!node || node.IsNull()) return Text{};
  return text_in(node, file);
}

Result<std::uint32_t> count_or(const YAML::Node& map, std::string_view key, std::uint32_t otherwise,
                               const std::string& file) {
  const YAML::Node node = map[std::string(key)];
  if (!node) return otherwise;
  std::uint32_t value = 0;
  const std::string text = node.IsScalar() ? node.Scalar() : "";
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size() || value > most)
    return fail(ErrorCode::bad_data, fmt::format("'{}' must be a whole number from 0 to {}", key, most),
                at(file, node));
  return value;
}

Result<bool> flag_or(const YAML::Node& map, std::string_view key, bool otherwise, const std::string& file) {
  const YAML::Node node = map[std::string(key)];
  if (!node) return otherwise;
  if (node.IsScalar() && node.Scalar() == "true") return true;
  if (node.IsScalar() && node.Scalar() == "false") return false;
  return fail(ErrorCode::bad_data, fmt::format("'{}' must be true or false", key), at(file, node));
}

Result<Confidence> confidence_at(const YAML::Node& map, const std::string& file) {
  CARE_TRY(word, text_of(map, "confidence", file));
  std::vector<std::string> names;
  for (auto c = Confidence::memory; c <= Confidence::verified; c = static_cast<Confidence>(static_cast<int>(c) + 1)) {
    if (knowledge::name(c) == word) return c;
    names.emplace_back(knowledge::name(c));
  }
  return fail(ErrorCode::bad_data, fmt::format("unknown confidence '{}'", word), at(file, map["confidence"]),
              fmt::format("one of: {}", fmt::join(names, ", ")));
}

Result<Origin> origin_at(const YAML::Node& map, const std::string& file) {
  Origin origin;
  const YAML::Node source = map["source"];
  if (source && source.IsMap()) {
    CARE_CHECK(only_keys(source, file, {"name", "url", "note"}));
    CARE_TRY(name, text_of(source, "name", file));
    CARE_TRY(url, text_or(source, "url", "", file));
    origin.name = name;
    origin.url = url;
  } else {
    CARE_TRY(name, text_of(map, "source", file));
    origin.name = name;
  }
  CARE_TRY(as_of, text_of(map, "as_of", file));
  origin.as_of = as_of;
  return origin;
}

Result<When> when_in(const YAML::Node& node, const std::string& file) {
  When when;
  if (!node || node.IsNull()) return when;
  if (node.IsMap()) {
    CARE_TRY(clause, clause_in(node, file));
    when.push_back(std::move(clause));
    return when;
  }
  if (!node.IsSequence() || node.size() == 0)
    return fail(ErrorCode::bad_data, "a condition is a map, or a list of maps", at(file, node));
  for (const auto& entry : node) {
    CARE_TRY(clause, clause_in(entry, file));
    when.push_back(std::move(clause));
  }
  return when;
}

Result<YAML::Node> list_at(const YAML::Node& map, std::string_view key, const std::string& file) {
  const YAML::Node node = map[std::string(key)];
  if (!node || node.IsNull()) return YAML::Node(YAML::NodeType::Sequence);
  if (!node.IsSequence()) return fail(ErrorCode::bad_data, fmt::format("'{}' must be a list", key), at(file, node));
  return node;
}

}  // namespace sekisho::care
