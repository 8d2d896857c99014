#include "rules/list.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/limits.h"
#include "rules/value.h"

namespace sekisho::rules {
namespace {

constexpr std::array<std::string_view, trait_count> traits{"link", "net", "path"};
constexpr std::array<std::string_view, slip_count> slips{
    "unknown_list",     "unknown_mode", "no_value",     "comma",      "full_width",   "url",           "wildcard",
    "name_and_address", "bad_dots",     "two_at_signs", "no_at_sign", "at_in_domain", "bad_character", "no_domain",
    "public_suffix",    "too_short",    "bad_net",      "bad_path",   "too_long",     "allow_content"};
constexpr std::string_view reject_word = "reject", allow_word = "allow";
constexpr std::string_view header =
    "# sekisho rules 1\n"
    "# reject|allow  exact|prefix|suffix|contains|domain  VALUE   # note\n"
    "# reject        link|net|path                        VALUE   # note\n";

/// The next word of a line, taken off its front.
std::string_view take_word(std::string_view& line) {
  const std::size_t begin = std::min(line.find_first_not_of(" \t"), line.size());
  line.remove_prefix(begin);
  const std::size_t end = std::min(line.find_first_of(" \t"), line.size());
  const std::string_view word = line.substr(0, end);
  line.remove_prefix(end);
  return word;
}

std::string_view trim(std::string_view text) {
  const std::size_t begin = std::min(text.find_first_not_of(" \t\r"), text.size());
  text.remove_prefix(begin);
  return text.substr(0, text.find_last_not_of(" \t\r") + 1);
}

/// Calls `on_line` with each line, without its end, and its number.
template <class OnLine>
void each_line(std::string_view text, OnLine on_line) {
  unsigned number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    on_line(++number, text.substr(0, end), text.substr(0, std::min(end + 1, text.size())));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

tl::expected<Rule, Mistake> read_line(std::string_view line) {
  std::string_view note;
  if (const std::size_t mark = line.find(" #"); mark != std::string_view::npos) {
    note = trim(line.substr(mark + 2));
    line = line.substr(0, mark);
  }
  const std::string_view list = take_word(line), mode = take_word(line);
  auto rule = make_rule(list, mode, line);
  if (rule) rule->note = std::string(note);
  return rule;
}

}  // namespace

std::string_view name(Trait trait) { return traits[static_cast<std::size_t>(trait)]; }
std::string_view name(Slip slip) { return slips[static_cast<std::size_t>(slip)]; }

tl::expected<Rule, Mistake> make_rule(std::string_view list, std::string_view mode, std::string_view value) {
  Rule rule;
  const std::string clean(trim(value));
  const auto wrong = [&](Slip slip) {
    return tl::unexpected(Mistake{slip, fmt::format("{} {} {}", list, mode, clean), std::nullopt, 0});
  };
  if (list != reject_word && list != allow_word) return wrong(Slip::unknown_list);
  rule.allow = list == allow_word;
  const auto sender_mode = find_mode(mode);
  const auto trait = std::find(traits.begin(), traits.end(), mode);
  if (!sender_mode && trait == traits.end()) return wrong(Slip::unknown_mode);
  if (!sender_mode && rule.allow) return wrong(Slip::allow_content);
  const Trait content = sender_mode ? Trait::link : static_cast<Trait>(trait - traits.begin());
  const auto filled = [&](std::string checked) {
    Rule made = rule;
    if (sender_mode)
      made.sender = Entry{*sender_mode, std::move(checked)};
    else
      made.content = TraitEntry{content, std::move(checked)};
    return made;
  };
  auto checked = sender_mode ? check_sender_value(*sender_mode, clean) : check_content_value(content, clean);
  if (checked) return filled(std::move(*checked));
  Mistake mistake{checked.error().slip, fmt::format("{} {} {}", list, mode, clean), std::nullopt, 0};
  if (const auto& meant = checked.error().meant) {
    Rule likely = rule;
    if (meant->mode)
      likely.sender = Entry{*meant->mode, meant->value};
    else
      likely.content = TraitEntry{content, meant->value};
    mistake.likely = std::move(likely);
  }
  return tl::unexpected(std::move(mistake));
}

std::string to_line(const Rule& rule) {
  const std::string_view mode = rule.sender ? name(rule.sender->mode) : name(rule.content->trait);
  std::string line = fmt::format("{} {} {}", rule.allow ? allow_word : reject_word, mode,
                                 rule.sender ? rule.sender->value : rule.content->value);
  if (!rule.note.empty()) line += "  # " + rule.note;
  return line;
}

Lists RuleList::senders() const {
  Lists lists;
  for (const Rule& rule : rules)
    if (rule.sender) (rule.allow ? lists.allow : lists.reject).push_back(*rule.sender);
  return lists;
}

std::vector<TraitEntry> RuleList::content() const {
  std::vector<TraitEntry> entries;
  for (const Rule& rule : rules)
    if (rule.content) entries.push_back(*rule.content);
  return entries;
}

Result<RuleList> read_rule_list(std::string_view text, const std::string& where) {
  if (text.size() > limits::rule_list_bytes)
    return fail(ErrorCode::bad_data, fmt::format("the list is larger than {} MB", limits::rule_list_bytes >> 20), where,
                "is this a list of rules?");
  RuleList list;
  each_line(text, [&](unsigned number, std::string_view line, std::string_view) {
    line = trim(line);
    if (line.empty() || line.front() == '#') return;
    auto rule = read_line(line);
    if (rule) {
      rule->line = number;
      list.rules.push_back(std::move(*rule));
    } else {
      rule.error().line = number;
      list.mistakes.push_back(std::move(rule.error()));
    }
  });
  if (list.rules.size() + list.mistakes.size() > limits::rule_entries)
    return fail(ErrorCode::bad_data, fmt::format("more than {} rules", limits::rule_entries), where,
                "no place takes so many; is this a list of rules?");
  return list;
}

std::string write_rule_list(const std::vector<Rule>& rules) {
  std::string out(header);
  for (const Rule& rule : rules) out += to_line(rule) + '\n';
  return out;
}

std::string with_rule(std::string_view text, const Rule& rule) {
  std::string out(text.empty() ? header : text);
  if (!out.ends_with('\n')) out += '\n';
  return out + to_line(rule) + '\n';
}

std::string without_rule(std::string_view text, const RuleList& list, const Rule& rule) {
  std::string out;
  each_line(text, [&](unsigned number, std::string_view, std::string_view with_end) {
    const bool goes = std::any_of(list.rules.begin(), list.rules.end(),
                                  [&](const Rule& one) { return one.line == number && one.same_as(rule); });
    if (!goes) out += with_end;
  });
  return out;
}

}  // namespace sekisho::rules
