// The interview of `sekisho guide`, without the terminal: which question comes next, and what a typed line means. The
// questions and their words are data; "back" and "I do not know" are always possible (the caller knows those keys).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "care/answers.h"
#include "care/care.h"

namespace sekisho::care {

/// How a question is answered.
enum class Answering : std::uint8_t { several, one, day, place, words };
Answering answering(std::string_view question);

/// The choices of a question, with their numbers from 1: the order is the data's. Empty for days, places and words.
struct Option {
  std::string id, text;
};
std::vector<Option> options(const Care& care, std::string_view question, Register speech);

/// The first question that is not in `asked` and whose condition holds; null when all have been asked.
const Question* next_question(const Care& care, const Answers& answers, const std::vector<std::string>& asked,
                              Day today);

/// `answers` with the question's field set from a typed line; nullopt when the line cannot be read. Numbers are those
/// of options(); days as 2026-11-20, 11/20, 11月20日, or the words of data for today and yesterday (a day without a
/// year is the last one that was not after today); places by name in any register.
std::optional<Answers> answered(const Care& care, Answers answers, std::string_view question, std::string_view line,
                                Day today);
/// 1 is yes and 2 is no, in any width.
std::optional<bool> find_yes_no(std::string_view line);
/// The field emptied: the reader does not know.
Answers unanswered(Answers answers, std::string_view question);

}  // namespace sekisho::care
