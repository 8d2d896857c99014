// Answers → what to do now: steps in order with dates, what never to do, what to expect, whom to call, what to keep.
// One function from values to a value; "today" is handed in. Nothing here prints; numbers that may not be shown never
// leave.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "care/answers.h"
#include "care/care.h"

namespace sekisho::care {

struct PlannedStep {
  std::string id, text, why;
  std::optional<Day> deadline;
  std::string deadline_text;  ///< empty: none
};

struct PlannedContact {
  std::string id, name, phone, hours, web, say, as_of;  ///< empty phone, hours or web: none to show
  bool confirmed = true;
};

struct Plan {
  std::string reassure;
  std::vector<PlannedStep> steps;
  std::vector<std::string> lines[line_kinds];
  std::vector<PlannedContact> contacts;
  struct {
    Day when{};
    std::uint32_t hours = 0;
    std::string ask;
  } next_check;

  const std::vector<std::string>& of(LineKind kind) const { return lines[static_cast<std::size_t>(kind)]; }
};

/// How furigana leave in the plan's texts: for reading as text, or still marked for a page.
enum class Reading : std::uint8_t { spoken, marked };

/// `answers` must have passed check_answers.
Plan make_plan(const Care& care, const Answers& answers, Day today, Reading reading = Reading::spoken);

/// A desk as it may be shown: without a number that may not be shown; nullopt when nothing about it is certain enough
/// and it has no official page. `say` empty: the desk's own. `prefecture` (may be null) is the reader's.
std::optional<PlannedContact> shown(const Care& care, const Contact& contact, const Prefecture* prefecture,
                                    const Carrier* carrier, const Text& say, Register speech);

/// The number of a prefecture's police that may be shown: cyber desk, else consultation, else headquarters.
const Phone* phone_to_show(const Prefecture& prefecture);

}  // namespace sekisho::care
