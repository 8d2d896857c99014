// sekisho rules test: a list tried on a mailbox, message by message: what it stops, whom it hurts.
#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <boost/json/array.hpp>

#include "app/json.h"
#include "app/rules_evidence.h"
#include "app/rules_list.h"
#include "rules/decide.h"

namespace sekisho::app {
namespace {

namespace json = boost::json;

/// Refused senders that are named after a test; --format json has all.
constexpr std::size_t most_senders_shown = 30;

/// Under every reading: `stops` in all of them, `touches` in any.
struct Worst {
  bool stops = true, touches = false;
  std::optional<std::size_t> rule;
};
Worst decide_worst(const rules::RuleList& list, const rules::Traits& traits, const rules::Dialect& place) {
  Worst worst;
  for (const rules::Reading& reading : place.readings()) {
    const rules::Decision decision = rules::decide(list, traits, reading);
    worst.stops &= decision.refused;
    worst.touches |= decision.refused;
    if (decision.refused) worst.rule = decision.rule;
  }
  return worst;
}

struct Tested {
  std::uint64_t messages = 0, refused = 0, campaign = 0, campaign_stopped = 0, wanted = 0, wanted_touched = 0,
                other = 0, other_stopped = 0;
  std::map<std::string, std::uint64_t> senders;  ///< refused; wanted ones where a scan tells
  std::vector<std::uint64_t> refused_positions;
  std::vector<std::string> kept_touched;
  void count(const Worst& worst, const ReportedMessage& reported, const std::string& sender, std::uint64_t position) {
    ++messages;
    refused += worst.stops ? 1 : 0;
    if (worst.stops) refused_positions.push_back(position);
    const bool scam = reported.standing == ReportedMessage::Standing::scam;
    if (scam && !reported.campaign.empty()) {
      ++campaign;
      campaign_stopped += worst.stops ? 1 : 0;
    } else if (scam) {
      ++other;
      other_stopped += worst.stops ? 1 : 0;
    } else {
      ++wanted;
      wanted_touched += worst.touches ? 1 : 0;
      if (worst.touches) ++senders[sender];
    }
  }
};

std::string tested_text(const Tested& tested, const ListRun& run) {
  const Voice& voice = run.session.voice;
  const bool with_scan = run.session.options.rules.scan.has_value();
  const auto n = [](std::uint64_t number) { return std::to_string(number); };
  std::string out;
  if (with_scan)
    out = voice.say("rules.test.with_scan", {{"stopped", n(tested.campaign_stopped)},
                                             {"campaign", n(tested.campaign)},
                                             {"touched", n(tested.wanted_touched)},
                                             {"wanted", n(tested.wanted)},
                                             {"other", n(tested.other_stopped)}}) +
          '\n';
  else
    out =
        voice.say("rules.test.without_scan", {{"refused", n(tested.refused)}, {"messages", n(tested.messages)}}) + '\n';
  if (!tested.senders.empty()) out += '\n' + voice.say(with_scan ? "rules.test.hurt" : "rules.test.refused") + '\n';
  std::vector<std::pair<std::uint64_t, std::string>> most;
  for (const auto& [sender, count] : tested.senders) most.emplace_back(count, sender);
  std::sort(most.rbegin(), most.rend());
  for (std::size_t i = 0; i < std::min(most.size(), most_senders_shown); ++i)
    out += fmt::format("  {:>6}  {}\n", most[i].first, for_terminal(most[i].second));
  if (most.size() > most_senders_shown)
    out += voice.say("rules.rest", {{"n", n(most.size() - most_senders_shown)}}) + '\n';
  for (const std::string& kept : tested.kept_touched)
    out += voice.say("rules.test.kept", {{"sender", for_terminal(kept)}}) + '\n';
  const bool hurts = with_scan && (tested.wanted_touched > 0 || !tested.kept_touched.empty());
  return out + '\n' +
         voice.say(hurts       ? "rules.test.next_hurt"
                   : with_scan ? "rules.test.next_good"
                               : "rules.test.next_look") +
         '\n';
}

std::string tested_json(const Tested& tested) {
  json::object senders;
  for (const auto& [sender, count] : tested.senders) senders[valid_utf8(sender)] = count;
  json::array kept, positions;
  for (const std::string& one : tested.kept_touched) kept.push_back(json::value(valid_utf8(one)));
  for (const std::uint64_t position : tested.refused_positions) positions.push_back(position);
  return to_json(json::object{{"schema", "sekisho.rules_test/1"},
                              {"messages", tested.messages},
                              {"refused", tested.refused},
                              {"campaign_mail", tested.campaign},
                              {"campaign_stopped", tested.campaign_stopped},
                              {"wanted_mail", tested.wanted},
                              {"wanted_touched", tested.wanted_touched},
                              {"other_scam", tested.other},
                              {"other_scam_stopped", tested.other_stopped},
                              {"touched_senders", std::move(senders)},
                              {"kept_touched", std::move(kept)},
                              {"refused_positions", std::move(positions)}}) +
         '\n';
}

}  // namespace

int test_list(const ListRun& run) {
  if (run.words.empty()) return complain(run.session, list_usage("a mailbox is missing", Said{"usage.no_mailbox", {}}));
  const auto place = place_of(run.session.options.rules, run.dialects, "generic");
  if (!place) return complain(run.session, place.error());
  const RulesOptions& options = run.session.options.rules;
  const auto report = options.scan ? report_from(*options.scan) : Result<ScanReport>(ScanReport{});
  if (!report) return complain(run.session, report.error());
  const auto keep = kept_senders(options.keep);
  if (!keep) return complain(run.session, keep.error());
  Tested tested;
  const HowMuch how_much = run.list.content().empty() ? HowMuch::senders : HowMuch::everything;
  const std::uint64_t messages =
      each_mail(run.session, run.words, how_much, [&](const MessagePlace& at, MailTraits&& mail) {
        tested.count(decide_worst(run.list, mail.traits, **place), report->find(at, mail.uidl, mail.message_id),
                     mail.traits.senders.empty() ? std::string() : mail.traits.senders.front(), at.position);
      });
  if (messages == 0)
    return complain(run.session, {ErrorCode::unreadable, "holds no message", run.words.front(),
                                  "give a mail file, an mbox, or a folder of mail", Said{"input.no_message", {}}});
  for (const std::string& one : *keep)
    if (one.find('@') != std::string::npos &&
        decide_worst(run.list, {{rules::lowered(one)}, {}, {}, {}}, **place).touches)
      tested.kept_touched.push_back(one);
  const bool hurts = tested.wanted_touched > 0 || !tested.kept_touched.empty();
  return print(run.session, run.format == RulesFormat::json ? tested_json(tested) : tested_text(tested, run),
               hurts && options.scan ? 1 : 0);
}

}  // namespace sekisho::app
