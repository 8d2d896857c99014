#include "rules/few.h"

#include <algorithm>
#include <set>

#include "text/domain.h"

namespace sekisho::rules {
namespace {

/// The longest common ending, cut to begin after an '@' or '.', or with the '@' itself.
std::string ending_of(const std::vector<std::string>& senders) {
  if (senders.empty()) return {};
  std::size_t size = senders.front().size();
  for (const std::string& sender : senders) {
    std::size_t same = 0;
    while (same < std::min(size, sender.size()) &&
           sender[sender.size() - 1 - same] == senders.front()[senders.front().size() - 1 - same])
      ++same;
    size = same;
  }
  const std::string ending = senders.front().substr(senders.front().size() - size);
  const std::size_t sign = ending.find('@');
  if (sign != std::string::npos) return ending.substr(sign);
  const std::size_t dot = ending.find('.');
  if (dot == std::string::npos) return {};
  const std::string labels = ending.substr(dot);
  return text::is_public_suffix(std::string_view(labels).substr(1)) ? std::string() : labels;
}

FewEntry describe(const Entry& entry, const Evidence& evidence, const Ground& ground, const Dialect& dialect) {
  FewEntry few{entry, {}, {}, {}};
  for (const std::string& sender : evidence.senders())
    if (!sender.starts_with(Evidence::anybody) && matches(entry, sender, Reading{})) few.covers.push_back(sender);
  const bool held = entry.mode == Mode::suffix && (entry.value.front() == '@' || entry.value.front() == '.');
  if (held && dialect.offers(Mode::suffix)) {
    few.loose = entry.value.substr(1);
    few.loose_catches = ground.known_names_ending(few.loose, few_examples);
  }
  return few;
}

}  // namespace

Few from_few(const std::vector<std::string>& senders, const std::vector<std::string>& keep, const Ground& ground,
             const Dialect& dialect) {
  Evidence evidence;
  const std::uint32_t campaign = evidence.campaign("pasted");
  std::set<std::string> distinct;
  for (const std::string& sender : senders)
    if (const std::string clean = lowered(sender); distinct.insert(clean).second)
      evidence.add(clean, Sort::campaign, campaign, 0);
  for (const std::string& one : keep) evidence.keep(one);
  evidence.finish();
  const Mined mined = mine(evidence, evidence.sightings(), ground, dialect, Reach::careful);
  Few few;
  few.senders.assign(distinct.begin(), distinct.end());
  few.common_ending = ending_of(few.senders);
  for (const Entry& entry : mined.lists.reject) few.entries.push_back(describe(entry, evidence, ground, dialect));
  few.allow = mined.lists.allow;
  const std::vector<bool> wanted = wanted_senders(evidence, {});
  Lists all = mined.lists;
  for (const Sighting& sighting : evidence.sightings()) {
    const std::string& sender = evidence.senders()[sighting.sender];
    const bool stopped = std::any_of(mined.lists.reject.begin(), mined.lists.reject.end(), [&](const Entry& entry) {
      return matches(entry, sender, dialect.readings().back());
    });
    if (stopped) continue;
    few.left.push_back({sender, ground.shared(host_of(sender))});
    if (wanted[sighting.sender] || !dialect.offers(Mode::exact)) continue;
    few.exact.push_back({Mode::exact, sender});
    all.reject.push_back({Mode::exact, sender});
  }
  few.effect = worst_of(all, evidence, evidence.sightings(), dialect.readings());
  return few;
}

}  // namespace sekisho::rules
