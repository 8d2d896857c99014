// The parts of `sekisho filter` that main and the tests need too. Exit codes are its own: a delivery agent asks.
#pragma once

#include <string>
#include <string_view>

#include "app/commands.h"

namespace sekisho::app {

inline constexpr int filter_accept = 0, filter_reject = 10;

int run_filter(const Session& session);

/// For a command line or settings that are wrong: accepts, and passes the message on where --output message asks for
/// it.
int accept_unread(int argc, const char* const* argv);

/// The message without X-Sekisho- headers (and their continuation lines) in its header: somebody else wrote them. All
/// other bytes stay as they are.
std::string without_own_headers(std::string_view message);

}  // namespace sekisho::app
