#include "care/interview.h"

#include <algorithm>
#include <charconv>

#include "base/limits.h"
#include "text/fold.h"
#include "text/utf8.h"

namespace sekisho::care {
namespace {

std::string trimmed(std::string_view line) {
  const std::size_t begin = line.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return std::string(line.substr(begin, line.find_last_not_of(" \t\r\n") - begin + 1));
}

/// The numbers in a folded line; whatever stands between them parts them. nullopt for a letter among them.
std::optional<std::vector<std::size_t>> numbers_in(std::string_view line) {
  std::vector<std::size_t> numbers;
  for (std::size_t at = 0; at < line.size();) {
    const char c = line[at];
    if (c >= '0' && c <= '9') {
      std::size_t number = 0;
      const auto [end, error] = std::from_chars(line.data() + at, line.data() + line.size(), number);
      if (error != std::errc()) return std::nullopt;
      numbers.push_back(number);
      at = static_cast<std::size_t>(end - line.data());
      continue;
    }
    const text::CodePoint letter = text::code_point_at(line, at);
    if ((letter.value < 0x80 && std::isalpha(static_cast<int>(letter.value)) != 0) || text::is_kanji(letter.value) ||
        text::is_hiragana(letter.value))
      return std::nullopt;
    at += letter.size;
  }
  return numbers.empty() ? std::nullopt : std::optional(numbers);
}

std::optional<Day> day_in(const Care& care, const std::string& line, Day today) {
  if (const auto day = find_day(line)) return day;
  for (const auto& [key, back] : {std::pair{"interview.today", 0}, std::pair{"interview.yesterday", 1}})
    for (const Register speech : {Register::ja, Register::ja_plain, Register::en})
      if (text::fold_key(line) == text::fold_key(spoken(care.say(key, speech)))) return today - std::chrono::days(back);
  // What is left are two or three numbers, whatever parts them: 11/20, 11月20日, 2026年11月20日.
  std::vector<unsigned> numbers;
  const std::string folded = text::fold_key(line);
  for (std::size_t at = 0; at < folded.size(); ++at) {
    if (folded[at] < '0' || folded[at] > '9') continue;
    unsigned number = 0;
    const auto [end, error] = std::from_chars(folded.data() + at, folded.data() + folded.size(), number);
    if (error != std::errc()) return std::nullopt;
    numbers.push_back(number);
    at = static_cast<std::size_t>(end - folded.data()) - 1;
  }
  const std::chrono::year_month_day now(today);
  const auto make = [](int year, unsigned month, unsigned day) -> std::optional<Day> {
    const auto ymd = std::chrono::year(year) / month / day;
    if (year < 1900 || year > 2199 || !ymd.ok()) return std::nullopt;
    return Day(ymd);
  };
  if (numbers.size() == 3) return make(static_cast<int>(numbers[0]), numbers[1], numbers[2]);
  if (numbers.size() != 2) return std::nullopt;
  const auto this_year = make(static_cast<int>(now.year()), numbers[0], numbers[1]);
  if (this_year && *this_year <= today) return this_year;
  const auto last_year = make(static_cast<int>(now.year()) - 1, numbers[0], numbers[1]);
  return last_year ? last_year : this_year;
}

const Prefecture* prefecture_in(const Care& care, const std::string& line) {
  const std::string wanted = text::fold_key(line);
  for (const Prefecture& prefecture : care.prefectures) {
    const std::string ja = text::fold_key(prefecture.name.ja);
    // 千葉 for 千葉県: the name without its last letter.
    if (wanted == prefecture.id || wanted == ja || wanted == text::fold_key(prefecture.name.en) ||
        (wanted.size() >= 6 && ja.size() == wanted.size() + 3 && ja.starts_with(wanted)))
      return &prefecture;
  }
  return nullptr;
}

std::string* word_field(Answers& answers, std::string_view question) {
  if (question == "prefecture") return &answers.prefecture;
  if (question == "carrier") return &answers.carrier;
  if (question == "told_someone") return &answers.told_someone;
  return question == "lure" ? &answers.lure : nullptr;
}
std::vector<std::string>* list_field(Answers& answers, std::string_view question) {
  if (question == "situations") return &answers.situations;
  if (question == "done") return &answers.done;
  return question == "typed" ? &answers.typed : nullptr;
}

}  // namespace

Answering answering(std::string_view question) {
  if (question == "situations" || question == "done" || question == "typed") return Answering::several;
  if (is_date_field(question)) return Answering::day;
  if (question == "prefecture") return Answering::place;
  return question == "carrier" ? Answering::one : Answering::words;
}

std::vector<Option> options(const Care& care, std::string_view question, Register speech) {
  std::vector<Option> out;
  const auto add = [&](const std::string& id, const Text& text) { out.push_back({id, spoken(text.in(speech))}); };
  if (question == "situations")
    for (const Situation& situation : care.situations) add(situation.id, situation.name);
  if (question == "done")
    for (const Choice& choice : care.actions) add(choice.id, choice.text);
  if (question == "typed")
    for (const Choice& choice : care.typed_items) add(choice.id, choice.text);
  if (question == "carrier")
    for (const Carrier& carrier : care.carriers) add(carrier.id, carrier.name);
  return out;
}

const Question* next_question(const Care& care, const Answers& answers, const std::vector<std::string>& asked,
                              Day today) {
  for (const Question& question : care.questions)
    if (std::find(asked.begin(), asked.end(), question.id) == asked.end() && holds(question.when, answers, today))
      return &question;
  return nullptr;
}

std::optional<Answers> answered(const Care& care, Answers answers, std::string_view question, std::string_view line,
                                Day today) {
  const std::string words = trimmed(line.substr(0, limits::interview_bytes));
  if (words.empty()) return std::nullopt;
  switch (answering(question)) {
    case Answering::several:
    case Answering::one: {
      const auto choices = options(care, question, answers.speech);
      const auto numbers = numbers_in(text::fold_key(words));
      if (!numbers) return std::nullopt;
      std::vector<std::string> ids;
      for (const std::size_t number : *numbers) {
        if (number == 0 || number > choices.size()) return std::nullopt;
        const std::string& id = choices[number - 1].id;
        if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
      }
      if (auto* list = list_field(answers, question)) {
        *list = std::move(ids);
        return answers;
      }
      if (ids.size() != 1) return std::nullopt;
      *word_field(answers, question) = ids.front();
      return answers;
    }
    case Answering::day: {
      const auto day = day_in(care, words, today);
      if (!day) return std::nullopt;
      answers.date(question) = day;
      return answers;
    }
    case Answering::place: {
      const Prefecture* place = prefecture_in(care, words);
      if (place == nullptr) return std::nullopt;
      answers.prefecture = place->id;
      return answers;
    }
    case Answering::words:
      break;
  }
  *word_field(answers, question) = words.substr(0, text::valid_prefix(words));
  return answers;
}

std::optional<bool> find_yes_no(std::string_view line) {
  const auto numbers = numbers_in(text::fold_key(trimmed(line.substr(0, limits::interview_bytes))));
  if (!numbers || numbers->size() != 1 || numbers->front() == 0 || numbers->front() > 2) return std::nullopt;
  return numbers->front() == 1;
}

Answers unanswered(Answers answers, std::string_view question) {
  if (auto* list = list_field(answers, question))
    list->clear();
  else if (is_date_field(question))
    answers.date(question).reset();
  else if (auto* word = word_field(answers, question))
    word->clear();
  return answers;
}

}  // namespace sekisho::care
