#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "rules/age.h"
#include "rules/export.h"

namespace sekisho::rules {
namespace {

constexpr std::string_view refuse = "REJECT", pass = "DUNNO";

/// The keys of access(5) for an entry; empty where it has none.
std::vector<std::string> access_keys(const Entry& entry) {
  switch (entry.mode) {
    case Mode::exact:
      return {entry.value};
    case Mode::domain:
      return {entry.value, '.' + entry.value};
    case Mode::suffix:
      if (entry.value.front() == '@') return {entry.value.substr(1)};
      if (entry.value.front() == '.') return {entry.value};
      return {};
    case Mode::prefix:
    case Mode::contains:
      break;
  }
  return {};
}

/// A value that stands for itself in a POSIX extended expression between slashes.
std::string literal(std::string_view value) {
  constexpr std::string_view special = R"(\.[]{}()*+?^$|/)";
  std::string out;
  for (const char c : value) {
    if (special.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

/// What an address must look like to be caught, as an expression.
std::string address_pattern(const Entry& entry) {
  constexpr std::string_view any = "[^<>[:space:]]*";
  const std::string value = literal(entry.value);
  switch (entry.mode) {
    case Mode::exact:
      return value;
    case Mode::prefix:
      return fmt::format("{}{}", value, any);
    case Mode::suffix:
      return fmt::format("{}{}", any, value);
    case Mode::contains:
      return fmt::format("{}{}{}", any, value, any);
    case Mode::domain:
      break;
  }
  return fmt::format("{}@([^<>@[:space:]]+\\.)?{}", any, value);
}

/// The address stands in the last angle brackets, or alone before a comment.
std::string from_line(const Entry& entry) {
  const std::string address = address_pattern(entry);
  return fmt::format("/^From:(.*<[[:space:]]*{0}[[:space:]]*>[^<]*|[[:space:]]*{0}[[:space:]]*(\\([^<]*)?)$/", address);
}

}  // namespace

Exported to_postfix_access(const RuleList& list) {
  Exported exported;
  exported.text = "# sekisho rules 1: smtpd_sender_restrictions = check_sender_access hash:/etc/postfix/sekisho\n";
  const Reading reading;
  std::set<std::string> keys;
  for (const bool allow : {true, false})
    for (std::size_t i = 0; i < list.rules.size(); ++i) {
      const Rule& rule = list.rules[i];
      if (rule.allow != allow) continue;
      const auto found = rule.sender ? access_keys(*rule.sender) : std::vector<std::string>();
      if (found.empty()) exported.left_out.push_back(i);
      // A table is asked for the narrowest key first, so a wide allow entry would not save what a narrow one refuses.
      const bool saved =
          !allow && rule.sender && std::any_of(list.rules.begin(), list.rules.end(), [&](const Rule& other) {
            return other.allow && other.sender && covers(*other.sender, *rule.sender, reading);
          });
      for (const std::string& key : found)
        if (!saved && keys.insert(key).second) exported.text += fmt::format("{} {}\n", key, allow ? pass : refuse);
    }
  return exported;
}

Exported to_postfix_header_checks(const RuleList& list) {
  Exported exported;
  exported.text = "# sekisho rules 1: header_checks = regexp:/etc/postfix/sekisho_header_checks\n";
  for (const bool allow : {true, false})
    for (std::size_t i = 0; i < list.rules.size(); ++i) {
      const Rule& rule = list.rules[i];
      if (rule.allow != allow) continue;
      if (rule.sender)
        exported.text += fmt::format("{} {}\n", from_line(*rule.sender), allow ? pass : refuse);
      else
        exported.left_out.push_back(i);
    }
  return exported;
}

}  // namespace sekisho::rules
