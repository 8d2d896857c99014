#include <fmt/format.h>
#include <fmt/ranges.h>

#include "rules/export.h"

namespace sekisho::rules {
namespace {

/// Characters of one search that are joined before the next filter begins: Gmail cuts long ones.
constexpr std::size_t longest_search = 1'200;

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '\'')
      out += "&apos;";
    else if (c == '"')
      out += "&quot;";
    else
      out += c;
  }
  return out;
}

/// How Gmail's search names the sender; "" where it cannot.
std::string search_word(const Entry& entry) {
  if (entry.mode == Mode::exact) return entry.value;
  if (entry.mode == Mode::domain) return '@' + entry.value;
  if (entry.mode == Mode::suffix && entry.value.front() == '@') return entry.value;
  return {};
}

}  // namespace

Exported to_gmail(const RuleList& list, std::string_view label) {
  Exported exported;
  std::vector<std::string> reject, allow;
  for (std::size_t i = 0; i < list.rules.size(); ++i) {
    const Rule& rule = list.rules[i];
    const std::string word = rule.sender ? search_word(*rule.sender) : std::string();
    if (word.empty())
      exported.left_out.push_back(i);
    else
      (rule.allow ? allow : reject).push_back(word);
  }
  exported.text =
      "<?xml version='1.0' encoding='UTF-8'?>\n"
      "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:apps='http://schemas.google.com/apps/2006'>\n"
      "  <title>Mail Filters</title>\n";
  // One filter says both "from these" and "not from those": no filter of Gmail's wins over another.
  const std::string except = allow.empty() ? std::string() : fmt::format(" -from:({})", fmt::join(allow, " OR "));
  std::vector<std::string> batch;
  std::size_t size = 0;
  const auto write = [&] {
    if (batch.empty()) return;
    const std::string search = fmt::format("from:({}){}", fmt::join(batch, " OR "), except);
    exported.text += fmt::format(
        "  <entry>\n    <category term='filter'></category>\n    <title>Mail Filter</title>\n    <content></content>\n"
        "    <apps:property name='hasTheWord' value='{}'/>\n    <apps:property name='label' value='{}'/>\n"
        "    <apps:property name='shouldArchive' value='true'/>\n  </entry>\n",
        escaped(search), escaped(label));
    batch.clear();
    size = 0;
  };
  for (std::string& word : reject) {
    if (size + word.size() > longest_search) write();
    size += word.size() + 4;
    batch.push_back(std::move(word));
  }
  write();
  exported.text += "</feed>\n";
  return exported;
}

}  // namespace sekisho::rules
