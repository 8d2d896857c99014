// Authentication-Results (RFC 8601) and ARC-Authentication-Results (RFC 8617) as written, including providers that
// leave out the authserv-id or add properties of their own. Says nothing about trust. Pure, linear.
#pragma once

#include <string_view>

#include "message/message.h"

namespace sekisho::message {

/// Method and property names are lower case; values as written without quotes. A comment after a result becomes the
/// property "comment" (Gmail puts the DMARC policy there), a bare word the property "".
AuthResults parse_auth_results(std::string_view unfolded);

/// The same after the "i=1;" of ARC.
AuthResults parse_arc_auth_results(std::string_view unfolded);

}  // namespace sekisho::message
