#include "report/questions.h"

#include <boost/json/array.hpp>

#include "care/interview.h"
#include "report/json.h"

namespace sekisho::report {
namespace {

namespace json = boost::json;

std::string_view name(care::Answering answering) {
  switch (answering) {
    case care::Answering::several:
      return "several";
    case care::Answering::one:
      return "one";
    case care::Answering::day:
      return "day";
    case care::Answering::place:
      return "place";
    case care::Answering::words:
      break;
  }
  return "words";
}

json::object condition(const care::Clause& clause) {
  json::object out;
  const auto put = [&](const char* key, const std::vector<std::string>& ids) {
    if (!ids.empty()) out[key] = array_of(ids);
  };
  put("situation", clause.situation);
  put("not_situation", clause.not_situation);
  put("done", clause.done);
  put("not_done", clause.not_done);
  put("typed", clause.typed);
  put("not_typed", clause.not_typed);
  put("has", clause.has);
  put("lacks", clause.lacks);
  put("carrier", clause.carrier);
  return out;
}

json::value condition(const care::When& when) {
  if (when.empty()) return nullptr;
  if (when.size() == 1) return condition(when.front());
  json::array any;
  for (const care::Clause& clause : when) any.push_back(condition(clause));
  return json::object{{"any", std::move(any)}};
}

json::array choices(const care::Care& care, std::string_view question, care::Register speech) {
  json::array out;
  for (const care::Option& option : care::options(care, question, speech))
    out.push_back({{"id", option.id}, {"text", option.text}});
  return out;
}

}  // namespace

json::object questions(const care::Care& care, care::Register speech) {
  json::array asked, situations, typed, prefectures;
  for (const care::Question& question : care.questions)
    asked.push_back({{"id", question.id},
                     {"ask", care::spoken(care.say("interview.ask." + question.id, speech))},
                     {"answering", name(care::answering(question.id))},
                     {"when", condition(question.when)}});
  for (const care::Situation& situation : care.situations)
    situations.push_back({{"id", situation.id},
                          {"text", care::spoken(situation.name.in(speech))},
                          {"reassure", care::spoken(situation.reassure.in(speech))}});
  for (const care::Choice& item : care.typed_items)
    typed.push_back(
        {{"id", item.id}, {"text", care::spoken(item.text.in(speech))}, {"implies", or_null(item.implies)}});
  for (const care::Prefecture& prefecture : care.prefectures)
    prefectures.push_back({{"id", prefecture.id}, {"text", care::spoken(prefecture.name.in(speech))}});
  return {{"schema", "sekisho.questions/1"},
          {"lang", care::name(speech)},
          {"questions", std::move(asked)},
          {"situations", std::move(situations)},
          {"actions", choices(care, "done", speech)},
          {"typed", std::move(typed)},
          {"prefectures", std::move(prefectures)},
          {"carriers", choices(care, "carrier", speech)}};
}

}  // namespace sekisho::report
