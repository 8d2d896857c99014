// The words behind `sekisho serve`, as values. Filled by options.cc through CLI11; what they mean is checked by the
// command.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace sekisho::app {

struct ServeOptions {
  std::optional<std::string> listen, tls_cert, tls_key, code_file, workers;
  std::vector<std::string> hosts;  ///< further names under which the server is asked for
  bool phone = false, log = false;
};

void add_serve_options(CLI::App& command, ServeOptions& options);

}  // namespace sekisho::app
