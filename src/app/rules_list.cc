// sekisho rules add|list|remove|check|test|age: the list kept by hand.
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <map>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "app/json.h"
#include "app/mail_traits.h"
#include "app/rules_answer.h"
#include "app/rules_commands.h"
#include "base/limits.h"
#include "mailbox/reader.h"
#include "rules/age.h"

namespace sekisho::app {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

constexpr std::size_t report_bytes = std::size_t{1} << 30U;
/// Refused senders that are named after a test; --format json has all.
constexpr std::size_t most_senders_shown = 30;

Error usage(std::string what, Said said = {}) {
  return {ErrorCode::usage, std::move(what), {}, "sekisho rules --help", std::move(said)};
}

/// The words of `add` and `remove`: the list and the mode may be left out, and are then told from the value.
tl::expected<rules::Rule, rules::Mistake> rule_from(std::vector<std::string> words) {
  std::string list = "reject", mode, value;
  if (!words.empty() && (words.front() == "reject" || words.front() == "allow")) {
    list = words.front();
    words.erase(words.begin());
  }
  if (words.size() > 1) {
    mode = words.front();
    words.erase(words.begin());
  }
  value = fmt::format("{}", fmt::join(words, " "));
  if (mode.empty()) {
    const std::string plain = rules::lowered(value);
    if (plain.starts_with('@')) return rules::make_rule(list, "domain", std::string_view(plain).substr(1));
    mode = plain.find('@') != std::string::npos ? "exact" : "domain";
  }
  return rules::make_rule(list, mode, value);
}

class ListCommands {
 public:
  ListCommands(const Session& session, const rules::Dialects& dialects)
      : session_(session),
        dialects_(dialects),
        voice_(session.voice),
        options_(session.options.rules),
        words_(options_.words.begin() + 1, options_.words.end()) {}

  int run() {
    const std::string& verb = options_.words.front();
    const auto format = rules_format(session_);
    if (!format) return complain(session_, format.error());
    format_ = *format;
    const auto path = list_path(session_);
    if (!path) return complain(session_, path.error());
    path_ = *path;
    std::error_code ignored;
    if (fs::exists(path_, ignored)) {
      auto text = read_whole(path_, limits::rule_list_bytes);
      if (!text) return complain(session_, text.error());
      text_ = std::move(*text);
    } else if (options_.list && verb != "add") {
      return complain(session_, {ErrorCode::unreadable, "there is no such list", path_, "sekisho rules add VALUE",
                                 Said{"input.no_list", {}}});
    }
    auto list = rules::read_rule_list(text_, path_);
    if (!list) return complain(session_, list.error());
    list_ = std::move(*list);
    if (verb == "add") return add();
    if (verb == "remove") return remove();
    for (const rules::Mistake& mistake : list_.mistakes) complain_about(mistake);
    if (verb == "check") return check();
    if (verb == "test") return test();
    if (verb == "age") return age();
    return show();
  }

 private:
  int add() {
    if (words_.empty()) return complain(session_, usage("what is to be added is missing", Said{"usage.rule", {}}));
    auto rule = rule_from(words_);
    if (!rule) {
      complain_about(rule.error());
      return exit_code::usage;
    }
    const std::string line = for_terminal(rules::to_line(*rule));
    for (const rules::Rule& one : list_.rules)
      if (one.same_as(*rule)) return print(session_, voice_.say("rules.add.there", {{"rule", line}}) + '\n', 0);
    if (const auto price = price_of(*rule); !price.empty() && !options_.yes) {
      std::fputs(fmt::format("sekisho: {}\n  {}\n", price, voice_.say("rules.add.confirm")).c_str(), stderr);
      return exit_code::usage;
    }
    if (list_.rules.size() >= limits::rule_entries) return complain(session_, usage("the list is full"));
    // fmt::gmtime: a day is enough, and no zone is asked for.
    rule->note = options_.note.value_or(fmt::format(
        "{:%Y-%m-%d}", fmt::gmtime(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now()))));
    std::erase_if(rule->note, [](char c) { return c == '\n' || c == '\r'; });
    if (const auto ok = save(rules::with_rule(text_, *rule)); !ok) return complain(session_, ok.error());
    return print(session_, voice_.say("rules.add.done", {{"rule", line}, {"file", for_terminal(path_)}}) + '\n', 0);
  }

