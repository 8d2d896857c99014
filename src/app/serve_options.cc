#include "app/serve_options.h"

#include <CLI/CLI.hpp>

namespace sekisho::app {

void add_serve_options(CLI::App& command, ServeOptions& options) {
  command.add_option("--listen", options.listen);
  command.add_option("--tls-cert", options.tls_cert);
  command.add_option("--tls-key", options.tls_key);
  command.add_option("--access-code-file", options.code_file);
  command.add_option("--workers", options.workers);
  command.add_option("--host", options.hosts)
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  command.add_flag("--phone", options.phone);
  command.add_flag("--log", options.log);
}

}  // namespace sekisho::app
