// Time stamps after RFC 3161: a request for the digest of a case's log, and the reply that an authority gave, as files,
// so that any authority can be used and no network is touched. OpenSSL's own reading of the formats. Pure but for the
// randomness of a request's nonce.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace sekisho::vault {

/// A TimeStampReq for `digest` (SHA-256, 64 hexadecimal digits), with a nonce, asking for the certificates: a .tsq
/// file.
Result<std::string> stamp_request(std::string_view digest);

/// What a reply says.
struct Stamp {
  std::string digest;     ///< 64 hexadecimal digits
  std::string time;       ///< RFC 3339 in UTC
  std::string policy;     ///< the authority's, as an object identifier
  std::string authority;  ///< as the reply names it; may be empty
};

/// Reads a TimeStampResp (.tsr). Error bad_data: not a reply, refused by the authority, another digest than SHA-256.
/// Whether its signature holds is not looked at.
Result<Stamp> read_stamp(std::string_view reply, const std::string& where);

/// Whether the authority's signature holds, by the certificates in `pem` (the trusted root; others may follow), and the
/// reply is about `digest`. Error bad_data says why not.
Result<void> check_stamp(std::string_view reply, std::string_view digest, std::string_view pem,
                         const std::string& where);

}  // namespace sekisho::vault