  /// What a rule may cost that nobody sees at once; "" when nothing is known.
  std::string price_of(const rules::Rule& rule) const {
    const std::string& value = rule.sender ? rule.sender->value : rule.content->value;
    if (rule.allow || (rule.sender && rule.sender->mode == rules::Mode::exact)) return {};
    std::string_view name = value;
    if (const std::size_t sign = name.find('@'); sign != std::string_view::npos) name.remove_prefix(sign + 1);
    if (name.starts_with('.')) name.remove_prefix(1);
    const rules::Ground ground(session_.engine.knowledge());
    const std::string shown = for_terminal(name);
    switch (ground.shared(name)) {
      case rules::Shared::mail_of_people:
        return voice_.say("rules.price.people", {{"domain", shown}});
      case rules::Shared::place_of_many:
        return voice_.say("rules.price.many", {{"domain", shown}});
      case rules::Shared::genuine:
        return voice_.say("rules.price.genuine", {{"domain", shown}});
      case rules::Shared::no:
        break;
    }
    const bool piece =
        rule.sender && (rule.sender->mode == rules::Mode::contains || rule.sender->mode == rules::Mode::prefix ||
                        (rule.sender->mode == rules::Mode::suffix && value.front() != '@' && value.front() != '.'));
    if (piece && ground.is_common(name.substr(0, name.find('.'))))
      return voice_.say("rules.price.common", {{"value", for_terminal(value)}});
    return {};
  }

  int remove() {
    if (words_.empty()) return complain(session_, usage("what is to be removed is missing", Said{"usage.rule", {}}));
    auto wanted = rule_from(words_);
    const std::string value = rules::lowered(words_.back());
    std::string text = text_;
    std::vector<std::string> gone;
    for (const rules::Rule& rule : list_.rules) {
      const std::string& own = rule.sender ? rule.sender->value : rule.content->value;
      // The value alone is enough, where it means one thing.
      const bool meant = (wanted && rule.same_as(*wanted)) || (words_.size() == 1 && own == value);
      if (!meant) continue;
      gone.push_back(for_terminal(rules::to_line(rule)));
      text = rules::without_rule(text_, list_, rule);
    }
    if (gone.empty())
      return complain(session_, {ErrorCode::usage, fmt::format("'{}' is not in the list", fmt::join(words_, " ")),
                                 path_, "sekisho rules list",
                                 Said{"usage.not_in_list", {{"rule", fmt::format("{}", fmt::join(words_, " "))}}}});
    if (gone.size() > 1 && words_.size() == 1) {
      std::sort(gone.begin(), gone.end());
      gone.erase(std::unique(gone.begin(), gone.end()), gone.end());
      if (gone.size() > 1)
        return complain(session_, usage(fmt::format("'{}' stands in several rules: {}", value, fmt::join(gone, "; "))));
    }
    if (const auto ok = save(text); !ok) return complain(session_, ok.error());
    return print(session_,
                 voice_.say("rules.remove.done", {{"rule", gone.front()}, {"file", for_terminal(path_)}}) + '\n', 0);
  }

  int show() {
    if (format_ == RulesFormat::json) {
      json::array all;
      for (const rules::Rule& rule : list_.rules) all.push_back(object_of(rule));
      return print(session_,
                   to_json(json::object{
                       {"schema", "sekisho.rules_list/1"}, {"file", valid_utf8(path_)}, {"rules", std::move(all)}}) +
                       '\n',
                   0);
    }
    if (format_ != RulesFormat::text) return print_export(session_, list_, format_);
    if (list_.rules.empty())
      return print(session_, voice_.say("rules.list.empty", {{"file", for_terminal(path_)}}) + '\n', 0);
    std::string out;
    for (const rules::Rule& rule : list_.rules) out += for_terminal(rules::to_line(rule)) + '\n';
    return print(session_, out + '\n' + voice_.say("rules.list.next") + '\n', 0);
  }

  /// Mistakes were named already; what a place cannot take, and what a rule may cost.
  int check() {
    const auto place = place_of(options_, dialects_, "generic");
    if (!place) return complain(session_, place.error());
    std::vector<std::string> remarks;
    std::size_t rejects = 0, allows = 0;
    for (const rules::Rule& rule : list_.rules) {
      const std::string line = for_terminal(rules::to_line(rule));
      ++(rule.allow ? allows : rejects);
      const bool generic = *place == &rules::Dialects::generic();
      if (rule.content ? !generic
                       : !(rule.allow ? (*place)->allows(rule.sender->mode) : (*place)->offers(rule.sender->mode)))
        remarks.push_back(voice_.say("rules.check.cannot",
                                     {{"rule", line}, {"place", std::string((*place)->name.in(voice_.lang()))}}));
      if (const std::string price = price_of(rule); !price.empty())
        remarks.push_back(fmt::format("{}: {}", line, price));
    }
    for (const auto& [count, limit] :
         {std::pair(rejects, (*place)->max_reject), std::pair(allows, (*place)->max_allow)})
      if (limit.entries && count > *limit.entries)
        remarks.push_back(voice_.say("rules.check.too_many",
                                     {{"n", std::to_string(count)}, {"most", std::to_string(*limit.entries)}}));
    for (const std::string& caution : cautions(**place, allows > 0, 0, voice_)) remarks.push_back(caution);
    const bool bad = !list_.mistakes.empty();
    std::string out;
    for (const std::string& remark : remarks) out += remark + '\n';
    out +=
        voice_.say(bad ? "rules.check.bad" : "rules.check.good",
                   {{"n", std::to_string(list_.rules.size())}, {"mistakes", std::to_string(list_.mistakes.size())}}) +
        '\n';
    return print(session_, out, bad ? 1 : 0);
  }

