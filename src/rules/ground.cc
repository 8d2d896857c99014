#include "rules/ground.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <vector>

#include "text/domain.h"

namespace sekisho::rules {
namespace {

constexpr std::array<std::string_view, 2> lists_of_people{"free_mail", "carrier_mail"};
constexpr std::array<std::string_view, 3> lists_of_places{"free_hosting", "mail_platforms", "dynamic_dns"};
constexpr std::string_view list_of_sites = "well_known";
constexpr std::string_view list_of_words = "host_words", list_of_path_words = "path_words";
/// Longest word that is looked for in a label; longer ones are no words of everyday.
constexpr std::size_t longest_word = 16;
/// A firm's name shorter than this stands in too many others to mean it.
constexpr std::size_t shortest_firm = 5;

/// `domain` itself, not something below it, stands in the list.
bool is_entry(const knowledge::Snapshot& knowledge, std::string_view list, std::string_view domain) {
  if (!knowledge.in_list(list, domain)) return false;
  for (const knowledge::NameList& names : knowledge.name_lists())
    if (names.name == list) return std::binary_search(names.entries.begin(), names.entries.end(), domain);
  return false;
}

/// Whether `text` is nothing but digits, marks and words of `lists`, one after the other.
bool is_made_of(const knowledge::Snapshot& knowledge, std::span<const std::string_view> lists, std::string_view text) {
  // reachable[i]: the first i characters are words, digits and marks. Linear in the text: words are bounded.
  std::vector<bool> reachable(text.size() + 1, false);
  reachable[0] = true;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!reachable[i]) continue;
    const bool letter = text[i] >= 'a' && text[i] <= 'z';
    if (!letter) reachable[i + 1] = true;
    for (std::size_t length = 2; length <= longest_word && i + length <= text.size(); ++length)
      if (std::any_of(lists.begin(), lists.end(),
                      [&](std::string_view list) { return knowledge.in_list(list, text.substr(i, length)); }))
        reachable[i + length] = true;
  }
  return reachable[text.size()];
}

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

}  // namespace

Shared Ground::shared(std::string_view domain) const {
  for (const std::string_view list : lists_of_people)
    if (knowledge_->in_list(list, domain)) return Shared::mail_of_people;
  for (const std::string_view list : lists_of_places)
    if (is_entry(*knowledge_, list, domain)) return Shared::place_of_many;
  if (knowledge_->brand_of(domain) != nullptr || is_entry(*knowledge_, list_of_sites, domain)) return Shared::genuine;
  return Shared::no;
}

bool Ground::is_common(std::string_view label) const {
  constexpr std::array lists{list_of_words};
  return is_made_of(*knowledge_, lists, label);
}

bool Ground::is_common_path(std::string_view segment) const {
  constexpr std::array lists{list_of_path_words, list_of_words};
  return is_made_of(*knowledge_, lists, segment);
}

bool Ground::is_near_a_firm(std::string_view label) const {
  for (const knowledge::Brand& brand : knowledge_->brands())
    for (const auto* domains : {&brand.web_domains, &brand.mail_domains})
      for (const std::string& domain : *domains) {
        const std::string registrable = text::registrable_domain(domain);
        const std::string_view name = text::registrable_label(domain, registrable);
        if (name.size() >= shortest_firm && (contains(label, name) || contains(name, label))) return true;
      }
  return false;
}

std::vector<std::string> Ground::known_names_ending(std::string_view ending, std::size_t most) const {
  std::vector<std::string> names;
  const auto look = [&](const std::string& name) {
    if (names.size() < most && name.size() > ending.size() && name.ends_with(ending) &&
        !text::is_within(name, ending) && std::find(names.begin(), names.end(), name) == names.end())
      names.push_back(name);
  };
  for (const knowledge::Brand& brand : knowledge_->brands())
    for (const auto* domains : {&brand.web_domains, &brand.mail_domains})
      for (const std::string& domain : *domains) look(domain);
  for (const knowledge::NameList& list : knowledge_->name_lists())
    if (list.name == list_of_sites || list.name == lists_of_people[0] || list.name == lists_of_people[1])
      for (const std::string& name : list.entries) look(name);
  return names;
}

}  // namespace sekisho::rules
