#include "rules/content.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "base/limits.h"
#include "rules/cover.h"
#include "rules/decide.h"
#include "text/domain.h"

namespace sekisho::rules {
namespace {

constexpr std::int64_t day_seconds = 86'400;

}  // namespace

std::optional<TraitEntry> link_trait(std::string_view host, const Ground& ground) {
  const std::string registrable = text::registrable_domain(host);
  if (registrable.empty()) return std::nullopt;
  switch (ground.shared(registrable)) {
    case Shared::no:
      return TraitEntry{Trait::link, registrable};
    case Shared::place_of_many:
      // Another customer's name below the same domain says nothing about this one.
      return host == registrable ? std::nullopt : std::optional(TraitEntry{Trait::link, std::string(host)});
    case Shared::mail_of_people:
    case Shared::genuine:
      break;
  }
  return std::nullopt;
}

std::optional<TraitEntry> path_trait(std::string_view path, const Ground& ground) {
  const std::string start = path_start(path);
  if (!make_rule("reject", name(Trait::path), start)) return std::nullopt;
  // Written another way ("%e3%81…" or its letters) the same path would not be caught.
  if (start.find_first_of("%+") != std::string::npos) return std::nullopt;
  if (ground.is_common_path(std::string_view(start).substr(1, start.size() - 2))) return std::nullopt;
  return TraitEntry{Trait::path, start};
}

std::optional<TraitEntry> net_trait(std::string_view ip) {
  unsigned octets[4] = {};
  std::string_view rest = ip;
  for (int i = 0; i < 4; ++i) {
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), octets[i]);
    if (error != std::errc() || octets[i] > 255) return std::nullopt;
    rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
    if (i < 3 && !rest.starts_with('.')) return std::nullopt;
    if (i < 3) rest.remove_prefix(1);
  }
  // RFC 1918, 1122 3.2.1.3, 3927, 6598: addresses that say nothing outside their own network.
  const bool own = octets[0] == 10 || octets[0] == 127 || octets[0] == 0 || (octets[0] == 192 && octets[1] == 168) ||
                   (octets[0] == 172 && octets[1] >= 16 && octets[1] < 32) || (octets[0] == 169 && octets[1] == 254) ||
                   (octets[0] == 100 && octets[1] >= 64 && octets[1] < 128);
  if (!rest.empty() || own) return std::nullopt;
  return TraitEntry{Trait::net, std::to_string(octets[0]) + '.' + std::to_string(octets[1]) + '.' +
                                    std::to_string(octets[2]) + ".0/24"};
}

void TraitEvidence::add(const TraitMail& mail) {
  Message message{mail.sort, mail.spared, mail.campaign, mail.time, {}};
  for (const TraitEntry& trait : mail.traits) {
    const auto [it, is_new] = ids_.emplace(trait, static_cast<std::uint32_t>(traits_.size()));
    if (is_new) traits_.push_back(trait);
    message.traits.push_back(it->second);
  }
  std::sort(message.traits.begin(), message.traits.end());
  message.traits.erase(std::unique(message.traits.begin(), message.traits.end()), message.traits.end());
  messages_.push_back(std::move(message));
}

void TraitEvidence::finish() {
  std::stable_sort(messages_.begin(), messages_.end(),
                   [](const Message& a, const Message& b) { return a.time < b.time; });
}

/// Chooses among what the messages up to some moment show.
class TraitMiner {
 public:
  TraitMiner(const TraitEvidence& evidence, std::span<const std::uint32_t> campaigns, std::size_t most)
      : evidence_(evidence), asked_(campaigns.begin(), campaigns.end()), most_(most) {}

  TraitProposal propose() {
    TraitProposal proposal;
    replay(proposal);
    const Chosen chosen = choose(evidence_.messages_.size());
    for (const std::uint32_t trait : chosen.traits) proposal.entries.push_back(evidence_.traits_[trait]);
    proposal.stopped = chosen.solution.covered;
    proposal.bound = chosen.solution.bound;
    proposal.proved = chosen.solution.proved;
    for (const auto& message : evidence_.messages_) {
      proposal.total += asked(message) ? 1 : 0;
      proposal.forged += asked(message) && message.spared ? 1 : 0;
      proposal.wanted += message.sort == Sort::wanted ? 1 : 0;
    }
    return proposal;
  }

 private:
  struct Chosen {
    std::set<std::uint32_t> traits;
    CoverSolution solution;
  };