  int test() {
    if (words_.empty()) return complain(session_, usage("a mailbox is missing", Said{"usage.no_mailbox", {}}));
    const auto place = place_of(options_, dialects_, "generic");
    if (!place) return complain(session_, place.error());
    ScanReport report;
    if (options_.scan) {
      const auto text = read_whole(*options_.scan, report_bytes);
      if (!text) return complain(session_, text.error());
      auto parsed = parse_scan_report(*text, *options_.scan);
      if (!parsed) return complain(session_, parsed.error());
      report = std::move(*parsed);
    }
    const auto keep = kept_senders(options_.keep);
    if (!keep) return complain(session_, keep.error());
    Tested tested;
    const bool needs_body = !list_.content().empty();
    std::uint64_t position = 0;
    mailbox::read_all(
        words_,
        [&](const mailbox::Item& item) {
          const MailTraits mail = mail_traits(item.bytes, needs_body ? HowMuch::everything : HowMuch::senders);
          tested.count(decide_worst(mail.traits, **place),
                       report.find({item.input, item.index, position}, mail.uidl, mail.message_id),
                       mail.traits.senders.empty() ? std::string() : mail.traits.senders.front(), position);
          ++position;
          return true;
        },
        [&](const mailbox::Unreadable& unreadable) { complain(session_, unreadable.error); });
    if (position == 0)
      return complain(session_, {ErrorCode::unreadable, "holds no message", words_.front(),
                                 "give a mail file, an mbox, or a folder of mail", Said{"input.no_message", {}}});
    for (const std::string& one : *keep)
      if (one.find('@') != std::string::npos && decide_worst({{rules::lowered(one)}, {}, {}}, **place).touches)
        tested.kept_touched.push_back(one);
    const bool hurts = tested.wanted_touched > 0 || !tested.kept_touched.empty();
    return print(session_, format_ == RulesFormat::json ? tested_json(tested) : tested_text(tested),
                 hurts && options_.scan ? 1 : 0);
  }

