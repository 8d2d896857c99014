#include "app/rules_answer.h"

#include <set>

#include <fmt/format.h>

namespace sekisho::app {

rules::RuleList list_of(const RulesAnswer& answer, const rules::Proposal& proposal, Reads reads) {
  rules::RuleList list;
  const bool with_content = reads == Reads::whole_mails && answer.content && !answer.content->entries.empty();
  std::set<rules::Entry> allowed(proposal.mined.lists.allow.begin(), proposal.mined.lists.allow.end());
  if (with_content) allowed.insert(answer.spared.begin(), answer.spared.end());
  for (const rules::Entry& entry : allowed) list.rules.push_back({true, entry, {}, {}, 0});
  for (const rules::Entry& entry : proposal.mined.lists.reject) list.rules.push_back({false, entry, {}, {}, 0});
  if (with_content)
    for (const rules::TraitEntry& entry : answer.content->entries) list.rules.push_back({false, {}, entry, {}, 0});
  return list;
}

std::vector<std::uint32_t> moving_campaigns(const rules::Proposal& proposal) {
  std::vector<std::uint32_t> moving;
  for (std::uint32_t i = 0; i < proposal.effect.campaigns.size(); ++i) {
    const rules::CampaignEffect& now = proposal.effect.campaigns[i];
    const rules::CampaignEffect& later = proposal.replay.campaigns[i];
    const auto reachable = static_cast<double>(now.total - now.forged);
    const bool stays = static_cast<double>(later.stopped) >= still_enough * static_cast<double>(later.total);
    if (now.total > 0 && (!stays || static_cast<double>(now.stopped) < still_enough * reachable)) moving.push_back(i);
  }
  return moving;
}

std::string percent(std::uint64_t part, std::uint64_t whole) {
  if (whole == 0) return "-";
  const double share = 100.0 * static_cast<double>(part) / static_cast<double>(whole);
  // Never rounded up to "all".
  return part < whole && share > 99.9 ? "99.9" : fmt::format("{:.3g}", share);
}

std::string mode_name(rules::Mode mode, const rules::Dialect& dialect, const Voice& voice) {
  for (const auto& [one, words] : dialect.mode_names)
    if (one == mode) return std::string(words.in(voice.lang()));
  return voice.say(fmt::format("rules.mode.{}", rules::name(mode)));
}

std::vector<std::string> cautions(const rules::Dialect& dialect, bool has_allow, std::size_t rejects,
                                  const Voice& voice) {
  std::vector<std::string> sentences;
  const auto say = [&](std::string_view key) { sentences.push_back(voice.say(key)); };
  const std::string most = dialect.max_reject.entries ? std::to_string(*dialect.max_reject.entries) : std::string();
  if (!dialect.modes_confirmed) say("rules.caution.modes");
  if (&dialect != &rules::Dialects::generic()) {
    if (most.empty())
      say("rules.caution.limit_unknown");
    else if (!dialect.max_reject.confirmed)
      sentences.push_back(voice.say("rules.caution.limit_unconfirmed", {{"most", most}}));
    if (dialect.max_reject.entries && rejects >= *dialect.max_reject.entries)
      sentences.push_back(voice.say("rules.caution.full", {{"most", most}}));
  }
  if (dialect.subdomains == rules::Known::unknown && dialect.offers(rules::Mode::domain))
    say("rules.caution.subdomains");
  if (dialect.allow_modes.empty())
    say("rules.caution.no_allow");
  else if (dialect.precedence == rules::Precedence::reject)
    say("rules.caution.reject_wins");
  else if (dialect.precedence == rules::Precedence::unknown)
    say("rules.caution.precedence");
  else if (has_allow)
    say(dialect.precedence == rules::Precedence::allow_when_marked ? "rules.caution.marked"
                                                                   : "rules.caution.allow_first");
  return sentences;
}

}  // namespace sekisho::app
