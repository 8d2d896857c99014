// The sentences of the program, by their short name for the commands (report/voice.h).
#pragma once

#include "report/voice.h"

namespace sekisho::app {

using report::Voice;

}  // namespace sekisho::app
