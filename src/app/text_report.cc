#include "app/text_report.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

namespace sekisho::app {
namespace {

/// Reasons shown without --verbose; a fourth is not read.
constexpr std::size_t reasons_shown = 3;
/// Reasons for the message being genuine that are shown when the answer is not "scam".
constexpr std::size_t genuine_shown = 2;
/// Columns of a passage in the short answer.
constexpr int passage_columns = 160;
/// Bytes of a header or body that are looked at for one line.
constexpr std::size_t header_bytes_shown = 1024;
/// The word for an answer in a list of many, and the name of its input.
constexpr int label_columns = 14, input_columns = 32;

using verdict::Answer;

std::string_view mark(Answer answer) {
  switch (answer) {
    case Answer::scam:
      return "[!]";
    case Answer::cannot_tell:
      return "[?]";
    case Answer::nothing_found:
      break;
  }
  return "[-]";
}

std::string painted(const Paint& paint, Answer answer, std::string_view text) {
  switch (answer) {
    case Answer::scam:
      return paint.warn(text);
    case Answer::cannot_tell:
      return paint.doubt(text);
    case Answer::nothing_found:
      break;
  }
  return paint.strong(text);
}

std::string_view part_key(facts::PartKind kind) {
  switch (kind) {
    case facts::PartKind::from:
      return "app.place.from";
    case facts::PartKind::to:
      return "app.place.to";
    case facts::PartKind::reply_to:
      return "app.place.reply_to";
    case facts::PartKind::subject:
      return "app.place.subject";
    case facts::PartKind::attachment:
      return "app.place.attachment";
    case facts::PartKind::body:
    case facts::PartKind::none:
      break;
  }
  return "app.place.body";
}

std::string header(const facts::Facts& facts, facts::PartKind kind) {
  for (const facts::Part& part : facts.parts)
    if (part.kind == kind) return from_mail(std::string_view(part.text).substr(0, header_bytes_shown));
  return {};
}

std::string input_name(const Outcome& outcome, const Voice& voice) {
  std::string name = outcome.input == "-" ? voice.say("app.standard_input") : for_terminal(outcome.input);
  if (outcome.index > 0) name += fmt::format("#{}", outcome.index);
  return name;
}

/// One message's answer on its way to text.
class Writer {
 public:
  Writer(const Outcome& outcome, const Page& page, Detail detail)
      : outcome_(outcome),
        page_(page),
        voice_(page.voice),
        detail_(detail),
        facts_(outcome.report->facts),
        verdict_(outcome.report->verdict) {}

  std::string write() {
    answer();
    reasons();
    settle();
    nearest();
    next_steps();
    if (detail_ == Detail::everything) {
      sum();
      beneath();
    }
    return std::move(out_);
  }

 private:
  void line(std::string_view text, std::string_view first = "", std::string_view rest = "") {
    out_ += wrap(text, page_.width, voice_.lang(), first, rest);
  }
  void heading(std::string_view key) { out_ += '\n' + page_.paint.strong(voice_.say(key)) + '\n'; }
  std::string_view answer_name() const { return verdict::name(verdict_.answer); }
  const signs::Card& card(std::uint32_t index) const { return page_.engine.deck().cards()[index]; }

  void answer() {
    const std::string first = wrap(voice_.say(fmt::format("app.verdict.{}", answer_name())), page_.width, voice_.lang(),
                                   fmt::format("{} ", mark(verdict_.answer)), "    ");
    out_ += painted(page_.paint, verdict_.answer, std::string_view(first).substr(0, first.size() - 1)) + '\n';
    line(voice_.say(fmt::format("app.calm.{}", answer_name())), "    ", "    ");
    out_ += '\n';
    line(voice_.pair("app.read", input_name(outcome_, voice_)), "    ", "      ");
    for (const auto kind : {facts::PartKind::from, facts::PartKind::subject})
      if (const std::string text = header(facts_, kind); !text.empty())
        line(voice_.pair(part_key(kind), voice_.quoted(cut(text, passage_columns, voice_.lang()))), "    ", "      ");
    const auto& knowledge = page_.engine.knowledge();
    if (const auto* brand = verdict_.brand.empty() ? nullptr : knowledge.brand(verdict_.brand))
      line(voice_.pair("app.claims", voice_.japanese() ? brand->name_ja : brand->name_en), "    ", "      ");
    if (const auto* kind = verdict_.scam_kind.empty() ? nullptr : knowledge.kind(verdict_.scam_kind)) {
      line(voice_.pair("app.kind", kind->name.in(voice_.lang())), "    ", "      ");
      line(kind->what.in(voice_.lang()), "      ", "      ");
    }
    if (!facts_.within_budget) line(voice_.say("app.partly"), "    ", "    ");
  }

