// sekisho serve: the page and the API, on this machine alone unless it is asked for more.
#include <algorithm>
#include <charconv>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <iterator>
#include <thread>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

#include "app/commands.h"
#include "app/serve_phone.h"
#include "base/limits.h"
#include "report/care.h"
#include "serve/gate.h"
#include "serve/server.h"

namespace sekisho::app {
namespace {

constexpr std::uint16_t usual_port = 7625;

void log_line(const serve::LogLine& line) {
  const auto now = std::time(nullptr);
  std::fputs(fmt::format("{:%Y-%m-%dT%H:%M:%SZ} {} {} {} in={} out={} ms={:.1f}\n", fmt::gmtime(now), line.method,
                         line.route, line.status, line.bytes_in, line.bytes_out,
                         std::chrono::duration<double, std::milli>(line.took).count())
                 .c_str(),
             stderr);
}

Result<std::string> read_pem(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text(limits::settings_bytes + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  if (text.empty() || text.size() > limits::settings_bytes)
    return fail(ErrorCode::unreadable, Said{"serve.pem", {}}, "the certificate or its key cannot be read", path,
                "check the path and that you may read it");
  return text;
}

Result<unsigned> workers_of(const ServeOptions& options) {
  if (!options.workers) return std::clamp(std::thread::hardware_concurrency(), 1U, engine::most_jobs);
  unsigned number = 0;
  const char* end = options.workers->data() + options.workers->size();
  const auto [stopped, error] = std::from_chars(options.workers->data(), end, number);
  if (error != std::errc() || stopped != end || number == 0 || number > engine::most_jobs)
    return fail(ErrorCode::usage,
                Said{"serve.workers", {{"value", *options.workers}, {"most", std::to_string(engine::most_jobs)}}},
                fmt::format("--workers cannot be '{}'", *options.workers), {},
                fmt::format("a whole number from 1 to {}", engine::most_jobs));
  return number;
}

/// Address, certificate and code of the options. What other devices can reach needs all three.
Result<void> take_address(const ServeOptions& options, serve::ServerSettings& settings) {
  settings.port = usual_port;
  settings.if_taken = serve::ServerSettings::IfTaken::next;
  if (options.listen) {
    const auto listen = serve::read_listen(*options.listen);
    if (!listen) return tl::unexpected(listen.error());
    settings.address = listen->address;
    settings.port = listen->port;
    settings.if_taken = serve::ServerSettings::IfTaken::fail;
  }
  if (options.tls_cert.has_value() != options.tls_key.has_value())
    return fail(ErrorCode::usage, Said{"serve.half_certificate", {}}, "--tls-cert and --tls-key belong together");
  if (options.tls_cert) {
    const auto chain = read_pem(*options.tls_cert);
    const auto key = chain ? read_pem(*options.tls_key) : chain;
    if (!key) return tl::unexpected(key.error());
    settings.identity = {*chain, *key};
  }
  if (options.code_file) {
    const auto code = serve::read_code(*options.code_file);
    if (!code) return tl::unexpected(code.error());
    settings.code = *code;
  }
  if (!options.phone && !serve::is_loopback(settings.address) &&
      (settings.identity.chain_pem.empty() || settings.code.empty()))
    return fail(
        ErrorCode::usage, Said{"serve.open_to_all", {{"address", settings.address}}},
        fmt::format("{} can be reached by others, so it needs a certificate and an access code", settings.address), {},
        "--tls-cert FILE --tls-key FILE --access-code-file FILE, or --phone");
  for (const std::string& name : options.hosts) {
    const auto host = serve::host_of(name);
    if (!host)
      return fail(ErrorCode::usage, Said{"serve.host", {{"value", name}}}, fmt::format("--host cannot be '{}'", name));
    settings.hosts.insert(*host);
  }
  return {};
}

std::string address_of(const serve::ServerSettings& settings, std::uint16_t port) {
  const bool six = settings.address.find(':') != std::string::npos;
  return fmt::format("{}://{}:{}/", settings.identity.chain_pem.empty() ? "http" : "https",
                     six ? "[" + settings.address + "]" : settings.address, port);
}

void print_start(const Session& session, const serve::ServerSettings& settings, std::uint16_t port) {
  const Paint paint = paint_for(session.settings.color.value);
  const int width = terminal_width(STDOUT_FILENO);
  const auto paragraph = [&](std::string_view text) { return wrap(text, width, session.voice.lang(), "", ""); };
  std::string out = session.voice.say("serve.started", {{"address", paint.strong(address_of(settings, port))}}) + "\n";
  out += paragraph(session.voice.say(fmt::format("serve.hint.{}", settings.code.empty() ? "open" : "code")));
  out += paragraph(session.voice.say("serve.stop_hint"));
  std::fputs(out.c_str(), stdout);
  std::fflush(stdout);
}

}  // namespace

int run_serve(const Session& session, std::shared_ptr<const engine::Engine> engine) {
  const ServeOptions& options = session.options.serve;
  serve::ServerSettings settings;
  if (auto ok = take_address(options, settings); !ok) return complain(session, ok.error());
  Phone phone;
  if (options.phone) {
    auto prepared = prepare_phone(session, settings);
    if (!prepared) return complain(session, prepared.error());
    phone = std::move(*prepared);
  }
  const auto workers = workers_of(options);
  if (!workers) return complain(session, workers.error());
  settings.workers = *workers;
  settings.speech.speech = session.voice.japanese() ? care::Register::ja : care::Register::en;
  settings.knowledge = session.settings.knowledge.value;
  auto cache = automaton_cache(session.settings, session.voice);
  settings.store = cache.store();
  if (options.log || isatty(STDERR_FILENO) != 1) settings.log = log_line;
  settings.reloaded = [&](const std::optional<Error>& error) {
    std::fputs((error ? session.voice.complaint(*error) + session.voice.say("serve.reload_refused") + '\n'
                      : session.voice.say("serve.reloaded") + '\n')
                   .c_str(),
               stderr);
  };
  auto care = report::load_care(session.settings.knowledge.value);
  if (!care) return complain(session, care.error());
  auto knowing = std::make_shared<const serve::Knowing>(std::move(engine), std::move(*care));
  const serve::ServerSettings shown = settings;
  auto server = serve::Server::open(std::move(settings), std::move(knowing));
  if (!server) return complain(session, server.error());
  print_start(session, shown, (*server)->port());
  if (options.phone) {
    std::fputs(phone_page(session, shown, phone, (*server)->port()).c_str(), stdout);
    std::fflush(stdout);
  }
  (*server)->run(serve::Server::Signals::heard);
  std::fputs((session.voice.say("serve.stopped") + '\n').c_str(), stdout);
  return output_arrived() ? 0 : exit_code::internal;
}

}  // namespace sekisho::app
