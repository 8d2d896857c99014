#include "rules/siblings.h"

#include <algorithm>
#include <map>
#include <set>

#include "rules/candidates.h"
#include "text/domain.h"

namespace sekisho::rules {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// "lamp" of "lamp12", "lamp-12" and "lamp": what stays when a row of names only counts up.
std::string_view without_number(std::string_view label) {
  while (!label.empty() && (is_digit(label.back()) || label.back() == '-')) label.remove_suffix(1);
  return label;
}

/// Hyphens and digits gone: how a person reads two names as the same.
std::string letters_of(std::string_view label) {
  std::string letters;
  for (const char c : label)
    if (c != '-' && !is_digit(c)) letters += c;
  return letters;
}

/// The registrable labels of all wanted senders, as letters.
std::set<std::string> wanted_names(const Evidence& evidence, const Survey& survey) {
  std::set<std::string> names;
  for (HostId id = 0; id < evidence.hosts().size(); ++id) {
    const Host& host = evidence.hosts()[id];
    if (!survey.wanted_at[id].empty()) names.insert(letters_of(text::registrable_label(host.name, host.registrable)));
  }
  return names;
}

/// Whether `stem` is distinctive enough that whoever holds it next is the campaign again.
bool is_distinctive(std::string_view stem, const std::set<std::string>& wanted, const Ground& ground) {
  const std::string letters = letters_of(stem);
  if (letters.size() < piece_letters || ground.is_common(stem) || ground.is_near_a_firm(letters)) return false;
  return std::none_of(wanted.begin(), wanted.end(),
                      [&](const std::string& name) { return name.find(letters) != std::string::npos; });
}

}  // namespace

std::vector<Piece> sibling_pieces(const Evidence& evidence, const Survey& survey, const Ground& ground,
                                  const Dialect& dialect) {
  struct Row {
    std::string stem;
    std::set<std::string_view> domains;
  };
  const bool beginnings = dialect.offers(Mode::contains) && !dialect.contains_sees_local_part_only;
  std::set<Entry> found;
  const std::set<std::string> wanted = wanted_names(evidence, survey);
  for (const std::vector<HostId>& hosts : survey.hosts_of_campaign) {
    std::map<Entry, Row> rows;
    const auto note = [&](Mode mode, std::string value, std::string_view stem, std::string_view domain) {
      Row& row = rows[{mode, std::move(value)}];
      row.stem = stem;
      row.domains.insert(domain);
    };
    for (const HostId id : hosts) {
      const Host& host = evidence.hosts()[id];
      const std::string_view label = text::registrable_label(host.name, host.registrable);
      if (label.empty()) continue;
      const std::string_view rest = std::string_view(host.registrable).substr(label.size());  // ".example"
      if (beginnings) {
        const std::string_view stem = without_number(label);
        if (!stem.empty() && host.name == host.registrable)
          note(Mode::contains, '@' + std::string(stem), stem, host.registrable);
      }
      for (std::size_t at = label.find('-'); dialect.offers(Mode::suffix) && at != std::string_view::npos;
           at = label.find('-', at + 1))
        note(Mode::suffix, std::string(label.substr(at)) + std::string(rest), label.substr(at + 1), host.registrable);
    }
    for (const auto& [entry, row] : rows)
      if (row.domains.size() >= siblings_needed && is_distinctive(row.stem, wanted, ground)) found.insert(entry);
  }
  std::vector<Piece> pieces;
  for (const Entry& entry : found) {
    Piece piece{entry, {}};
    const auto catches = [&](HostId id) { return matches(entry, "@" + evidence.hosts()[id].name, Reading{}); };
    for (const HostId id : survey.campaign_hosts)
      if (catches(id)) piece.hosts.push_back(id);
    bool touches = false;
    for (HostId id = 0; id < evidence.hosts().size() && !touches; ++id)
      touches = !survey.wanted_at[id].empty() && catches(id);
    if (!touches) pieces.push_back(std::move(piece));
  }
  return pieces;
}

}  // namespace sekisho::rules
