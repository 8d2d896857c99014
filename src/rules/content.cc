#include "rules/content.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "rules/cover.h"
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

void TraitEvidence::add(Sort sort, std::uint32_t campaign, std::int64_t time, const std::vector<TraitEntry>& traits) {
  Message message{sort, campaign, time, {}};
  for (const TraitEntry& trait : traits) {
    const auto [it, is_new] = ids_.emplace(trait, static_cast<std::uint32_t>(traits_.size()));
    if (is_new) traits_.push_back(trait);
    message.traits.push_back(it->second);
  }
  std::sort(message.traits.begin(), message.traits.end());
  message.traits.erase(std::unique(message.traits.begin(), message.traits.end()), message.traits.end());
  messages_.push_back(std::move(message));
}

/// Walks the messages once in order: what a trait had shown by each day is all that its rules of that day know.
class TraitMiner {
 public:
  TraitMiner(const TraitEvidence& evidence, std::span<const std::uint32_t> campaigns)
      : evidence_(evidence), asked_(campaigns.begin(), campaigns.end()) {
    seen_.resize(evidence.traits_.size());
    wanted_.resize(evidence.traits_.size(), false);
  }

  TraitProposal propose(std::size_t most) {
    TraitProposal proposal;
    replay(proposal);
    CoverProblem problem;
    std::vector<std::uint32_t> options(evidence_.traits_.size(), 0);
    std::vector<std::uint32_t> trait_of_option;
    for (const auto& message : evidence_.messages_) {
      if (!asked(message)) continue;
      ++proposal.total;
      const auto element = static_cast<std::uint32_t>(problem.weights.size());
      problem.weights.push_back(1);
      for (const std::uint32_t trait : message.traits) {
        if (!may_be_rule(trait)) continue;
        if (options[trait] == 0) {
          problem.options.emplace_back();
          trait_of_option.push_back(trait);
          options[trait] = static_cast<std::uint32_t>(problem.options.size());
        }
        problem.options[options[trait] - 1].covers.push_back(element);
      }
    }
    problem.most_options = most;
    const CoverSolution solution = best_cover(problem);
    for (const std::uint32_t option : solution.chosen)
      proposal.entries.push_back(evidence_.traits_[trait_of_option[option]]);
    proposal.stopped = solution.covered;
    proposal.bound = solution.bound;
    proposal.proved = solution.proved;
    return proposal;
  }

 private:
  bool asked(const TraitEvidence::Message& message) const {
    return message.sort == Sort::campaign && asked_.contains(message.campaign);
  }
  bool may_be_rule(std::uint32_t trait) const { return !wanted_[trait] && seen_[trait] >= trait_messages; }

  void replay(TraitProposal& proposal) {
    std::set<std::uint32_t> rules;  // as of the last morning
    std::set<std::uint32_t> begun;  // campaigns seen before it
    std::set<std::uint32_t> today;
    std::int64_t day = -1;
    for (const auto& message : evidence_.messages_) {
      if (message.time / day_seconds != day) {
        day = message.time / day_seconds;
        begun.insert(today.begin(), today.end());
        today.clear();
        rules.clear();
        for (std::uint32_t trait = 0; trait < seen_.size(); ++trait)
          if (may_be_rule(trait)) rules.insert(trait);
      }
      if (message.sort == Sort::wanted) {
        ++proposal.wanted;
        for (const std::uint32_t trait : message.traits) wanted_[trait] = true;
      } else if (asked(message)) {
        today.insert(message.campaign);
        if (begun.contains(message.campaign)) {
          ++proposal.later;
          proposal.later_stopped += std::any_of(message.traits.begin(), message.traits.end(),
                                                [&](std::uint32_t trait) { return rules.contains(trait); })
                                        ? 1
                                        : 0;
        }
        for (const std::uint32_t trait : message.traits) ++seen_[trait];
      }
    }
  }

  const TraitEvidence& evidence_;
  std::set<std::uint32_t> asked_;
  std::vector<std::uint64_t> seen_;  ///< messages of the campaigns asked for
  std::vector<bool> wanted_;
};

TraitProposal propose_traits(const TraitEvidence& evidence, std::span<const std::uint32_t> campaigns,
                             std::size_t most) {
  return TraitMiner(evidence, campaigns).propose(most);
}

}  // namespace sekisho::rules
