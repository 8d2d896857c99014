#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "rules/export.h"

namespace sekisho::rules {
namespace {

/// Characters of one search: Gmail takes no filter of more than 1,500 (as of 2026-11-23, public tools that make them).
constexpr std::size_t longest_search = 1'400;
/// RFC 4287 wants a time; the day on which this form was compared with real exports, so that the same list gives the
/// same bytes.
constexpr std::string_view updated = "2026-11-23T00:00:00Z";

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

/// Whether some address may be caught by both. An allow entry that cannot is no exception to this reject entry.
bool overlap(const Entry& reject, const Entry& allow) {
  const auto sample = [](const Entry& entry) {
    if (entry.mode == Mode::exact) return entry.value;
    return (entry.mode == Mode::domain ? "x@" : "x") + entry.value;
  };
  return matches(reject, sample(allow), Reading{}) || matches(allow, sample(reject), Reading{});
}

/// One filter says both "from these" and "not from those": no filter of Gmail's wins over another.
class Filter {
 public:
  /// The same with one more sender, and what is excepted from it.
  Filter with(const std::string& word, const std::set<std::string>& except) const {
    Filter wider = *this;
    wider.from_.push_back(word);
    wider.except_.insert(except.begin(), except.end());
    return wider;
  }
  bool empty() const { return from_.empty(); }
  std::string search() const {
    const std::string except = except_.empty() ? std::string() : fmt::format(" -from:({})", fmt::join(except_, " OR "));
    return fmt::format("from:({}){}", fmt::join(from_, " OR "), except);
  }

 private:
  std::vector<std::string> from_;
  std::set<std::string> except_;
};

/// As Gmail's own export writes it; what an Atom entry must have (RFC 4287 4.1.2) stands in it.
std::string entry_of(const Filter& filter, std::size_t number, std::string_view label) {
  return fmt::format(
      "  <entry>\n    <category term='filter'></category>\n    <title>Mail Filter</title>\n"
      "    <id>tag:mail.google.com,2008:filter:{}</id>\n    <updated>{}</updated>\n    <content></content>\n"
      "    <apps:property name='hasTheWord' value='{}'/>\n    <apps:property name='label' value='{}'/>\n"
      "    <apps:property name='shouldArchive' value='true'/>\n  </entry>\n",
      number, updated, escaped(filter.search()), escaped(label));
}

}  // namespace

Exported to_gmail(const RuleList& list, std::string_view label) {
  Exported exported;
  std::vector<std::pair<Entry, std::string>> allow;
  for (std::size_t i = 0; i < list.rules.size(); ++i) {
    if (!list.rules[i].allow) continue;
    const std::string word = search_word(*list.rules[i].sender);
    if (word.empty())
      exported.left_out.push_back(i);
    else
      allow.emplace_back(*list.rules[i].sender, word);
  }
  std::vector<Filter> filters(1);
  for (std::size_t i = 0; i < list.rules.size(); ++i) {
    const Rule& rule = list.rules[i];
    if (rule.allow) continue;
    const std::string word = rule.sender ? search_word(*rule.sender) : std::string();
    std::set<std::string> except;
    if (!word.empty())
      for (const auto& [entry, name] : allow)
        if (overlap(*rule.sender, entry)) except.insert(name);
    const bool fits_alone = Filter().with(word, except).search().size() <= longest_search;
    if (word.empty() || !fits_alone) {
      exported.left_out.push_back(i);
      continue;
    }
    Filter wider = filters.back().with(word, except);
    if (wider.search().size() > longest_search) wider = filters.emplace_back().with(word, except);
    filters.back() = std::move(wider);
  }
  std::sort(exported.left_out.begin(), exported.left_out.end());
  exported.text = fmt::format(
      "<?xml version='1.0' encoding='UTF-8'?>\n"
      "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:apps='http://schemas.google.com/apps/2006'>\n"
      "  <title>Mail Filters</title>\n  <id>tag:mail.google.com,2008:filters:sekisho</id>\n  <updated>{}</updated>\n"
      "  <author>\n    <name>sekisho</name>\n  </author>\n",
      updated);
  for (std::size_t i = 0; i < filters.size(); ++i)
    if (!filters[i].empty()) exported.text += entry_of(filters[i], i + 1, label);
  exported.text += "</feed>\n";
  return exported;
}

}  // namespace sekisho::rules
