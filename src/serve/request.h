// A request and its answer as values: what the conversation reads off the wire and what it writes. Plain; whoever holds
// one owns it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "serve/target.h"

namespace sekisho::serve {

enum class Method : std::uint8_t { get, head, post, other };

/// What is known before the body is read. Header values as sent; "" when the field is missing.
struct Head {
  Method method = Method::other;
  std::string target;  ///< as sent
  std::string host, origin, fetch_site, authorization, cookie, content_type, accept_encoding, if_none_match, file_name;
  std::string peer;    ///< the sender's address: for counting, never for the log
  bool local = false;  ///< the sender is this machine
  bool secure = false;
};

struct Request {
  Head head;
  Target target;
  std::vector<std::string> arguments;  ///< what stands for {…} in the route
  std::string body;
};

/// An answer. `name` is the route's, for the log and the metrics: never a part of what was sent.
struct Response {
  int status = 200;
  std::string_view type = "application/json";
  std::string body;
  std::string_view fixed;  ///< sent instead of `body` when it is not empty; lives as long as the program
  std::vector<std::pair<std::string_view, std::string>> headers;
  std::string_view name = "-";
  std::string style_digest;  ///< of a page's one <style>, for its content security policy
  bool close = false;        ///< end the connection after it
};

}  // namespace sekisho::serve