  bool asked(const TraitEvidence::Message& message) const {
    return message.sort == Sort::campaign && asked_.contains(message.campaign);
  }
  bool can_be_stopped(const TraitEvidence::Message& message) const { return asked(message) && !message.spared; }

  /// What may be a rule by what the first `count` messages show.
  std::vector<bool> permitted(std::size_t count) const {
    const std::size_t size = evidence_.traits_.size();
    std::vector<std::uint64_t> shown(size, 0);
    std::vector<bool> wanted(size, false);
    std::map<std::uint32_t, std::set<std::uint32_t>> sites;  // seen beside each path, path_sites at most
    for (std::size_t i = 0; i < count; ++i) {
      const auto& message = evidence_.messages_[i];
      for (const std::uint32_t trait : message.traits) {
        if (message.sort == Sort::wanted) wanted[trait] = true;
        if (!can_be_stopped(message)) continue;
        ++shown[trait];
        if (evidence_.traits_[trait].trait != Trait::path || sites[trait].size() >= path_sites) continue;
        for (const std::uint32_t other : message.traits)
          if (evidence_.traits_[other].trait == Trait::link && sites[trait].size() < path_sites)
            sites[trait].insert(other);
      }
    }
    std::vector<bool> permitted(size, false);
    for (std::uint32_t trait = 0; trait < size; ++trait) {
      const bool tied_to_one = evidence_.traits_[trait].trait == Trait::path && sites[trait].size() < path_sites;
      permitted[trait] = !wanted[trait] && shown[trait] >= trait_messages && !tied_to_one;
    }
    return permitted;
  }

  /// The fewest traits that stop most of the first `count` messages' campaign mail and stand in no wanted one of them.
  Chosen choose(std::size_t count) const {
    const std::vector<bool> may_be = permitted(count);
    CoverProblem problem;
    problem.most_options = most_;
    std::map<std::uint32_t, std::uint32_t> options;
    std::vector<std::uint32_t> trait_of_option;
    for (std::size_t i = 0; i < count; ++i) {
      if (!can_be_stopped(evidence_.messages_[i])) continue;
      const auto element = static_cast<std::uint32_t>(problem.weights.size());
      problem.weights.push_back(1);
      for (const std::uint32_t trait : evidence_.messages_[i].traits) {
        if (!may_be[trait]) continue;
        const auto [it, is_new] = options.emplace(trait, static_cast<std::uint32_t>(options.size()));
        if (is_new) {
          problem.options.emplace_back();
          trait_of_option.push_back(trait);
        }
        problem.options[it->second].covers.push_back(element);
      }
    }
    Chosen chosen{{}, best_cover(problem)};
    for (const std::uint32_t option : chosen.solution.chosen) chosen.traits.insert(trait_of_option[option]);
    return chosen;
  }

  /// Every morning with campaign mail the traits are chosen anew, at most limits::replay_days times.
  void replay(TraitProposal& proposal) const {
    std::vector<std::size_t> mornings;
    std::int64_t day = -1;
    for (std::size_t i = 0; i < evidence_.messages_.size(); ++i) {
      if (!asked(evidence_.messages_[i]) || evidence_.messages_[i].time / day_seconds == day) continue;
      if (day >= 0) mornings.push_back(i);
      day = evidence_.messages_[i].time / day_seconds;
    }
    const std::size_t step = mornings.size() / limits::replay_days + 1;
    std::set<std::uint32_t> begun;
    std::size_t known = 0;
    for (std::size_t m = 0; m < mornings.size(); m += step) {
      for (; known < mornings[m]; ++known)
        if (asked(evidence_.messages_[known])) begun.insert(evidence_.messages_[known].campaign);
      const Chosen chosen = choose(mornings[m]);
      const std::size_t until = m + step < mornings.size() ? mornings[m + step] : evidence_.messages_.size();
      for (std::size_t i = mornings[m]; i < until; ++i) {
        const auto& message = evidence_.messages_[i];
        if (!can_be_stopped(message) || !begun.contains(message.campaign)) continue;
        ++proposal.later;
        proposal.later_stopped += std::any_of(message.traits.begin(), message.traits.end(),
                                              [&](std::uint32_t trait) { return chosen.traits.contains(trait); })
                                      ? 1
                                      : 0;
      }
    }
  }

  const TraitEvidence& evidence_;
  const std::set<std::uint32_t> asked_;
  const std::size_t most_;
};

TraitProposal propose_traits(const TraitEvidence& evidence, std::span<const std::uint32_t> campaigns,
                             std::size_t most) {
  return TraitMiner(evidence, campaigns, most).propose();
}

}  // namespace sekisho::rules
