// What `guide`, `contacts` and `carriers` share: the data of knowledge/care with the site's folder laid over it, the
// day it is, the register to speak in.
#pragma once

#include <string>

#include "app/commands.h"
#include "report/answers.h"
#include "report/care.h"
#include "report/json.h"

namespace sekisho::app {

/// The built-in data, and DIR/care of --knowledge DIR over it when there is one.
Result<care::Care> load_care(const engine::Settings& settings);

/// --register, else the language of the run.
care::Register register_of(const Session& session);
/// The day given by --today, else that of this machine's clock and time zone.
care::Day today_of(const GuideOptions& options);

/// A whole file, or standard input for "-". Refuses more than limits::answers_bytes. `path` names it in errors.
Result<std::string> read_small_file(const std::string& path);

using report::answers_from_check;
using report::answers_from_scan;
using report::array_of;
using report::parse_answers;
using report::to_object;

}  // namespace sekisho::app
