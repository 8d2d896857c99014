#include "app/scan_html_rules.h"

#include <algorithm>
#include <span>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/page.h"
#include "app/rules_answer.h"
#include "app/rules_evidence.h"

namespace sekisho::app {
namespace {

/// Entries of one list on the page: no carrier takes more, and nobody types more.
constexpr std::size_t entries_shown = 300;

/// Whether two places take the same rules and treat them alike.
bool same_behaviour(const rules::Dialect& a, const rules::Dialect& b) {
  return a.reject_modes == b.reject_modes && a.allow_modes == b.allow_modes &&
         a.max_reject.entries == b.max_reject.entries && a.max_allow.entries == b.max_allow.entries &&
         a.precedence == b.precedence && a.subdomains == b.subdomains &&
         a.contains_sees_local_part_only == b.contains_sees_local_part_only;
}

std::string number(std::uint64_t n) { return std::to_string(n); }

/// A bar of `part` in `whole`; the figure beside it says the same.
std::string bar(std::string_view kind, std::uint64_t part, std::uint64_t whole) {
  const double share = whole == 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
  return fmt::format(
      "<svg viewBox=\"0 0 100 4\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect class=\"{}\" "
      "width=\"{:.1f}\" "
      "height=\"4\"/></svg>",
      kind, share);
}

class Section {
 public:
  Section(const PlaceRules& places, const ScanPage& page) : places_(places), page_(page), voice_(page.voice) {}

  std::string write() {
    const rules::Proposals& best = places_.best();
    out_ = "<section id=\"stop\">\n" + element("h2", voice_.say("page.stop.title"));
    if (best.first.effect.total == 0) return out_ + element("p", voice_.say("rules.empty")) + "</section>\n";
    say("p", "page.stop.lead");
    out_ += "<div class=\"places\">\n";
    for (std::size_t i = 0; i < places_.places().size(); ++i) place(places_.places()[i], places_.at(i));
    server();
    return out_ + "</div>\n</section>\n";
  }

 private:
  using Values = std::initializer_list<std::pair<std::string_view, std::string>>;
  void say(std::string_view name, std::string_view key, Values values = {}) {
    out_ += element(name, voice_.say(key, values));
  }

  void place(const rules::Dialect& dialect, const rules::Proposals& proposals) {
    const rules::Proposal& first = proposals.first;
    const std::size_t count = first.mined.lists.reject.size();
    out_ += fmt::format(
        "<details class=\"place\" id=\"place-{}\">\n<summary><span>{} <span "
        "class=\"small\">{}</span></span></summary>\n<div>\n",
        escaped(dialect.id), escaped(dialect.name.in(voice_.lang())),
        escaped(voice_.say(count == 0 ? "page.stop.none_here" : "page.stop.count", {{"n", number(count)}})));
    if (count == 0)
      say("p", "rules.nothing_safe");
    else
      typing(dialect, first);
    proof(dialect, proposals);
    if (proposals.second) second(dialect, *proposals.second);
    out_ += "</div>\n</details>\n";
  }

  void typing(const rules::Dialect& dialect, const rules::Proposal& first) {
    before_and_after(first.effect);
    if (!moving_campaigns(first).empty()) say("p class=\"calm\"", "page.proof.moving");
    if (const std::string_view taps = dialect.taps.in(voice_.lang()); !taps.empty()) {
      say("h3", "rules.heading.taps");
      out_ += element("p class=\"taps\"", taps);
      if (const std::string_view tip = dialect.tip.in(voice_.lang()); !tip.empty())
        out_ += element("p class=\"small\"", tip);
    }
    lists(dialect, first);
    const auto sentences = cautions(dialect, !first.mined.lists.allow.empty(), first.mined.lists.reject.size(), voice_);
    if (sentences.empty()) return;
    say("h3", "rules.heading.cautions");
    out_ += "<ul>\n";
    for (const std::string& sentence : sentences) out_ += element("li", sentence);
    out_ += "</ul>\n";
  }

  void before_and_after(const rules::Effect& effect) {
    const std::uint64_t left = effect.total - effect.stopped, arrives = effect.wanted - effect.wanted_touched;
    const auto cell = [&](std::string_view kind, std::uint64_t part, std::uint64_t whole) {
      return fmt::format("<td><strong>{}</strong>{}</td>", escaped(voice_.say("page.mails", {{"n", number(part)}})),
                         bar(kind, part, whole));
    };
    out_ += fmt::format(
        "<table>\n<thead><tr><th scope=\"col\"></th><th scope=\"col\">{}</th><th "
        "scope=\"col\">{}</th></tr></thead>\n<tbody>\n",
        escaped(voice_.say("page.before")), escaped(voice_.say("page.after")));
    out_ += fmt::format("<tr><th scope=\"row\">{}</th>{}{}</tr>\n", escaped(voice_.say("page.row.campaign")),
                        cell("came", effect.total, effect.total), cell("came", left, effect.total));
    out_ += fmt::format("<tr><th scope=\"row\">{}</th>{}{}</tr>\n</tbody>\n</table>\n",
                        escaped(voice_.say("page.row.wanted")), cell("kept", effect.wanted, effect.wanted),
                        cell("kept", arrives, effect.wanted));
  }

  void lists(const rules::Dialect& dialect, const rules::Proposal& proposal) {
    const auto& [reject, allow] = proposal.mined.lists;
    if (!allow.empty()) say("h3", "rules.heading.allow");
    entries(dialect, allow, {});
    if (!reject.empty()) say("h3", "rules.heading.reject");
    entries(dialect, reject, proposal.effect.reject_caught);
  }

