// sekisho index: what scans have kept, and how to be rid of it.
#include <cstdio>

#include "app/commands.h"
#include "app/json.h"
#include "store/index.h"

namespace sekisho::app {

int run_index(const Session& session) {
  const Voice& voice = session.voice;
  const auto complain = [&](const Error& error) {
    std::fputs(voice.complaint(error).c_str(), stderr);
    return exit_code_of(error.code);
  };
  const std::filesystem::path& folder = session.settings.state.value;
  if (session.options.scan.action == "drop") {
    if (const auto ok = store::Index::drop(folder); !ok) return complain(ok.error());
    std::fputs((voice.say("scan.index.dropped") + '\n').c_str(), stdout);
  } else {
    const auto size = store::Index::measure(folder);
    if (!size) return complain(size.error());
    const std::string text =
        size->bytes == 0
            ? voice.say("scan.index.empty")
            : voice.say("scan.index.holds", {{"file", for_terminal(valid_utf8(store::Index::file_in(folder).string()))},
                                             {"files", std::to_string(size->sources)},
                                             {"messages", std::to_string(size->records)},
                                             {"bytes", std::to_string(size->bytes)}}) +
                  '\n' + voice.say("scan.index.next");
    std::fputs((text + '\n').c_str(), stdout);
  }
  return output_arrived() ? exit_code::nothing_found : exit_code::internal;
}

}  // namespace sekisho::app
