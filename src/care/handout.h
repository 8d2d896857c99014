// One page to hand to a person: the plan of a situation as HTML that stands alone (no script, no font, no picture,
// nothing fetched), made for A4. Furigana become ruby. Everything is escaped. Pure.
#pragma once

#include <string>

#include "care/answers.h"
#include "care/care.h"

namespace sekisho::care {

/// `answers` names the situation and the register; it must have passed check_answers.
std::string handout(const Care& care, const Answers& answers, Day today);
/// A draft meant for paper, as a page of its own.
std::string printable(const std::string& title, const std::string& body);

}  // namespace sekisho::care
