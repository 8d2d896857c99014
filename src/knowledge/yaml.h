// Reading YAML with errors a person can act on: every accessor knows file and line, an unknown key names the nearest
// known one, and a wrong type says what was expected. Used by `knowledge` and by `signs` for cards. The node is a view
// into the Document, which must outlive it.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include <yaml-cpp/yaml.h>

#include "base/result.h"

namespace sekisho::knowledge {

/// Depth of nesting accepted in a data file: yaml-cpp recurses, and a site's file may come from anywhere.
inline constexpr int yaml_depth = 64;
/// Bytes of one YAML file.
inline constexpr std::size_t yaml_bytes = 8 * 1024 * 1024;

/// "file:line" of a node.
std::string at(const std::string& file, const YAML::Node& node);

/// Parses one document; error bad_data with file and line. Refuses files over yaml_bytes, deeper than yaml_depth, whose
/// aliases make more nodes than twice the bytes of the text (billion laughs), or with a key given twice in one map.
Result<YAML::Node> parse_yaml(std::string_view text, const std::string& file);

/// Error unless every key of the map is one of `known`.
Result<void> only_keys(const YAML::Node& map, const std::string& file, std::initializer_list<std::string_view> known);

/// A scalar under `key`; error when missing or not a scalar.
Result<std::string> text_of(const YAML::Node& map, std::string_view key, const std::string& file);
/// As text_of, but `otherwise` when the key is absent.
Result<std::string> text_or(const YAML::Node& map, std::string_view key, std::string otherwise,
                            const std::string& file);
/// A number under `key`.
Result<double> number_of(const YAML::Node& map, std::string_view key, const std::string& file);
/// A list of scalars, or one scalar; empty when absent.
Result<std::vector<std::string>> texts_of(const YAML::Node& map, std::string_view key, const std::string& file);

}  // namespace sekisho::knowledge