  void entries(const rules::Dialect& dialect, const std::vector<rules::Entry>& all,
               std::span<const std::uint64_t> stops) {
    if (all.empty()) return;
    out_ += "<ol class=\"entries\">\n";
    for (std::size_t i = 0; i < std::min(all.size(), entries_shown); ++i) {
      const std::string id = fmt::format("e{}", ++entry_);
      std::string note = mode_name(all[i].mode, dialect, voice_);
      if (i < stops.size()) note += ' ' + voice_.say("rules.stops", {{"n", number(stops[i])}});
      out_ += fmt::format(
          "<li><label><input type=\"checkbox\"><code id=\"{}\">{}</code></label><button type=\"button\" "
          "data-copy=\"{}\" "
          "data-done=\"{}\" data-marked=\"{}\" hidden>{}</button>{}</li>\n",
          id, escaped(all[i].value), id, escaped(voice_.say("page.copied")), escaped(voice_.say("page.marked")),
          escaped(voice_.say("page.copy")), element("span class=\"small\"", note));
    }
    out_ += "</ol>\n";
    if (all.size() > entries_shown) say("p", "rules.rest", {{"n", number(all.size() - entries_shown)}});
  }

  void proof(const rules::Dialect& dialect, const rules::Proposals& proposals) {
    const rules::Proposal& first = proposals.first;
    say("h3", "rules.heading.proof");
    out_ += "<ul>\n";
    if (!first.mined.lists.reject.empty()) {
      say("li", "page.proof.stops",
          {{"entries", number(first.mined.lists.reject.size())},
           {"stopped", number(first.effect.stopped)},
           {"total", number(first.effect.total)}});
      say("li", "rules.proof.touched",
          {{"touched", number(first.effect.wanted_touched)}, {"wanted", number(first.effect.wanted)}});
    }
    if (first.effect.forged > 0) say("li", "rules.proof.forged", {{"n", number(first.effect.forged)}});
    if (first.replay.later == 0)
      say("li", "rules.proof.no_replay");
    else
      say("li", "rules.proof.replay",
          {{"percent", percent(first.replay.stopped, first.replay.later)},
           {"stopped", number(first.replay.stopped)},
           {"later", number(first.replay.later)},
           {"days", number(first.replay.days)}});
    if (!first.mined.lists.reject.empty())
      say("li",
          first.mined.proved                         ? "rules.proof.fewest"
          : first.mined.bound == first.mined.covered ? "rules.proof.most"
                                                     : "rules.proof.bound",
          {{"bound", number(first.mined.bound)}});
    if (dialect.readings().size() > 1) say("li", "rules.proof.readings");
    if (!first.shared_domains.empty())
      say("li", "page.proof.shared", {{"domains", fmt::format("{}", fmt::join(first.shared_domains, ", "))}});
    out_ += "</ul>\n";
    say("p class=\"small\"", "page.stop.again");
  }

  void second(const rules::Dialect& dialect, const rules::Proposal& proposal) {
    out_ += "<details>\n";
    say("summary", "rules.heading.second");
    say("p", "rules.second.price",
        {{"domains", fmt::format("{}", fmt::join(proposal.shared_domains, ", "))},
         {"newcomers", number(proposal.newcomers_there)}});
    say("p", "page.second.only_if");
    before_and_after(proposal.effect);
    lists(dialect, proposal);
    out_ += "</details>\n";
  }

  /// Who runs a mail server, or reads where filters see whole mails.
  void server() {
    out_ += fmt::format("<details class=\"place\" id=\"place-server\">\n<summary>{}</summary>\n<div>\n",
                        escaped(voice_.say("page.server.title")));
    say("p", "page.server.what");
    out_ += "<ul>\n";
    for (const std::string_view command : {"sieve", "postfix", "gmail", "generic"})
      out_ += fmt::format("<li>{}: <code>sekisho rules {} --format {}</code></li>\n",
                          escaped(voice_.say(fmt::format("page.server.{}", command))),
                          escaped(voice_.say("page.server.mailbox")), command);
    out_ += "</ul>\n</div>\n</details>\n";
  }

  const PlaceRules& places_;
  const ScanPage& page_;
  const Voice& voice_;
  std::string out_;
  std::size_t entry_ = 0;
};

}  // namespace

PlaceRules::PlaceRules(const campaign::MailboxReport& report, const ScanPage& page, rules::Dialects dialects)
    : dialects_(std::move(dialects)) {
  const rules::Evidence evidence = evidence_of(report);
  const rules::Ground ground(page.engine.knowledge());
  const std::vector<rules::Dialect>& all = dialects_.all();
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::size_t same = 0;
    while (same < i && !same_behaviour(all[same], all[i])) ++same;
    if (same == i) proposals_.push_back(rules::propose(evidence, ground, all[i]));
    which_.push_back(same == i ? proposals_.size() - 1 : which_[same]);
  }
}

const rules::Proposals& PlaceRules::best() const {
  return *std::max_element(proposals_.begin(), proposals_.end(), [](const auto& a, const auto& b) {
    if (a.first.effect.stopped != b.first.effect.stopped) return a.first.effect.stopped < b.first.effect.stopped;
    return a.first.mined.lists.reject.size() > b.first.mined.lists.reject.size();
  });
}

std::string rules_section(const PlaceRules& places, const ScanPage& page) { return Section(places, page).write(); }

}  // namespace sekisho::app
