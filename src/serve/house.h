// What all conversations of one server share. Lives on the I/O thread, as long as the server.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

#include "base/limits.h"
#include "serve/metrics.h"
#include "serve/pool.h"
#include "serve/request.h"
#include "serve/site.h"

namespace sekisho::serve {

/// How long each phase of a conversation may take. Tests shorten them.
struct Times {
  std::chrono::milliseconds greeting = limits::http_greeting_time, head = limits::http_header_time,
                            body = limits::http_body_time, write = limits::http_write_time,
                            idle = limits::http_idle_time, linger = limits::http_linger_time;
};

/// One line of the log: what was asked by the name of its route, and how it went; nothing that was sent.
struct LogLine {
  std::string_view method, route;
  int status = 0;
  std::size_t bytes_in = 0, bytes_out = 0;
  std::chrono::nanoseconds took{};
};
using Log = std::function<void(const LogLine&)>;

/// A conversation as the server sees it.
class Talk {
 public:
  virtual ~Talk() = default;
  /// The server stops: ends now when nothing is under way, otherwise after the answer.
  virtual void wind_up() = 0;
};

struct House {
  Site& site;
  Pool& pool;
  Metrics& metrics;
  Times times;
  Log log;
  std::function<void(Talk*, const std::string& peer)> left;  ///< called once when a conversation is over
};

/// The bytes of an answer's head: status line, our own fields, the security fields that every answer has
/// (docs/formats/http.md). No value of a request is ever among them.
std::string head_bytes(const Response& response, std::size_t length, bool close, std::time_t now);

}  // namespace sekisho::serve
