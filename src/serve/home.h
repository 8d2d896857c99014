// What `serve --phone` needs: this machine's addresses in the home network, a certificate authority of its own that is
// good for such addresses only, and a certificate for them, kept in the state folder. OpenSSL's library does the
// making. Called once at start, on one thread; the clock is handed in.
#pragma once

#include <ctime>
#include <filesystem>
#include <string>
#include <vector>

#include "serve/server.h"

namespace sekisho::serve {

/// Addresses of this machine that only a home or an office network reaches (RFC 1918, RFC 4193), the one of the default
/// route first; interfaces that are down are passed over. Empty: there is none.
std::vector<std::string> home_addresses();

struct HomeCertificates {
  Identity identity;          ///< the certificate for the addresses, and its key
  std::string authority_pem;  ///< what a phone may be asked to trust
  std::string fingerprint;    ///< SHA-256 of the certificate, "AB:CD:…", as browsers show it
};

/// Reads `folder`, or makes what is missing in it: files readable by their owner alone. The authority lasts five years
/// and may vouch for addresses of home networks only, for no name. The certificate lasts 90 days and is made anew 30
/// days before its end, when the addresses change, or when the authority does.
Result<HomeCertificates> home_certificates(const std::filesystem::path& folder,
                                           const std::vector<std::string>& addresses, std::time_t now);

/// A QR code (ISO/IEC 18004) of `text` in half blocks, two rows of it a line, light on dark with its quiet zone. Empty
/// when the text is too long for one.
std::vector<std::string> qr_lines(const std::string& text);

}  // namespace sekisho::serve
