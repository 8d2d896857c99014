#include <cmath>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "app/evaluate_report.h"
#include "app/json.h"

namespace sekisho::app {
namespace {

namespace json = boost::json;

/// Four digits: no test set is large enough for more.
double rounded(double value) { return std::round(value * 1e4) / 1e4; }

json::value text_or_null(const std::string& text) { return text.empty() ? json::value(nullptr) : json::value(text); }

json::object object_of(const train::Share& share) {
  return {{"of", share.of},
          {"all", share.all},
          {"value", rounded(share.value)},
          {"low", rounded(share.low)},
          {"high", rounded(share.high)}};
}

json::object object_of(const train::Auc& auc) {
  return {{"value", rounded(auc.value)}, {"low", rounded(auc.low)}, {"high", rounded(auc.high)}};
}

json::object object_of(const train::Row& row) {
  return {{"corpus", text_or_null(valid_utf8(row.corpus))},
          {"category", text_or_null(valid_utf8(row.category))},
          {"lang", text_or_null(valid_utf8(row.lang))},
          {"label", train::name(row.label)},
          {"messages", row.messages},
          {"scam", object_of(row.scam)},
          {"cannot_tell", object_of(row.cannot_tell)},
          {"nothing_found", object_of(row.nothing_found)}};
}

json::value object_of(const std::optional<train::RecallAt>& recall) {
  if (!recall) return nullptr;
  return json::object{{"threshold", rounded(recall->threshold)}, {"recall", object_of(recall->recall)}};
}

json::object object_of(const train::Calibration& calibration) {
  json::array bins;
  for (const auto& bin : calibration.bins)
    bins.push_back(json::object{{"messages", bin.messages},
                                {"weight", rounded(bin.weight)},
                                {"score", rounded(bin.score)},
                                {"scam", rounded(bin.scam)}});
  return {{"brier", rounded(calibration.brier)}, {"ece", rounded(calibration.ece)}, {"bins", std::move(bins)}};
}

json::object object_of(const train::Pair& pair) {
  return {{"scams", valid_utf8(pair.scams)},
          {"wanted", valid_utf8(pair.wanted)},
          {"lang", text_or_null(valid_utf8(pair.lang))},
          {"scam_messages", pair.scam_messages},
          {"wanted_messages", pair.wanted_messages},
          {"auc", object_of(pair.auc)},
          {"auc_without_wording", rounded(pair.auc_without_wording)},
          {"auc_wording", rounded(pair.auc_wording)},
          {"recall_at_0.1_percent", object_of(pair.at_thousandth)},
          {"recall_at_1_percent", object_of(pair.at_hundredth)},
          {"calibration", object_of(pair.calibration)}};
}

}  // namespace

std::string evaluate_json(const EvaluatePage& page) {
  json::array corpora, pairs, categories, languages, misses;
  for (const train::Row& row : page.evaluation.corpora()) corpora.push_back(object_of(row));
  for (const train::Pair& pair : page.evaluation.pairs()) pairs.push_back(object_of(pair));
  for (const train::Category& category : page.evaluation.categories()) {
    json::object row = object_of(category.row);
    row["auc"] = category.auc ? json::value(object_of(*category.auc)) : json::value(nullptr);
    categories.push_back(std::move(row));
  }
  for (const train::Row& row : page.evaluation.languages()) languages.push_back(object_of(row));
  for (const Miss& miss : page.misses)
    misses.push_back(json::object{{"name", valid_utf8(miss.name)},
                                  {"corpus", valid_utf8(miss.corpus)},
                                  {"label", train::name(miss.label)},
                                  {"verdict", verdict::name(miss.answer)},
                                  {"log_odds", rounded(miss.log_odds)}});
  json::value language_sign = nullptr;
  if (const auto sign = page.evaluation.language_as_a_sign())
    language_sign = json::object{{"one", sign->one},
                                 {"other", sign->other},
                                 {"one_messages", sign->one_messages},
                                 {"other_messages", sign->other_messages},
                                 {"auc", object_of(sign->auc)}};
  return to_json(json::object{{"schema", "sekisho.evaluate/1"},
                              {"corpora", std::move(corpora)},
                              {"pairs", std::move(pairs)},
                              {"categories", std::move(categories)},
                              {"languages", std::move(languages)},
                              {"language_as_a_sign", std::move(language_sign)},
                              {"misses", std::move(misses)},
                              {"absent", page.absent},
                              {"unreadable", page.unreadable},
                              {"versions",
                               {{"program", page.versions.program},
                                {"knowledge", page.versions.knowledge},
                                {"model", page.versions.model}}}}) +
         '\n';
}

}  // namespace sekisho::app
