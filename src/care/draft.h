// Letters and reports with their gaps filled from what was answered: shown before use, never sent. What belongs to
// third persons is masked unless the reader says that the desk needs it. Pure.
#pragma once

#include <map>
#include <string>

#include "care/answers.h"
#include "care/care.h"

namespace sekisho::care {

struct DraftText {
  std::string title, to, subject, body, translation,
      note;             ///< `body` in Japanese, as it is sent; the others in the reader's register
  bool masked = false;  ///< something of a third person was hidden
};

enum class ThirdPersons : std::uint8_t { masked, shown };

/// `values` fills slots by name and goes before the answers. A gap that nothing fills becomes a line to write on.
DraftText fill_draft(const Care& care, const Draft& draft, const Answers& answers,
                     const std::map<std::string, std::string>& values, ThirdPersons third_persons, Day today);

/// The first letter and a dot for each other one: 山田太郎 → 山●●●.
std::string masked(std::string_view value);

}  // namespace sekisho::care
