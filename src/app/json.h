// JSON out, by its short name for the commands (report/json.h).
#pragma once

#include "report/json.h"

namespace sekisho::app {

using report::to_json;
using report::valid_utf8;

}  // namespace sekisho::app