  void reasons() {
    std::vector<const verdict::Reason*> against, genuine;
    for (const verdict::Reason& reason : verdict_.reasons) (reason.weight > 0 ? against : genuine).push_back(&reason);
    const bool everything = detail_ == Detail::everything;
    const std::size_t shown = everything ? against.size() : std::min(against.size(), reasons_shown);
    if (shown > 0) heading(fmt::format("app.reasons.{}", answer_name()));
    for (std::size_t i = 0; i < shown; ++i) reason(*against[i], i + 1);
    const std::size_t genuine_now = everything                        ? genuine.size()
                                    : verdict_.answer == Answer::scam ? 0
                                                                      : std::min(genuine.size(), genuine_shown);
    if (genuine_now > 0) heading("app.reasons.genuine");
    for (std::size_t i = 0; i < genuine_now; ++i) reason(*genuine[i], shown + i + 1);
    const std::size_t hidden = against.size() - shown + genuine.size() - genuine_now;
    if (hidden > 0) {
      out_ += '\n';
      line(voice_.say("app.more", {{"n", std::to_string(hidden)}}), "  ", "  ");
    }
  }

  void reason(const verdict::Reason& reason, std::size_t number) {
    const signs::Card& sign = card(reason.card);
    std::string title(sign.title.in(voice_.lang()));
    if (detail_ == Detail::everything) title += fmt::format("  ({}  {:+.2f})", sign.id, reason.weight);
    line(title, fmt::format("{:>3}. ", number), "     ");
    for (const verdict::Quote& quote : reason.quotes) {
      std::string passage = from_mail(quote.text);
      if (detail_ == Detail::short_answer) passage = cut(passage, passage_columns, voice_.lang());
      line(voice_.pair(part_key(facts_.parts[quote.part].kind), voice_.quoted(passage)), "     ", "       ");
    }
    if (sign.absent) line(voice_.pair("app.looked_in", sign.scope.in(voice_.lang())), "     ", "       ");
    if (detail_ == Detail::everything) line(sign.explanation.in(voice_.lang()), "     ", "     ");
    line(voice_.pair("app.check_yourself", sign.how_to_check.in(voice_.lang())), "     ", "       ");
  }

  void settle() {
    if (verdict_.would_settle.empty()) return;
    heading("app.would_settle");
    for (const std::string& key : verdict_.would_settle) line(voice_.say(key), "  - ", "    ");
  }

  /// The gallery's nearest example and what differs. Of a message in which nothing was found only on request: "looks
  /// like a scam" beside "nothing found" would frighten for nothing.
  void nearest() {
    if (verdict_.answer == Answer::nothing_found && detail_ != Detail::everything) return;
    const auto& deck = page_.engine.deck();
    const gallery::Nearest near = page_.engine.gallery().nearest(facts_, verdict_, deck);
    if (near.example == nullptr) return;
    heading("app.nearest.heading");
    const auto* kind = page_.engine.knowledge().kind(near.example->kind);
    line(voice_.say("app.nearest.like", {{"title", std::string(near.example->title.in(voice_.lang()))},
                                         {"kind", kind == nullptr ? near.example->kind
                                                                  : std::string(kind->name.in(voice_.lang()))}}),
         "  ", "  ");
    const auto signs = [&](std::string_view key, const std::vector<std::string>& ids) {
      for (const std::string& id : ids)
        line(voice_.pair(key, deck.card(id)->title.in(voice_.lang())), "  - ", "    ");
    };
    if (detail_ == Detail::everything) signs("app.nearest.shared", near.shared);
    signs("app.nearest.only_example", near.only_example);
    signs("app.nearest.only_message", near.only_message);
    line(voice_.pair("app.nearest.genuine", near.example->genuine.in(voice_.lang())), "  - ", "    ");
    line(voice_.say("app.nearest.see", {{"id", near.example->id}}), "  ", "  ");
  }

