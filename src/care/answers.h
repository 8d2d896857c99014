// What a person told: situations, what they did, what they typed, dates, place, carrier. Filled by the interview, by a
// file (app reads the JSON) or from a judged message; checked here. Plain values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "care/care.h"

namespace sekisho::care {

struct Answers {
  std::vector<std::string> situations, done, typed;
  std::optional<Day> when, typed_on, mails_began, received_paper;
  std::string prefecture, carrier, told_someone, lure;  ///< empty: not known
  Register speech = Register::ja;

  /// A date by its field's name.
  const std::optional<Day>& date(std::string_view field) const;
  std::optional<Day>& date(std::string_view field);
  /// Whether the field is known; is_answer_field names them.
  bool has(std::string_view field) const;
};

/// Error usage naming the first unknown id and its nearest known one, or that no situation was given.
Result<void> check_answers(const Care& care, const Answers& answers);

/// Nothing done means that it was only received; a typed item implies its action. Ids once each, in the data's order.
Answers completed(const Care& care, Answers answers);

/// Whether `when` holds. `answers` must be completed.
bool holds(const When& when, const Answers& answers, Day today);

}  // namespace sekisho::care
