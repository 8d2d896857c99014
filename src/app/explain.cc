// sekisho explain: what a sign means, how to check it, where it errs; or the list of all.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include "app/commands.h"
#include "app/json.h"
#include "report/signs.h"

namespace sekisho::app {
namespace {

constexpr std::string_view fact_prefix = "fact:";

std::vector<std::string> others_in_group(const signs::Card& card, const signs::Deck& deck) {
  std::vector<std::string> ids;
  for (const signs::Card& other : deck.cards())
    if (!card.group.empty() && other.group == card.group && other.id != card.id) ids.push_back(other.id);
  return ids;
}

class Explainer {
 public:
  explicit Explainer(const Session& session)
      : deck_(session.engine.deck()),
        voice_(session.voice),
        paint_(paint_for(session.settings.color.value)),
        width_(terminal_width(STDOUT_FILENO)) {}

  std::string all() const {
    std::map<std::string, std::vector<const signs::Card*>> families;
    for (const signs::Card& card : deck_.cards()) families[card.family].push_back(&card);
    std::string out;
    for (auto& [family, cards] : families) {
      std::sort(cards.begin(), cards.end(), [](const auto* a, const auto* b) { return a->id < b->id; });
      out += (out.empty() ? "" : "\n") + paint_.strong(family) + '\n';
      for (const signs::Card* card : cards) {
        out += "  " + card->id + '\n';
        out += line(card->title.in(voice_.lang()), 6);
      }
    }
    return out + '\n' + line(voice_.say("app.explain.more"), 0);
  }

  std::string one(const signs::Card& card) const {
    std::string out = wrap(card.title.in(voice_.lang()), width_, voice_.lang(), "", "  ");
    out = paint_.strong(std::string_view(out).substr(0, out.size() - 1)) + '\n';
    out += paint_.faint(fmt::format("{}/{}", card.family, card.id)) + "\n\n";
    out += line(card.explanation.in(voice_.lang()), 2) + '\n';
    out += item("app.check_yourself", card.how_to_check.in(voice_.lang()));
    if (card.absent) out += item("app.looked_in", card.scope.in(voice_.lang()));
    out +=
        item("app.explain.weight",
             voice_.say(card.weight > 0 ? "app.explain.raises" : "app.explain.lowers",
                        {{"weight", fmt::format("{:+.2f}", card.weight)},
                         {"factor", fmt::format("{:.1f}", std::exp(std::abs(card.weight)))},
                         {"strength", voice_.say(fmt::format("app.explain.strength.{}", report::name(card.strength)))},
                         {"from", card.weight_from == "hand" ? voice_.say("app.explain.by_hand") : card.weight_from}}));
    if (!card.group.empty()) {
      const auto others = others_in_group(card, deck_);
      out += item("app.explain.group",
                  others.empty()
                      ? card.group
                      : voice_.say("app.explain.group_with",
                                   {{"group", card.group}, {"others", fmt::format("{}", fmt::join(others, ", "))}}));
    }
    if (!card.false_alarms.empty()) out += item("app.explain.false_alarms", card.false_alarms);
    for (const std::string& source : card.sources) out += item("app.explain.source", source);
    for (const std::string& fact : report::facts_of(card, deck_)) out += item("app.explain.rests_on", fact);
    return out;
  }

  std::string fact(facts::FactId id) const {
    const std::string fact_name(facts::name(id));
    std::string out = paint_.strong(fact_name) + "\n\n" + line(facts::documentation(id), 2) + '\n';
    for (const signs::Card& card : deck_.cards())
      if (report::facts_of(card, deck_).count(fact_name) != 0)
        out += item("app.explain.used_by", fmt::format("{}  {}", card.id, card.title.in(voice_.lang())));
    return out;
  }

 private:
  std::string line(std::string_view text, int indent) const {
    const std::string space(static_cast<std::size_t>(indent), ' ');
    return wrap(text, width_, voice_.lang(), space, space);
  }
  std::string item(std::string_view key, std::string_view text) const {
    return wrap(voice_.pair(key, text), width_, voice_.lang(), "  ", "    ");
  }

  const signs::Deck& deck_;
  const Voice& voice_;
  Paint paint_;
  int width_;
};

int unknown(const Session& session, std::string_view wrong, const std::vector<std::string>& names,
            std::string_view prefix) {
  const std::string near = knowledge::nearest(wrong, names);
  const std::string hint = near.empty() ? "sekisho explain" : fmt::format("did you mean '{}{}'?", prefix, near);
  Said said{"usage.unknown_sign", {{"sign", fmt::format("{}{}", prefix, wrong)}}};
  if (near.empty())
    said.values.emplace_back("help", "sekisho explain");
  else
    said.values.emplace_back("near", fmt::format("{}{}", prefix, near));
  const Error error{ErrorCode::usage, fmt::format("unknown sign '{}{}'", prefix, wrong), {}, hint, std::move(said)};
  std::fputs(session.voice.complaint(error).c_str(), stderr);
  return exit_code::usage;
}

}  // namespace

int run_explain(const Session& session) {
  const signs::Deck& deck = session.engine.deck();
  const bool as_json = session.settings.format.value == engine::Format::json;
  const std::string& lang = session.voice.lang();
  const Explainer explainer(session);
  std::string out;
  std::vector<std::string> ids;
  for (const signs::Card& card : deck.cards()) ids.push_back(card.id);
  std::string_view asked = session.options.sign;
  if (session.options.names_only) {
    std::sort(ids.begin(), ids.end());
    out = fmt::format("{}\n", fmt::join(ids, "\n"));
  } else if (asked.empty()) {
    if (as_json)
      for (const signs::Card& card : deck.cards()) out += to_json(report::to_object(card, deck, lang)) + '\n';
    else
      out = explainer.all();
  } else if (asked.substr(0, fact_prefix.size()) == fact_prefix) {
    asked.remove_prefix(fact_prefix.size());
    const auto id = facts::find_fact(asked);
    if (!id) return unknown(session, asked, facts::all_names(), fact_prefix);
    out = as_json ? to_json(report::to_object(*id, deck)) + '\n' : explainer.fact(*id);
  } else {
    const signs::Card* card = deck.card(asked);
    if (card == nullptr) return unknown(session, asked, ids, "");
    out = as_json ? to_json(report::to_object(*card, deck, lang)) + '\n' : explainer.one(*card);
  }
  std::fwrite(out.data(), 1, out.size(), stdout);
  return output_arrived() ? 0 : exit_code::internal;
}

}  // namespace sekisho::app
