// sekisho rules age: what time has done to a list.
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <boost/json/array.hpp>

#include "app/json.h"
#include "app/rules_evidence.h"
#include "app/rules_list.h"
#include "rules/age.h"

namespace sekisho::app {
namespace {

namespace json = boost::json;

std::string aged_json(const std::vector<rules::Aged>& aged, const rules::RuleList& list) {
  json::array all;
  for (const rules::Aged& one : aged) {
    json::object object{{"what", rules::name(one.what)}, {"rule", object_of(list.rules[one.rule])}};
    object["by"] = one.by ? json::value(object_of(list.rules[*one.by])) : json::value(nullptr);
    object["last"] = one.last > 0 ? json::value(one.last) : json::value(nullptr);
    all.push_back(std::move(object));
  }
  return to_json(json::object{{"schema", "sekisho.rules_age/1"}, {"found", std::move(all)}}) + '\n';
}

}  // namespace

int age_list(const ListRun& run) {
  const auto place = place_of(run.session.options.rules, run.dialects, "generic");
  if (!place) return complain(run.session, place.error());
  rules::Evidence evidence;
  if (!run.words.empty())
    each_mail(run.session, run.words, HowMuch::senders, [&](const MessagePlace&, MailTraits&& mail) {
      for (const std::string& sender : mail.traits.senders)
        evidence.add(sender, rules::Sort::other, rules::no_campaign, mail.time);
    });
  evidence.finish();
  const auto aged = rules::age(run.list, evidence, (*place)->readings().front());
  if (run.format == RulesFormat::json) return print(run.session, aged_json(aged, run.list), 0);
  std::string out;
  for (const rules::Aged& one : aged)
    out += run.session.voice.say(
               fmt::format("rules.age.{}", rules::name(one.what)),
               {{"rule", for_terminal(rules::to_line(run.list.rules[one.rule]))},
                {"other", one.by ? for_terminal(rules::to_line(run.list.rules[*one.by])) : std::string()},
                {"date", fmt::format("{:%Y-%m-%d}", fmt::gmtime(static_cast<std::time_t>(one.last)))},
                {"days", std::to_string(rules::silent_days)}}) +
           '\n';
  return print(run.session, out + run.session.voice.say(aged.empty() ? "rules.age.good" : "rules.age.next") + '\n', 0);
}

}  // namespace sekisho::app
