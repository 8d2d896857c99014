#include <fmt/format.h>
#include <fmt/ranges.h>

#include "rules/decide.h"
#include "rules/export.h"

namespace sekisho::rules {
namespace {

/// RFC 5228 2.4.2: inside quotes only '"' and '\' are escaped.
std::string quoted(std::string_view value) {
  std::string out = "\"";
  for (const char c : value) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

/// A value that stands for itself in a :matches pattern (RFC 5228 2.7.1).
std::string literal(std::string_view value) {
  std::string out;
  for (const char c : value) {
    if (c == '*' || c == '?' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

/// One test with all its values: `address :all :is "from" ["a", "b"]`.
struct Test {
  std::string_view head;
  std::vector<std::string> values;
};

std::vector<Test> tests_of(const std::vector<Entry>& entries) {
  Test exact{R"(address :all :is "from")", {}}, host{R"(address :domain :is "from")", {}},
      below{R"(address :domain :matches "from")", {}}, pattern{R"(address :all :matches "from")", {}},
      part{R"(address :all :contains "from")", {}};
  for (const Entry& entry : entries) switch (entry.mode) {
      case Mode::exact:
        exact.values.push_back(quoted(entry.value));
        break;
      case Mode::prefix:
        pattern.values.push_back(quoted(literal(entry.value) + '*'));
        break;
      case Mode::suffix:
        pattern.values.push_back(quoted('*' + literal(entry.value)));
        break;
      case Mode::contains:
        part.values.push_back(quoted(entry.value));
        break;
      case Mode::domain:
        host.values.push_back(quoted(entry.value));
        below.values.push_back(quoted("*." + literal(entry.value)));
    }
  return {exact, host, below, pattern, part};
}

std::string any_of(const std::vector<Test>& tests, std::string_view indent) {
  std::vector<std::string> lines;
  for (const Test& test : tests)
    if (!test.values.empty())
      lines.push_back(
          fmt::format("{}  {} [{}]", indent, test.head, fmt::join(test.values, fmt::format(",\n{}    ", indent))));
  return fmt::format("anyof (\n{}\n{})", fmt::join(lines, ",\n"), indent);
}

bool has_values(const std::vector<Test>& tests) {
  for (const Test& test : tests)
    if (!test.values.empty()) return true;
  return false;
}

/// POSIX extended regular expressions (draft-ietf-sieve-regex): every sign of their own stands for itself.
std::string plain(std::string_view value) {
  std::string out;
  for (const char c : value) {
    if (std::string_view(".^$*+?()[]{}|\\").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

/// A link in the source of a mail: to the site or a name below it, and nothing that goes on as a name.
std::string link_pattern(std::string_view domain) {
  return R"(//([^/ ?#"'<>]*[.@])?)" + plain(domain) + R"(\.?($|[^a-z0-9._-]))";
}
std::string path_pattern(std::string_view path) { return R"(//[^/ ?#"'<>]+)" + plain(path); }

}  // namespace

Exported to_sieve(const RuleList& list, std::string_view folder) {
  const Lists senders = list.senders();
  std::vector<Test> reject = tests_of(senders.reject);
  const std::vector<Test> allow = tests_of(senders.allow);
  Test link{R"(body :content "text" :regex)", {}}, net{R"(header :contains "received")", {}};
  for (const TraitEntry& entry : list.content()) {
    if (entry.trait == Trait::net)
      net.values.push_back(quoted(net_mark(entry)));
    else
      link.values.push_back(quoted(entry.trait == Trait::link ? link_pattern(entry.value) : path_pattern(entry.value)));
  }
  const bool needs_body = !link.values.empty();
  reject.push_back(std::move(link));
  reject.push_back(std::move(net));
  Exported exported;
  exported.text =
      fmt::format("# sekisho rules 1\nrequire [\"fileinto\"{}];\n", needs_body ? ", \"body\", \"regex\"" : "");
  if (!has_values(reject)) return exported;
  const std::string then = fmt::format(" {{\n  fileinto {};\n  stop;\n}}\n", quoted(folder));
  if (has_values(allow))
    exported.text += fmt::format("if allof (\n  not {},\n  {})", any_of(allow, "  "), any_of(reject, "  ")) + then;
  else
    exported.text += "if " + any_of(reject, "") + then;
  return exported;
}

}  // namespace sekisho::rules
