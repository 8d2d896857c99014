// sekisho rules check: what a place cannot take of the list kept by hand, and what a rule may cost. Lines that are no
// rules were named when the list was read.
#include <algorithm>

#include <fmt/format.h>
#include <boost/json/array.hpp>

#include "app/json.h"
#include "app/rules_answer.h"
#include "app/rules_list.h"

namespace sekisho::app {

namespace json = boost::json;

std::string price_of(const rules::Rule& rule, const Session& session) {
  const std::string& value = rule.sender ? rule.sender->value : rule.content->value;
  if (rule.allow || (rule.sender && rule.sender->mode == rules::Mode::exact)) return {};
  std::string_view name = value;
  if (const std::size_t sign = name.find('@'); sign != std::string_view::npos) name.remove_prefix(sign + 1);
  if (name.starts_with('.')) name.remove_prefix(1);
  const rules::Ground ground(session.engine.knowledge());
  const std::string shown = for_terminal(name);
  switch (ground.shared(name)) {
    case rules::Shared::mail_of_people:
      return session.voice.say("rules.price.people", {{"domain", shown}});
    case rules::Shared::place_of_many:
      return session.voice.say("rules.price.many", {{"domain", shown}});
    case rules::Shared::genuine:
      return session.voice.say("rules.price.genuine", {{"domain", shown}});
    case rules::Shared::no:
      break;
  }
  const bool piece =
      rule.sender && (rule.sender->mode == rules::Mode::contains || rule.sender->mode == rules::Mode::prefix ||
                      (rule.sender->mode == rules::Mode::suffix && value.front() != '@' && value.front() != '.'));
  if (piece && ground.is_common(name.substr(0, name.find('.'))))
    return session.voice.say("rules.price.common", {{"value", for_terminal(value)}});
  return {};
}

namespace {

/// What the place may do otherwise than the list means.
std::vector<std::string> doubts(const rules::Dialect& place, const rules::RuleList& list, std::size_t allows,
                                const Voice& voice) {
  std::vector<std::string> sentences;
  const auto say = [&](std::string_view key) { sentences.push_back(voice.say(key, {{"n", std::to_string(allows)}})); };
  const bool whole_domains = std::any_of(list.rules.begin(), list.rules.end(), [](const rules::Rule& rule) {
    return !rule.allow && rule.sender && rule.sender->mode == rules::Mode::domain;
  });
  if (!place.modes_confirmed) say("rules.caution.modes");
  if (whole_domains && place.subdomains == rules::Known::unknown) say("rules.check.subdomains");
  if (allows == 0 || &place == &rules::Dialects::generic()) return sentences;
  if (place.allow_modes.empty())
    say("rules.check.allow_none");
  else if (place.precedence == rules::Precedence::reject)
    say("rules.check.allow_lost");
  else if (place.precedence == rules::Precedence::unknown)
    say("rules.check.allow_unsure");
  else
    say(place.precedence == rules::Precedence::allow_when_marked ? "rules.caution.marked"
                                                                 : "rules.caution.allow_first");
  return sentences;
}

std::string checked_json(const ListRun& run, const std::vector<std::string>& remarks) {
  json::array mistakes, said;
  for (const rules::Mistake& mistake : run.list.mistakes)
    mistakes.push_back(json::object{
        {"line", mistake.line},
        {"written", valid_utf8(mistake.written)},
        {"what", rules::name(mistake.slip)},
        {"likely", mistake.likely ? json::value(valid_utf8(rules::to_line(*mistake.likely))) : json::value(nullptr)}});
  for (const std::string& remark : remarks) said.push_back(json::value(valid_utf8(remark)));
  return to_json(json::object{{"schema", "sekisho.rules_check/1"},
                              {"file", valid_utf8(run.path)},
                              {"rules", run.list.rules.size()},
                              {"mistakes", std::move(mistakes)},
                              {"remarks", std::move(said)}}) +
         '\n';
}

}  // namespace

int check_list(const ListRun& run) {
  const auto place = place_of(run.session.options.rules, run.dialects, "generic");
  if (!place) return complain(run.session, place.error());
  std::vector<std::string> remarks;
  std::size_t rejects = 0, allows = 0;
  for (const rules::Rule& rule : run.list.rules) {
    const std::string line = for_terminal(rules::to_line(rule));
    ++(rule.allow ? allows : rejects);
    const bool generic = *place == &rules::Dialects::generic();
    if (rule.content ? !generic
                     : !(rule.allow ? (*place)->allows(rule.sender->mode) : (*place)->offers(rule.sender->mode)))
      remarks.push_back(run.session.voice.say(
          "rules.check.cannot", {{"rule", line}, {"place", std::string((*place)->name.in(run.session.voice.lang()))}}));
    if (const std::string price = price_of(rule, run.session); !price.empty())
      remarks.push_back(fmt::format("{}: {}", line, price));
  }
  for (const auto& [count, limit] : {std::pair(rejects, (*place)->max_reject), std::pair(allows, (*place)->max_allow)})
    if (limit.entries && count > *limit.entries)
      remarks.push_back(run.session.voice.say(
          "rules.check.too_many", {{"n", std::to_string(count)}, {"most", std::to_string(*limit.entries)}}));
  for (const std::string& doubt : doubts(**place, run.list, allows, run.session.voice)) remarks.push_back(doubt);
  const bool bad = !run.list.mistakes.empty();
  if (run.format == RulesFormat::json) return print(run.session, checked_json(run, remarks), bad ? 1 : 0);
  std::string out;
  for (const std::string& remark : remarks) out += remark + '\n';
  out += run.session.voice.say(
             bad ? "rules.check.bad" : "rules.check.good",
             {{"n", std::to_string(run.list.rules.size())}, {"mistakes", std::to_string(run.list.mistakes.size())}}) +
         '\n';
  return print(run.session, out, bad ? 1 : 0);
}

}  // namespace sekisho::app
