// The flat part of TOML 1.0 that a settings file needs: comments and `key = value` lines, where a value is a text, a
// whole number, or true/false. Ours, because toml++ 3.3 (Debian 12) aborts on "[=" and runs into undefined behaviour on
// U+FE7F. Tables, lists, fractions, dates and texts over several lines are told apart, so that a complaint can name
// them. Reads one line at a time, linear, no recursion. Pure.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/result.h"

namespace sekisho::engine {

/// A value of a kind that no setting has; `kind` is what a person would call it.
struct OtherToml {
  std::string_view kind;
};

struct TomlEntry {
  std::string key;
  std::variant<std::string, std::int64_t, bool, OtherToml> value;
  std::string where;  ///< "FILE:LINE"
};

class TomlReader {
 public:
  /// `text` must outlive the reader.
  TomlReader(std::string_view text, const std::filesystem::path& file);

  /// The next entry; nullopt at the end. Error bad_data with file:line. After an error nothing more can be read.
  Result<std::optional<TomlEntry>> next();

 private:
  std::string_view rest_;
  std::string file_;
  std::size_t line_ = 0;
};

}  // namespace sekisho::engine
