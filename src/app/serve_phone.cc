#include "app/serve_phone.h"

#include <ctime>

#include <fmt/format.h>
#include <unistd.h>

#include "serve/gate.h"
#include "serve/home.h"

namespace sekisho::app {

Result<Phone> prepare_phone(const Session& session, serve::ServerSettings& settings) {
  const auto& state = session.settings.state.value;
  if (state.empty())
    return fail(ErrorCode::usage, Said{"serve.no_state", {}}, "there is no folder to keep the certificate in", {},
                "give one with --state DIR");
  const auto addresses = serve::home_addresses();
  const auto& options = session.options.serve;
  if (addresses.empty() && !options.listen)
    return fail(ErrorCode::usage, Said{"serve.no_network", {}}, "this computer is in no home network");
  if (!options.listen) settings.address = addresses.front();
  const auto made = serve::home_certificates(state / "tls", {settings.address}, std::time(nullptr));
  if (!made) return tl::unexpected(made.error());
  settings.identity = made->identity;
  settings.authority_pem = made->authority_pem;
  if (settings.code.empty()) settings.code = serve::random_code();
  return Phone{made->fingerprint};
}

std::string phone_page(const Session& session, const serve::ServerSettings& settings, const Phone& phone,
                       std::uint16_t port) {
  const Paint paint = paint_for(session.settings.color.value);
  const int width = terminal_width(STDOUT_FILENO);
  const Voice& voice = session.voice;
  const std::string address = fmt::format("https://{}:{}/", settings.address, port);
  const auto numbered = [&](int number, const std::string& text) {
    return wrap(text, width, voice.lang(), fmt::format("{}. ", number), "   ");
  };
  std::string out = '\n' + paint.strong(voice.say("serve.phone.title")) + '\n';
  if (isatty(STDOUT_FILENO) == 1)
    for (const std::string& line : serve::qr_lines(address + "#/code/" + settings.code)) out += paint.code(line) + '\n';
  out += numbered(1, voice.say("serve.phone.scan")) + "   " + address + '\n';
  // What is compared or typed by hand is never broken in the middle.
  const std::size_t half = phone.fingerprint.size() / 2;
  out += numbered(2, voice.say("serve.phone.accept"));
  out += "   " + phone.fingerprint.substr(0, half) + "\n   " + phone.fingerprint.substr(half + 1) + '\n';
  out += numbered(3, voice.say("serve.phone.code", {{"code", settings.code}}));
  out += numbered(4, voice.say("serve.phone.trust")) + "   " + address + "ca.crt\n";
  out += numbered(5, voice.say("serve.phone.install"));
  out += '\n' + wrap(voice.say("serve.phone.meaning"), width, voice.lang(), "", "");
  return out +
         wrap(voice.say("serve.phone.remove", {{"folder", (session.settings.state.value / "tls").string()}}), width,
              voice.lang(), "", "") +
         '\n';
}

}  // namespace sekisho::app