  void next_steps() {
    if (verdict_.next.empty()) return;
    heading("app.next");
    for (const std::string& key : verdict_.next) line(voice_.say(key), "  - ", "    ");
  }

  void sum() {
    heading("app.sum.heading");
    const auto row = [&](std::string_view name, double value) {
      out_ += fmt::format("  {:>+8.3f}  {}\n", value, name);
    };
    row(voice_.say("app.sum.start"), verdict_.scale.bias);
    for (const verdict::Reason& reason : verdict_.reasons) row(card(reason.card).id, reason.weight);
    row(voice_.say("app.sum.total"), verdict_.log_odds);
    line(voice_.say("app.sum.score", {{"score", fmt::format("{:.4f}", verdict_.score)},
                                      {"scam", fmt::format("{:.2f}", verdict_.scale.scam)},
                                      {"cannot_tell", fmt::format("{:.2f}", verdict_.scale.cannot_tell)}}),
         "  ", "  ");
    if (verdict_.answer == Answer::cannot_tell && verdict_.score >= verdict_.scale.scam)
      line(voice_.say("app.sum.too_few_quotes", {{"n", std::to_string(verdict_.scale.quoted_reasons)}}), "  ", "  ");
  }

  void beneath() {
    if (!verdict_.silenced.empty()) {
      heading("app.silenced");
      for (const std::uint32_t index : verdict_.silenced)
        line(fmt::format("{}  ({}  {:+.2f}  {})", card(index).title.in(voice_.lang()), card(index).id,
                         card(index).weight, card(index).group),
             "  - ", "    ");
    }
    if (!facts_.defects.empty()) {
      heading("app.defects");
      for (const std::string& defect : facts_.defects) line(for_terminal(defect), "  - ", "    ");
    }
    out_ += '\n';
    out_ += page_.paint.faint(fmt::format("sekisho {}  knowledge {}  model {}", page_.versions.program,
                                          page_.versions.knowledge, page_.versions.model)) +
            '\n';
  }

  const Outcome& outcome_;
  const Page& page_;
  const Voice& voice_;
  Detail detail_;
  const facts::Facts& facts_;
  const verdict::Verdict& verdict_;
  std::string out_;
};

std::string padded(std::string text, int width, const std::string& lang) {
  text = cut(text, width, lang);
  const int missing = width - columns(text, lang);
  if (missing > 0) text.append(static_cast<std::size_t>(missing), ' ');
  return text;
}

}  // namespace

std::string full_report(const Outcome& outcome, const Page& page, Detail detail) {
  return Writer(outcome, page, detail).write();
}

std::string one_line(const Outcome& outcome, const Page& page) {
  const Voice& voice = page.voice;
  const auto& report = *outcome.report;
  const Answer answer = report.verdict.answer;
  const std::string label =
      fmt::format("{} {}", mark(answer),
                  padded(voice.say(fmt::format("app.label.{}", verdict::name(answer))), label_columns, voice.lang()));
  std::string rest = padded(input_name(outcome, voice), input_columns, voice.lang()) + "  ";
  std::string subject = header(report.facts, facts::PartKind::subject);
  if (subject.empty()) subject = header(report.facts, facts::PartKind::body);
  rest += cut(subject, std::max(8, page.width - columns(label, voice.lang()) - columns(rest, voice.lang()) - 1),
              voice.lang());
  return painted(page.paint, answer, label) + ' ' + rest + '\n';
}

std::string summary(const Tally& tally, const Page& page) {
  std::string out = "\n";
  const auto number = [](std::uint64_t n) { return std::to_string(n); };
  out += wrap(page.voice.say("app.summary.counts", {{"all", number(tally.all())},
                                                    {"scam", number(tally.scam)},
                                                    {"cannot_tell", number(tally.cannot_tell)},
                                                    {"nothing_found", number(tally.nothing_found)}}),
              page.width, page.voice.lang(), "", "");
  if (tally.failed > 0)
    out += wrap(page.voice.say("app.summary.failed", {{"n", number(tally.failed)}}), page.width, page.voice.lang(), "",
                "");
  out += wrap(page.voice.say("app.summary.more"), page.width, page.voice.lang(), "", "");
  return out;
}

}  // namespace sekisho::app
