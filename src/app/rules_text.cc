// sekisho rules: the proposal as a person reads it, with the proof beside it.
#include <algorithm>
#include <span>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include "app/rules_answer.h"

namespace sekisho::app {
namespace {

/// Entries of one list that are printed; the exports have all.
constexpr std::size_t most_shown = 60;

/// Names that came out of mails, on one line.
std::string named(const std::vector<std::string>& names) {
  return for_terminal(fmt::format("{}", fmt::join(names, ", ")));
}

class Writer {
 public:
  Writer(const RulesAnswer& answer, const Session& session)
      : answer_(answer),
        voice_(session.voice),
        paint_(paint_for(session.settings.color.value)),
        width_(terminal_width(STDOUT_FILENO)) {}

  std::string write() {
    const rules::Proposal& first = answer_.proposals.first;
    if (first.effect.total == 0) {
      say("rules.empty");
      say("rules.next.none");
      return std::move(out_);
    }
    summary(first);
    lists(first);
    proof(first);
    if (first.mined.lists.reject.empty()) say("rules.nothing_safe");
    if (answer_.proposals.if_subdomains) {
      heading("rules.heading.if_subdomains");
      say("rules.if_subdomains", {{"entries", std::to_string(answer_.proposals.if_subdomains->lists.reject.size())}});
      for (const rules::Entry& one : answer_.proposals.if_subdomains->lists.reject) entry(one, "");
    }
    if (answer_.proposals.by_host) by_host(*answer_.proposals.by_host);
    if (answer_.proposals.second) second(*answer_.proposals.second);
    moving();
    place(first);
    heading("rules.heading.next");
    say(first.mined.lists.reject.empty() ? "rules.next.none" : "rules.next.type");
    return std::move(out_);
  }

 private:
  using Values = std::initializer_list<std::pair<std::string_view, std::string>>;

  void heading(std::string_view key) { out_ += '\n' + paint_.strong(voice_.say(key)) + '\n'; }
  void say(std::string_view key, Values values = {}) {
    out_ += wrap(voice_.say(key, values), width_, voice_.lang(), "  ", "  ");
  }

  void summary(const rules::Proposal& first) {
    out_ += wrap(voice_.say("rules.summary", {{"entries", std::to_string(first.mined.lists.reject.size())},
                                              {"stopped", std::to_string(first.effect.stopped)},
                                              {"total", std::to_string(first.effect.total)},
                                              {"touched", std::to_string(first.effect.wanted_touched)},
                                              {"wanted", std::to_string(first.effect.wanted)},
                                              {"place", std::string(answer_.dialect.name.in(voice_.lang()))}}),
                 width_, voice_.lang(), "", "");
  }

  void entry(const rules::Entry& entry, std::string_view more) {
    out_ += fmt::format("    {}  {}  {}\n", mode_name(entry.mode, answer_.dialect, voice_), for_terminal(entry.value),
                        paint_.faint(more));
  }

  void lists(const rules::Proposal& proposal) {
    const auto& [reject, allow] = proposal.mined.lists;
    if (!allow.empty()) {
      heading("rules.heading.allow");
      for (std::size_t i = 0; i < std::min(allow.size(), most_shown); ++i) entry(allow[i], "");
      rest(allow.size());
    }
    if (!reject.empty()) {
      heading("rules.heading.reject");
      for (std::size_t i = 0; i < std::min(reject.size(), most_shown); ++i)
        entry(reject[i], voice_.say("rules.stops", {{"n", std::to_string(proposal.effect.reject_caught[i])}}));
      rest(reject.size());
    }
  }

  void rest(std::size_t size) {
    if (size > most_shown) say("rules.rest", {{"n", std::to_string(size - most_shown)}});
  }

  void proof(const rules::Proposal& proposal) {
    heading("rules.heading.proof");
    const rules::Effect& effect = proposal.effect;
    say("rules.proof.touched",
        {{"touched", std::to_string(effect.wanted_touched)}, {"wanted", std::to_string(effect.wanted)}});
    if (effect.forged > 0) say("rules.proof.forged", {{"n", std::to_string(effect.forged)}});
    if (answer_.gathered.doubtful > 0) say("rules.proof.doubtful", {{"n", std::to_string(answer_.gathered.doubtful)}});
    if (answer_.gathered.evidence.without_address() > 0)
      say("rules.proof.without_address", {{"n", std::to_string(answer_.gathered.evidence.without_address())}});
    replay(proposal.replay);
    if (proposal.mined.lists.reject.empty()) return;
    if (proposal.mined.proved)
      say("rules.proof.fewest");
    else if (proposal.mined.bound == proposal.mined.covered)
      say("rules.proof.most");
    else
      say("rules.proof.bound", {{"bound", std::to_string(proposal.mined.bound)}});
    if (answer_.dialect.readings().size() > 1) say("rules.proof.readings");
  }

