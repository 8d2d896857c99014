// `sekisho serve --phone`: where a phone of the same network finds the page, over HTTPS with a certificate of this
// machine's own, and what its owner is asked to accept. Part of serve.cc; one thread.
#pragma once

#include "app/commands.h"
#include "serve/server.h"

namespace sekisho::app {

/// Fills in address, certificate, names and a new code. Error usage when this machine is in no home network or there is
/// no state folder to keep the certificate in. `fingerprint`: of the certificate.
struct Phone {
  std::string fingerprint;
};
Result<Phone> prepare_phone(const Session& session, serve::ServerSettings& settings);

/// The QR code, the code to type, what to accept, what that means, and how to take it back.
std::string phone_page(const Session& session, const serve::ServerSettings& settings, const Phone& phone,
                       std::uint16_t port);

}  // namespace sekisho::app