  /// Under every reading: `stops` in all of them, `touches` in any.
  struct Worst {
    bool stops = true, touches = false;
    std::optional<std::size_t> rule;
  };
  Worst decide_worst(const rules::Traits& traits, const rules::Dialect& place) const {
    Worst worst;
    for (const rules::Reading& reading : place.readings()) {
      const rules::Decision decision = rules::decide(list_, traits, reading);
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

  std::string tested_text(const Tested& tested) const {
    const auto n = [](std::uint64_t number) { return std::to_string(number); };
    std::string out;
    if (options_.scan)
      out = voice_.say("rules.test.with_scan", {{"stopped", n(tested.campaign_stopped)},
                                                {"campaign", n(tested.campaign)},
                                                {"touched", n(tested.wanted_touched)},
                                                {"wanted", n(tested.wanted)},
                                                {"other", n(tested.other_stopped)}}) +
            '\n';
    else
      out = voice_.say("rules.test.without_scan", {{"refused", n(tested.refused)}, {"messages", n(tested.messages)}}) +
            '\n';
    if (!tested.senders.empty())
      out += '\n' + voice_.say(options_.scan ? "rules.test.hurt" : "rules.test.refused") + '\n';
    std::vector<std::pair<std::uint64_t, std::string>> most;
    for (const auto& [sender, count] : tested.senders) most.emplace_back(count, sender);
    std::sort(most.rbegin(), most.rend());
    for (std::size_t i = 0; i < std::min(most.size(), most_senders_shown); ++i)
      out += fmt::format("  {:>6}  {}\n", most[i].first, for_terminal(most[i].second));
    if (most.size() > most_senders_shown)
      out += voice_.say("rules.rest", {{"n", n(most.size() - most_senders_shown)}}) + '\n';
    for (const std::string& kept : tested.kept_touched)
      out += voice_.say("rules.test.kept", {{"sender", for_terminal(kept)}}) + '\n';
    const bool hurts = options_.scan && (tested.wanted_touched > 0 || !tested.kept_touched.empty());
    return out + '\n' +
           voice_.say(hurts           ? "rules.test.next_hurt"
                      : options_.scan ? "rules.test.next_good"
                                      : "rules.test.next_look") +
           '\n';
  }

  std::string tested_json(const Tested& tested) const {
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

  int age() {
    const auto place = place_of(options_, dialects_, "generic");
    if (!place) return complain(session_, place.error());
    rules::Evidence evidence;
    mailbox::read_all(
        words_,
        [&](const mailbox::Item& item) {
          const MailTraits mail = mail_traits(item.bytes, HowMuch::senders);
          for (const std::string& sender : mail.traits.senders)
            evidence.add(sender, rules::Sort::other, rules::no_campaign, mail.time);
          return true;
        },
        [&](const mailbox::Unreadable& unreadable) { complain(session_, unreadable.error); });
    evidence.finish();
    const auto aged = rules::age(list_, evidence, (*place)->readings().front());
    if (format_ == RulesFormat::json) return print(session_, aged_json(aged), 0);
    std::string out;
    for (const rules::Aged& one : aged)
      out += voice_.say(fmt::format("rules.age.{}", rules::name(one.what)),
                        {{"rule", for_terminal(rules::to_line(list_.rules[one.rule]))},
                         {"other", one.by ? for_terminal(rules::to_line(list_.rules[*one.by])) : std::string()},
                         {"date", fmt::format("{:%Y-%m-%d}", fmt::gmtime(static_cast<std::time_t>(one.last)))},
                         {"days", std::to_string(rules::silent_days)}}) +
             '\n';
    return print(session_, out + voice_.say(aged.empty() ? "rules.age.good" : "rules.age.next") + '\n', 0);
  }

  std::string aged_json(const std::vector<rules::Aged>& aged) const {
    json::array all;
    for (const rules::Aged& one : aged) {
      json::object object{{"what", rules::name(one.what)}, {"rule", object_of(list_.rules[one.rule])}};
      object["by"] = one.by ? json::value(object_of(list_.rules[*one.by])) : json::value(nullptr);
      object["last"] = one.last > 0 ? json::value(one.last) : json::value(nullptr);
      all.push_back(std::move(object));
    }
    return to_json(json::object{{"schema", "sekisho.rules_age/1"}, {"found", std::move(all)}}) + '\n';
  }

  static json::object object_of(const rules::Rule& rule) {
    json::object object{{"list", rule.allow ? "allow" : "reject"},
                        {"match", rule.sender ? rules::name(rule.sender->mode) : rules::name(rule.content->trait)},
                        {"value", valid_utf8(rule.sender ? rule.sender->value : rule.content->value)},
                        {"note", valid_utf8(rule.note)},
                        {"line", rule.line}};
    return object;
  }

  void complain_about(const rules::Mistake& mistake) const {
    std::string out = "sekisho: ";
    if (mistake.line > 0) out += fmt::format("{}:{}: ", for_terminal(path_), mistake.line);
    out += fmt::format("'{}': {}\n", for_terminal(mistake.written),
                       voice_.say(fmt::format("rules.slip.{}", rules::name(mistake.slip))));
    if (mistake.likely)
      out += "  " + voice_.say("rules.slip_meant", {{"rule", for_terminal(rules::to_line(*mistake.likely))}}) + '\n';
    std::fputs(out.c_str(), stderr);
  }

  /// The new text beside the old one, then in its place: a full disk or a lost process leaves the old list.
  Result<void> save(const std::string& text) const {
    std::error_code error;
    if (const fs::path folder = fs::path(path_).parent_path(); !folder.empty()) fs::create_directories(folder, error);
    const std::string beside = path_ + ".new";
    std::FILE* file = std::fopen(beside.c_str(), "wb");
    const auto failed = [&] {
      return fail(ErrorCode::unreadable, "cannot be written", path_, "check the folder and that you may write there");
    };
    if (file == nullptr) return failed();
    bool ok = std::fwrite(text.data(), 1, text.size(), file) == text.size();
    ok = std::fflush(file) == 0 && fsync(fileno(file)) == 0 && ok;
    ok = std::fclose(file) == 0 && ok;
    if (ok) fs::rename(beside, path_, error);
    if (ok && !error) return {};
    fs::remove(beside, error);
    return failed();
  }

  const Session& session_;
  const rules::Dialects& dialects_;
  const Voice& voice_;
  const RulesOptions& options_;
  std::vector<std::string> words_;
  RulesFormat format_ = RulesFormat::text;
  std::string path_, text_;
  rules::RuleList list_;
};

}  // namespace

Result<std::string> list_path(const Session& session) {
  if (session.options.rules.list) return *session.options.rules.list;
  if (session.settings.state.value.empty())
    return fail(ErrorCode::usage, "no folder is known where the list is kept", {}, "--list FILE or --state DIR");
  return (session.settings.state.value / "rules.txt").string();
}

int run_rules_list(const Session& session, const rules::Dialects& dialects) {
  return ListCommands(session, dialects).run();
}

}  // namespace sekisho::app