  void replay(const rules::Replay& replay) {
    if (replay.later == 0) {
      say("rules.proof.no_replay");
      return;
    }
    say("rules.proof.replay", {{"percent", percent(replay.stopped, replay.later)},
                               {"stopped", std::to_string(replay.stopped)},
                               {"later", std::to_string(replay.later)},
                               {"days", std::to_string(replay.days)}});
    if (replay.new_touched > 0) say("rules.proof.replay_new", {{"n", std::to_string(replay.new_touched)}});
  }

  void by_host(const rules::Proposal& proposal) {
    heading("rules.heading.by_host");
    say("rules.by_host", {{"domains", named(answer_.proposals.first.shared_domains)},
                          {"entries", std::to_string(proposal.mined.lists.reject.size())},
                          {"stopped", std::to_string(proposal.effect.stopped)},
                          {"percent", percent(proposal.replay.stopped, proposal.replay.later)}});
  }

  void second(const rules::Proposal& proposal) {
    heading("rules.heading.second");
    say("rules.second.price",
        {{"domains", named(proposal.shared_domains)}, {"newcomers", std::to_string(proposal.newcomers_there)}});
    say("rules.second.gain", {{"stopped", std::to_string(proposal.effect.stopped)},
                              {"total", std::to_string(proposal.effect.total)},
                              {"allow", std::to_string(proposal.mined.lists.allow.size())},
                              {"touched", std::to_string(proposal.effect.wanted_touched)}});
    for (const rules::Entry& one : proposal.mined.lists.allow) entry(one, voice_.say("rules.allow"));
    for (std::size_t i = 0; i < proposal.mined.lists.reject.size(); ++i)
      if (std::find(answer_.proposals.first.mined.lists.reject.begin(),
                    answer_.proposals.first.mined.lists.reject.end(),
                    proposal.mined.lists.reject[i]) == answer_.proposals.first.mined.lists.reject.end())
        entry(proposal.mined.lists.reject[i],
              voice_.say("rules.stops", {{"n", std::to_string(proposal.effect.reject_caught[i])}}));
    say("rules.second.how");
  }

  void moving() {
    if (answer_.moving.empty()) return;
    std::uint64_t later = 0, stopped = 0, hidden = 0;
    for (const std::uint32_t i : answer_.moving) {
      const rules::CampaignEffect& now = answer_.proposals.first.effect.campaigns[i];
      hidden += now.stopped * 2 < now.total - now.forged ? 1 : 0;
      later += answer_.proposals.first.replay.campaigns[i].total;
      stopped += answer_.proposals.first.replay.campaigns[i].stopped;
    }
    heading(hidden == answer_.moving.size() ? "rules.heading.hidden" : "rules.heading.moving");
    if (hidden > 0) say("rules.moving.hidden", {{"campaigns", std::to_string(hidden)}});
    if (hidden < answer_.moving.size())
      say("rules.moving.what",
          {{"campaigns", std::to_string(answer_.moving.size() - hidden)}, {"percent", percent(stopped, later)}});
    if (!answer_.content || answer_.content->entries.empty()) {
      say("rules.moving.nothing");
      return;
    }
    const rules::TraitProposal& content = *answer_.content;
    say("rules.moving.content", {{"entries", std::to_string(content.entries.size())},
                                 {"stopped", std::to_string(content.stopped)},
                                 {"total", std::to_string(content.total)},
                                 {"wanted", std::to_string(content.wanted)},
                                 {"percent", percent(content.later_stopped, content.later)}});
    for (const rules::TraitEntry& one : std::span(content.entries).first(std::min(content.entries.size(), most_shown)))
      out_ += fmt::format("    {}  {}\n", voice_.say(fmt::format("rules.trait.{}", rules::name(one.trait))),
                          one.trait == rules::Trait::link ? from_mail(one.value) : for_terminal(one.value));
    rest(content.entries.size());
    say("rules.moving.allow", {{"n", std::to_string(answer_.spared.size())}});
  }

  void place(const rules::Proposal& first) {
    const auto sentences =
        cautions(answer_.dialect, !first.mined.lists.allow.empty(), first.mined.lists.reject.size(), voice_);
    const std::string_view taps = answer_.dialect.taps.in(voice_.lang()), tip = answer_.dialect.tip.in(voice_.lang());
    if (!sentences.empty()) heading("rules.heading.cautions");
    for (const std::string& sentence : sentences) out_ += wrap(sentence, width_, voice_.lang(), "  ", "  ");
    if (taps.empty()) return;
    heading("rules.heading.taps");
    out_ += wrap(taps, width_, voice_.lang(), "  ", "    ");
    if (!tip.empty()) out_ += wrap(tip, width_, voice_.lang(), "  ", "    ");
  }

  const RulesAnswer& answer_;
  const Voice& voice_;
  Paint paint_;
  int width_;
  std::string out_;
};

}  // namespace

std::string rules_text(const RulesAnswer& answer, const Session& session) { return Writer(answer, session).write(); }

}  // namespace sekisho::app
