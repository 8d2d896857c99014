#include "rules/spare.h"

#include <algorithm>
#include <map>

#include "base/limits.h"
#include "rules/survey.h"

namespace sekisho::rules {
namespace {

/// The shortest name at or above `host` that only wanted senders use; "" when there is none.
std::string own_domain(const Host& host, const Survey& survey, const Ground& ground) {
  for (const std::string_view name : names_above(host.name, host.registrable))
    if (!survey.nodes.contains(name) && ground.shared(name) == Shared::no) return std::string(name);
  return {};
}

}  // namespace

std::vector<Entry> spare_wanted(const Evidence& evidence, const Ground& ground) {
  const Survey survey(evidence, evidence.sightings());
  std::vector<std::uint64_t> mails(evidence.senders().size(), 0);
  for (const Sighting& sighting : evidence.sightings()) mails[sighting.sender] += sighting.sort == Sort::wanted ? 1 : 0;
  std::map<Entry, std::uint64_t> spared;
  for (HostId id = 0; id < evidence.hosts().size(); ++id) {
    if (survey.wanted_at[id].empty()) continue;
    const std::string domain = own_domain(evidence.hosts()[id], survey, ground);
    for (const SenderId sender : survey.wanted_at[id]) {
      const std::string& who = evidence.senders()[sender];
      const bool anybody = who.starts_with(Evidence::anybody) && who.substr(1, 1) == "@";
      if (!domain.empty())
        spared[{Mode::domain, domain}] += mails[sender];
      else if (anybody)
        spared[{Mode::domain, evidence.hosts()[id].name}] += mails[sender];
      else
        spared[{Mode::exact, who}] += mails[sender];
    }
  }
  std::vector<std::pair<std::uint64_t, Entry>> most;
  for (const auto& [entry, count] : spared) most.emplace_back(count, entry);
  std::stable_sort(most.begin(), most.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  if (most.size() > limits::rule_spared) most.resize(limits::rule_spared);
  std::vector<Entry> entries;
  entries.reserve(most.size());
  for (auto& [count, entry] : most) entries.push_back(std::move(entry));
  std::sort(entries.begin(), entries.end());
  return entries;
}

}  // namespace sekisho::rules
