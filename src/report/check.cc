#include "report/check.h"

#include <algorithm>
#include <array>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "base/limits.h"
#include "report/hosts.h"
#include "report/json.h"

namespace sekisho::report {
namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, 5> error_names{"usage", "not_mail", "unreadable", "bad_data", "internal"};

json::value text_or_null(const std::string& text) { return text.empty() ? json::value(nullptr) : json::value(text); }

json::array parts_of(const facts::Facts& facts) {
  json::array parts;
  for (std::size_t i = 0; i < facts.parts.size(); ++i)
    parts.push_back({{"id", i}, {"kind", valid_utf8(facts.parts[i].label)}, {"text", valid_utf8(facts.parts[i].text)}});
  return parts;
}

json::array reasons_of(const verdict::Verdict& verdict, const signs::Deck& deck, const std::string& lang) {
  json::array reasons;
  for (const verdict::Reason& reason : verdict.reasons) {
    const signs::Card& card = deck.cards()[reason.card];
    json::object out{{"sign", card.id},
                     {"weight", reason.weight},
                     {"title", card.title.in(lang)},
                     {"explanation", card.explanation.in(lang)},
                     {"how_to_check", card.how_to_check.in(lang)},
                     {"absent", card.absent}};
    if (card.absent) out["scope"] = card.scope.in(lang);
    json::array quotes;
    for (const verdict::Quote& quote : reason.quotes)
      quotes.push_back({{"part", quote.part},
                        {"start", quote.span.start},
                        {"end", quote.span.end},
                        {"text", valid_utf8(quote.text)}});
    out["quotes"] = std::move(quotes);
    reasons.push_back(std::move(out));
  }
  return reasons;
}

/// Every host name that a reader sees, for doors that show whose it is.
json::array hosts_of(const facts::Facts& facts) {
  json::array hosts;
  for (std::size_t i = 0; i < facts.parts.size(); ++i)
    for (const ShownHost& shown : hosts_in(facts.parts[i].text)) {
      if (hosts.size() == limits::links) return hosts;
      hosts.push_back({{"part", i},
                       {"start", shown.span.start},
                       {"end", shown.span.end},
                       {"host", valid_utf8(shown.host)},
                       {"domain", valid_utf8(shown.domain)}});
    }
  return hosts;
}

/// Where the links that can be tapped lead, with the text that is shown for them.
json::array links_of(const facts::Facts& facts) {
  json::array links;
  for (const facts::Lead& lead : facts.leads) {
    json::object link{{"part", nullptr}, {"start", 0}, {"end", 0}, {"text", ""}};
    if (lead.place.part < facts.parts.size()) {
      const std::string_view text = facts.parts[lead.place.part].text;
      const std::size_t start = std::min<std::size_t>(lead.place.span.start, text.size());
      const std::size_t end = std::clamp<std::size_t>(lead.place.span.end, start, text.size());
      link = {{"part", lead.place.part},
              {"start", start},
              {"end", end},
              {"text", valid_utf8(text.substr(start, end - start))}};
    }
    link["host"] = valid_utf8(lead.host);
    link["domain"] = valid_utf8(lead.domain);
    links.push_back(std::move(link));
  }
  return links;
}

json::array sentences(const std::vector<std::string>& keys, const Voice& voice) {
  json::array out;
  for (const std::string& key : keys) out.push_back(json::value(voice.say(key)));
  return out;
}

json::array strings(const std::vector<std::string>& values) {
  json::array out;
  for (const std::string& value : values) out.push_back(json::value(value));
  return out;
}

json::array names(const std::vector<std::string>& signs) { return json::array(signs.begin(), signs.end()); }

/// The nearest example of the gallery, or null.
json::value nearest_of(const engine::Report& report, const engine::Engine& engine, const std::string& lang) {
  const gallery::Nearest near = engine.gallery().nearest(report.facts, report.verdict, engine.deck());
  if (near.example == nullptr) return nullptr;
  return {{"example", near.example->id},
          {"kind", near.example->kind},
          {"title", near.example->title.in(lang)},
          {"genuine", near.example->genuine.in(lang)},
          {"likeness", near.likeness},
          {"shared", names(near.shared)},
          {"only_example", names(near.only_example)},
          {"only_message", names(near.only_message)}};
}

}  // namespace

std::string check_json(const Outcome& outcome, const engine::Engine& engine, const Voice& voice,
                       const Versions& versions) {
  const verdict::Scale& scale = engine.scale();
  json::object out{{"schema", "sekisho.check/1"}, {"input", valid_utf8(outcome.input)}, {"index", outcome.index}};
  const json::object thresholds{{"scam", scale.scam}, {"cannot_tell", scale.cannot_tell}};
  if (outcome.report) {
    const facts::Facts& facts = outcome.report->facts;
    const verdict::Verdict& verdict = outcome.report->verdict;
    out["kind_of_input"] = facts.input_kind;
    out["verdict"] = verdict::name(verdict.answer);
    out["score"] = verdict.score;
    out["log_odds"] = verdict.log_odds;
    out["bias"] = verdict.scale.bias;
    out["thresholds"] = thresholds;
    out["scam_kind"] = text_or_null(verdict.scam_kind);
    out["brand"] = text_or_null(verdict.brand);
    out["parts"] = parts_of(facts);
    out["hosts"] = hosts_of(facts);
    out["links"] = links_of(facts);
    out["reasons"] = reasons_of(verdict, engine.deck(), voice.lang());
    json::array silenced;
    for (const std::uint32_t card : verdict.silenced) silenced.push_back(json::value(engine.deck().cards()[card].id));
    out["silenced"] = std::move(silenced);
    out["would_settle"] = sentences(verdict.would_settle, voice);
    out["next"] = sentences(verdict.next, voice);
    out["nearest"] = nearest_of(*outcome.report, engine, voice.lang());
    out["defects"] = strings(facts.defects);
    out["budget"] = facts.within_budget ? "within" : "partly";
    out["error"] = nullptr;
  } else {
    const Error& error = outcome.report.error();
    for (const char* key : {"kind_of_input", "verdict", "score", "log_odds"}) out[key] = nullptr;
    out["bias"] = scale.bias;
    out["thresholds"] = thresholds;
    for (const char* key : {"scam_kind", "brand", "nearest"}) out[key] = nullptr;
    for (const char* key : {"parts", "hosts", "links", "reasons", "silenced", "would_settle", "next", "defects"})
      out[key] = json::array();
    out["budget"] = nullptr;
    const auto [what, hint] = voice.worded(error);
    out["error"] = {{"code", error_names[static_cast<std::size_t>(error.code)]},
                    {"id", error.said.id.empty() ? boost::json::value(nullptr) : boost::json::value(error.said.id)},
                    {"what", valid_utf8(what)},
                    {"where", valid_utf8(error.where)},
                    {"hint", valid_utf8(hint)}};
  }
  out["versions"] = {{"program", versions.program}, {"knowledge", versions.knowledge}, {"model", versions.model}};
  return to_json(out) + '\n';
}

}  // namespace sekisho::report
