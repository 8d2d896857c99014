#include "knowledge/yaml.h"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "knowledge/source.h"

namespace sekisho::knowledge {
namespace {

/// yaml-cpp's parser recurses on flow brackets and on indentation; both are counted before it sees the text.
bool nests_too_deep(std::string_view text) {
  int flow = 0;
  std::size_t indent = 0;
  bool line_start = true;
  int dashes = 0;
  for (const char c : text) {
    if (c == '[' || c == '{') {
      if (++flow > yaml_depth) return true;
    } else if ((c == ']' || c == '}') && flow > 0) {
      --flow;
    }
    if (c == '\n') {
      line_start = true;
      indent = 0;
      dashes = 0;
    } else if (line_start) {
      if (c == ' ') {
        ++indent;
      } else if (c == '-' || c == '?' || c == ':') {
        if (++dashes > yaml_depth) return true;
      } else {
        line_start = false;
      }
      if (indent > 4 * static_cast<std::size_t>(yaml_depth)) return true;
    }
  }
  return false;
}

/// One look at every node before anyone else looks. An alias is the node it names, so a few lines of aliases of aliases
/// make a tree that no walk ends ("billion laughs"); without aliases every node costs at least a byte of the text.
class Inspection {
 public:
  Inspection(std::size_t text_bytes, const std::string& file) : nodes_left_(2 * text_bytes + 2), file_(file) {}

  Result<void> inspect(const YAML::Node& node, int depth = 0) {
    if (depth > yaml_depth)
      return fail(ErrorCode::bad_data, Said{"yaml.too_deep", {}}, "nested too deep", at(file_, node),
                  "flatten the file");
    if (nodes_left_-- == 0)
      return fail(ErrorCode::bad_data, Said{"yaml.aliases", {}}, "the aliases repeat more than the whole text",
                  at(file_, node), "write it out");
    if (node.IsMap()) return inspect_map(node, depth);
    if (node.IsSequence())
      for (const auto& entry : node)
        if (auto ok = inspect(entry, depth + 1); !ok) return ok;
    return {};
  }

 private:
  Result<void> inspect_map(const YAML::Node& map, int depth) {
    std::set<std::string> seen;
    for (const auto& entry : map) {
      if (!entry.first.IsScalar())
        return fail(ErrorCode::bad_data, Said{"yaml.key_not_word", {}}, "a key must be a plain word",
                    at(file_, entry.first));
      if (!seen.insert(entry.first.Scalar()).second)
        return fail(ErrorCode::bad_data, Said{"yaml.key_twice", {{"key", entry.first.Scalar()}}},
                    fmt::format("the key '{}' is given twice", entry.first.Scalar()), at(file_, entry.first),
                    "keep one of them");
      if (auto ok = inspect(entry.second, depth + 1); !ok) return ok;
    }
    return {};
  }

