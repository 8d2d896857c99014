// sekisho index: what scans have kept, and how to be rid of it.
#include <cstdio>

#include "app/commands.h"

namespace sekisho::app {

int run_index(const Session& session) {
  std::fputs((session.voice.say("scan.index.empty") + '\n').c_str(), stdout);
  return output_arrived() ? exit_code::nothing_found : exit_code::internal;
}

}  // namespace sekisho::app
