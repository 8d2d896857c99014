// sekisho rules --format json: schema sekisho.rules/1, docs/formats/rules.md.
#include <algorithm>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "app/json.h"
#include "app/rules_answer.h"

namespace sekisho::app {
namespace {

namespace json = boost::json;

json::object object_of(const rules::Entry& entry) {
  return {{"match", rules::name(entry.mode)}, {"value", valid_utf8(entry.value)}};
}

json::object lists_of(const rules::Proposal& proposal) {
  json::array reject, allow;
  for (std::size_t i = 0; i < proposal.mined.lists.reject.size(); ++i) {
    json::object entry = object_of(proposal.mined.lists.reject[i]);
    entry["stops"] = proposal.effect.reject_caught[i];
    reject.push_back(std::move(entry));
  }
  for (const rules::Entry& entry : proposal.mined.lists.allow) allow.push_back(object_of(entry));
  return {{"reject", std::move(reject)}, {"allow", std::move(allow)}};
}

json::object proof_of(const rules::Proposal& proposal) {
  const rules::Effect& effect = proposal.effect;
  return {{"campaign_mail", effect.total},
          {"stopped", effect.stopped},
          {"forged", effect.forged},
          {"wanted_mail", effect.wanted},
          {"wanted_touched", effect.wanted_touched},
          {"wanted_senders_touched", effect.senders_touched},
          {"other_scam", effect.other},
          {"other_scam_stopped", effect.other_stopped},
          {"bound", proposal.mined.bound},
          {"proved", proposal.mined.proved}};
}

json::object replay_of(const rules::Replay& replay) {
  return {{"days", replay.days},
          {"later", replay.later},
          {"stopped", replay.stopped},
          {"known_wanted_touched", replay.known_touched},
          {"new_wanted_touched", replay.new_touched}};
}

json::object choice_of(const rules::Proposal& proposal) {
  json::object choice{
      {"rules", lists_of(proposal)}, {"proof", proof_of(proposal)}, {"replay", replay_of(proposal.replay)}};
  json::array shared;
  for (const std::string& domain : proposal.shared_domains) shared.push_back(json::value(valid_utf8(domain)));
  choice["shared_domains"] = std::move(shared);
  choice["newcomers_60_days"] = proposal.newcomers_there;
  return choice;
}

json::array campaigns_of(const RulesAnswer& answer) {
  json::array campaigns;
  const auto& names = answer.gathered.evidence.campaigns();
  const rules::Proposal& first = answer.proposals.first;
  for (std::uint32_t i = 0; i < names.size(); ++i) {
    const rules::CampaignEffect& effect = first.effect.campaigns[i];
    const rules::CampaignEffect& later = first.replay.campaigns[i];
    const bool moves = std::find(answer.moving.begin(), answer.moving.end(), i) != answer.moving.end();
    campaigns.push_back(json::object{{"id", valid_utf8(names[i])},
                                     {"mail", effect.total},
                                     {"stopped", effect.stopped},
                                     {"forged", effect.forged},
                                     {"later", later.total},
                                     {"later_stopped", later.stopped},
                                     {"senders_move", moves}});
  }
  return campaigns;
}

json::value content_of(const RulesAnswer& answer) {
  if (!answer.content) return nullptr;
  const rules::TraitProposal& content = *answer.content;
  json::array entries;
  for (const rules::TraitEntry& entry : content.entries)
    entries.push_back(json::object{{"match", rules::name(entry.trait)}, {"value", valid_utf8(entry.value)}});
  json::array allow;
  for (const rules::Entry& entry : answer.spared) allow.push_back(object_of(entry));
  return json::object{{"entries", std::move(entries)},
                      {"allow", std::move(allow)},
                      {"forged", content.forged},
                      {"campaign_mail", content.total},
                      {"stopped", content.stopped},
                      {"wanted_mail", content.wanted},
                      {"wanted_touched", 0},
                      {"later", content.later},
                      {"later_stopped", content.later_stopped},
                      {"bound", content.bound},
                      {"proved", content.proved}};
}

}  // namespace

std::string rules_json(const RulesAnswer& answer, const Session& session) {
  const rules::Proposals& proposals = answer.proposals;
  json::object out{{"schema", "sekisho.rules/1"},
                   {"carrier", answer.dialect.id},
                   {"messages", answer.gathered.messages},
                   {"doubtful", answer.gathered.doubtful},
                   {"campaigns", campaigns_of(answer)}};
  for (auto& [key, value] : choice_of(proposals.first)) out[key] = std::move(value);
  out["second"] = proposals.second ? json::value(choice_of(*proposals.second)) : json::value(nullptr);
  out["by_host"] = proposals.by_host ? json::value(choice_of(*proposals.by_host)) : json::value(nullptr);
  json::value fewer = nullptr;
  if (proposals.if_subdomains) {
    json::array entries;
    for (const rules::Entry& entry : proposals.if_subdomains->lists.reject) entries.push_back(object_of(entry));
    fewer = std::move(entries);
  }
  out["reject_if_subdomains"] = std::move(fewer);
  out["content"] = content_of(answer);
  json::array notes;
  for (const std::string& note : cautions(answer.dialect, !proposals.first.mined.lists.allow.empty(),
                                          proposals.first.mined.lists.reject.size(), session.voice))
    notes.push_back(json::value(note));
  out["cautions"] = std::move(notes);
  const std::string_view taps = answer.dialect.taps.in(session.voice.lang());
  out["taps"] = taps.empty() ? json::value(nullptr) : json::value(taps);
  const bool any = !proposals.first.mined.lists.reject.empty();
  out["next"] = json::array{json::value(session.voice.say(any ? "rules.next.type" : "rules.next.none"))};
  return to_json(out) + '\n';
}

}  // namespace sekisho::app
