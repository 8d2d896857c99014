// What `guide`, `contacts` and `carriers` share: the data of knowledge/care with the site's folder laid over it, the
// answers and plans as JSON, the day it is, the register to speak in.
#pragma once

#include <string>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "app/commands.h"
#include "care/answers.h"
#include "care/care.h"
#include "care/describe.h"
#include "care/plan.h"

namespace sekisho::app {

/// The built-in data, and DIR/care of --knowledge DIR over it when there is one.
Result<care::Care> load_care(const engine::Settings& settings);

/// --register, else the language of the run.
care::Register register_of(const Session& session);
/// The day given by --today, else that of this machine's clock and time zone.
care::Day today_of(const GuideOptions& options);

/// A whole file, or standard input for "-". Refuses more than limits::answers_bytes. `path` names it in errors.
Result<std::string> read_small_file(const std::string& path);

/// sekisho.guide/1 in: error usage for what is not JSON, an unknown field, a wrong type or a day that is none. Ids are
/// not looked at (care::check_answers). `fallback` is the register when "lang" is not given.
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

boost::json::array array_of(const std::vector<std::string>& texts);

/// sekisho.describe/1 out.
boost::json::object to_object(const care::Described& described);
/// sekisho.guide/1 out.
boost::json::object to_object(const care::Plan& plan);

}  // namespace sekisho::app