  std::size_t nodes_left_;
  const std::string& file_;
};

}  // namespace

std::string at(const std::string& file, const YAML::Node& node) {
  if (!node.IsDefined()) return file;  // Mark() throws
  const auto mark = node.Mark();
  return mark.line < 0 ? file : fmt::format("{}:{}", file, mark.line + 1);
}

Result<YAML::Node> parse_yaml(std::string_view text, const std::string& file) {
  if (text.size() > yaml_bytes)
    return fail(ErrorCode::bad_data, Said{"data.too_large", {{"bytes", std::to_string(yaml_bytes)}}},
                fmt::format("the file is larger than {} bytes", yaml_bytes), file, "split it");
  if (text.find('\0') != std::string_view::npos)
    return fail(ErrorCode::bad_data, Said{"data.not_text", {}}, "the file holds a NUL byte, so it is not text", file);
  if (nests_too_deep(text))
    return fail(ErrorCode::bad_data, Said{"yaml.too_deep", {}}, "nested too deep", file, "flatten the file");
  try {  // yaml-cpp has no other way to say that text is not YAML
    YAML::Node node = YAML::Load(std::string(text));
    if (auto ok = Inspection(text.size(), file).inspect(node); !ok) return tl::unexpected(ok.error());
    return node;
  } catch (const YAML::Exception& error) {
    const std::string where = error.mark.line < 0 ? file : fmt::format("{}:{}", file, error.mark.line + 1);
    return fail(ErrorCode::bad_data, Said{"yaml.invalid", {{"said", error.msg}}}, "not valid YAML: " + error.msg,
                where);
  }
}

Result<void> only_keys(const YAML::Node& map, const std::string& file, std::initializer_list<std::string_view> known) {
  // Whoever walks a map as if it were a list is handed undefined nodes, of which IsMap() throws.
  if (!map.IsDefined() || !map.IsMap())
    return fail(ErrorCode::bad_data, Said{"yaml.not_a_map", {}}, "expected 'key: value' lines here", at(file, map));
  for (const auto& entry : map) {
    const std::string& key = entry.first.Scalar();
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    const std::vector<std::string> names(known.begin(), known.end());
    const std::string near = nearest(key, names);
    return fail(
        ErrorCode::bad_data, Said{"yaml.unknown_key", {{"key", key}, suggestion(key, names)}},
        fmt::format("unknown key '{}'", key), at(file, entry.first),
        near.empty() ? fmt::format("known here: {}", fmt::join(names, ", ")) : fmt::format("did you mean '{}'?", near));
  }
  return {};
}

Result<std::string> text_of(const YAML::Node& map, std::string_view key, const std::string& file) {
  const YAML::Node value = map[std::string(key)];
  if (!value)
    return fail(ErrorCode::bad_data, Said{"data.missing_key", {{"key", std::string(key)}}},
                fmt::format("'{}' is missing", key), at(file, map));
  if (!value.IsScalar())
    return fail(ErrorCode::bad_data, Said{"data.must_be_text", {{"key", std::string(key)}}},
                fmt::format("'{}' must be a text", key), at(file, value));
  if (value.Scalar().empty())
    return fail(ErrorCode::bad_data, Said{"data.empty_value", {{"key", std::string(key)}}},
                fmt::format("'{}' is empty", key), at(file, value));
  return value.Scalar();
}

Result<std::string> text_or(const YAML::Node& map, std::string_view key, std::string otherwise,
                            const std::string& file) {
  const YAML::Node value = map[std::string(key)];
  if (!value || value.IsNull()) return otherwise;
  if (!value.IsScalar())
    return fail(ErrorCode::bad_data, Said{"data.must_be_text", {{"key", std::string(key)}}},
                fmt::format("'{}' must be a text", key), at(file, value));
  return value.Scalar();
}

Result<double> number_of(const YAML::Node& map, std::string_view key, const std::string& file) {
  const auto text = text_of(map, key, file);
  if (!text) return tl::unexpected(text.error());
  double number = 0;
  if (!YAML::convert<double>::decode(map[std::string(key)], number) || !std::isfinite(number))
    return fail(ErrorCode::bad_data, Said{"data.must_be_number", {{"key", std::string(key)}, {"value", *text}}},
                fmt::format("'{}' must be a number, not '{}'", key, *text), at(file, map[std::string(key)]));
  return number;
}

Result<std::vector<std::string>> texts_of(const YAML::Node& map, std::string_view key, const std::string& file) {
  std::vector<std::string> texts;
  const YAML::Node value = map[std::string(key)];
  if (!value || value.IsNull()) return texts;
  if (value.IsScalar()) {
    texts.push_back(value.Scalar());
    return texts;
  }
  if (!value.IsSequence())
    return fail(ErrorCode::bad_data, Said{"data.must_be_texts", {{"key", std::string(key)}}},
                fmt::format("'{}' must be a list of texts", key), at(file, value));
  for (const auto& entry : value) {
    if (!entry.IsScalar())
      return fail(ErrorCode::bad_data, Said{"data.must_be_texts", {{"key", std::string(key)}}},
                  fmt::format("'{}' must hold texts only", key), at(file, entry));
    texts.push_back(entry.Scalar());
  }
  return texts;
}

}  // namespace sekisho::knowledge
