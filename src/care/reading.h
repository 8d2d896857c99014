// What the readers of knowledge/care share: a file on its way to values, with errors that name file and line. Included
// by src/care/read*.cc only.
#pragma once

#include <array>
#include <charconv>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "care/care.h"
#include "knowledge/yaml.h"

#define CARE_TRY(name, expression)                                  \
  auto name##_result = (expression);                                \
  if (!name##_result) return tl::unexpected(name##_result.error()); \
  auto& name = *name##_result
#define CARE_CHECK(expression) \
  if (auto ok = (expression); !ok) return tl::unexpected(ok.error())

namespace sekisho::care {

using knowledge::at;
using knowledge::only_keys;
using knowledge::text_of;
using knowledge::text_or;
using knowledge::texts_of;

/// Files of a shape each; they add to `care` and refuse an id given twice.
Result<void> read_situation(const std::filesystem::path& path, Care& care);
Result<void> read_steps(const std::filesystem::path& path, Care& care);
Result<void> read_contacts(const std::filesystem::path& path, Care& care);
Result<void> read_prefectures(const std::filesystem::path& path, Care& care);
Result<void> read_carriers(const std::filesystem::path& path, Care& care);
Result<void> read_draft(const std::filesystem::path& path, Care& care);
Result<void> read_holidays(const std::filesystem::path& path, Care& care);
Result<void> read_describe(const std::filesystem::path& path, Care& care);
Result<void> read_answers(const std::filesystem::path& path, Care& care);
Result<void> read_rungs(const std::filesystem::path& path, Care& care);
Result<void> read_kinds(const std::filesystem::path& path, Care& care);
Result<void> read_words(const std::filesystem::path& path, Care& care);

/// The parsed file; error when it cannot be read.
Result<YAML::Node> open_yaml(const std::filesystem::path& path);

/// The three registers of a text node; every one must be there. Furigana and braces are checked later.
Result<Text> text_in(const YAML::Node& node, const std::string& file);
/// Under `key`; error when missing.
Result<Text> text_at(const YAML::Node& map, std::string_view key, const std::string& file);
/// Under `key`; empty when absent or null.
Result<Text> text_if(const YAML::Node& map, std::string_view key, const std::string& file);
/// A whole number from 0 to 10,000 under `key`, or `otherwise`.
Result<std::uint32_t> count_or(const YAML::Node& map, std::string_view key, std::uint32_t otherwise,
                               const std::string& file);
Result<bool> flag_or(const YAML::Node& map, std::string_view key, bool otherwise, const std::string& file);
Result<Confidence> confidence_at(const YAML::Node& map, const std::string& file);
/// `source: {name, url}` and `as_of`.
Result<Origin> origin_at(const YAML::Node& map, const std::string& file);
Result<When> when_in(const YAML::Node& node, const std::string& file);
/// A sequence under `key`; error when it is something else. Undefined when absent.
Result<YAML::Node> list_at(const YAML::Node& map, std::string_view key, const std::string& file);

/// `value` as one of `names`, in their order.
template <class Enum, std::size_t N>
Result<Enum> one_of(const std::string& value, const std::array<std::string_view, N>& names, const YAML::Node& node,
                    const std::string& file) {
  for (std::size_t i = 0; i < N; ++i)
    if (names[i] == value) return static_cast<Enum>(i);
  const std::string near = knowledge::nearest(value, std::vector<std::string>(names.begin(), names.end()));
  return fail(
      ErrorCode::bad_data, fmt::format("'{}' is not known here", value), at(file, node),
      near.empty() ? fmt::format("one of: {}", fmt::join(names, ", ")) : fmt::format("did you mean '{}'?", near));
}

/// Adds `item` unless its id is there already.
template <class Item>
Result<void> add_new(std::vector<Item>& to, Item item, const YAML::Node& node, const std::string& file) {
  for (const Item& other : to)
    if (other.id == item.id)
      return fail(ErrorCode::bad_data, fmt::format("'{}' is given twice", item.id), at(file, node),
                  "rename one of them");
  to.push_back(std::move(item));
  return {};
}

}  // namespace sekisho::care
