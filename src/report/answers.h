// What a person answered, from and to JSON (docs/formats/guide.md), and the answers that a judged message or a scanned
// mailbox already gives. Called by `guide` and by the server. Pure.
#pragma once

#include <string>
#include <string_view>

#include <boost/json/object.hpp>

#include "care/answers.h"
#include "care/care.h"

namespace sekisho::report {

/// sekisho.guide/1 in: error usage for what is not JSON, an unknown field, a wrong type or a day that is none. Ids are
/// not looked at (care::check_answers). `fallback` is the register when "lang" is not given; `where` names the text in
/// errors.
Result<care::Answers> parse_answers(std::string_view json_text, const std::string& where, care::Register fallback);
boost::json::object to_object(const care::Answers& answers);

/// The JSON of `sekisho check` (one object or one a line) → the situations its kinds of scam lead to.
Result<care::Answers> answers_from_check(const care::Care& care, std::string_view json_text, const std::string& where,
                                         care::Register speech);

/// The JSON of `sekisho scan` → answers: the campaign with the most messages, those still running before the others;
/// what it holds about the person as what was typed, and the dates of its lure and of its first mail. Error usage when
/// it is no scan or names no campaign.
Result<care::Answers> answers_from_scan(const care::Care& care, std::string_view json_text, const std::string& where,
                                        care::Register speech);

}  // namespace sekisho::report
