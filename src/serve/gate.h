// Who may ask: the Host field (a page of a stranger whose name was pointed at this machine), the origin (a page of a
// stranger that posts to us), and the access code. Called before a body is read. Sessions and wrong codes are counted
// here; used by the I/O thread alone.
#pragma once

#include <chrono>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/result.h"
#include "serve/request.h"

namespace sekisho::serve {

/// Why a request is turned away: the name of a problem (knowledge/words_serve.yaml) and its status.
struct Refusal {
  int status = 0;
  std::string_view problem;
};

/// What a route wants of who asks.
enum class Access : std::uint8_t {
  open,    ///< the page itself, health: no secret, nothing of a person
  guarded  ///< needs the access code, when there is one
};

class Gate {
 public:
  using Now = std::chrono::steady_clock::time_point;

  /// `hosts`: names and addresses under which this server is asked for, as host_of() gives them. `code` empty: none.
  Gate(std::set<std::string> hosts, std::string code);

  /// nullopt: may go on.
  std::optional<Refusal> admit(const Head& head, Access access, Now now);

  /// Whether `code` is right; counts wrong ones. `refusal` says why not.
  std::optional<Refusal> enter(const Head& head, std::string_view code, Now now);
  /// The Set-Cookie value of who has entered.
  std::string cookie(const Head& head) const;

  bool needs_code() const { return !code_.empty(); }

 private:
  std::optional<Refusal> check_host(const Head& head) const;
  std::optional<Refusal> check_origin(const Head& head) const;
  bool is_throttled(const std::string& peer, Now now) const;
  void count_wrong(const std::string& peer, Now now);

  struct Wrong {
    unsigned count = 0;
    Now since;
  };
  std::set<std::string> hosts_;
  std::string code_;
  std::string session_;  ///< what the cookie carries; new with every start
  std::unordered_map<std::string, Wrong> wrong_;
};

/// `bytes` random bytes as hexadecimal digits, for sessions; and a code that people can type: "ABCDE-FGHJK".
std::string random_hex(std::size_t bytes);
std::string random_code();
/// The access code of a file: its first line. Error usage when it is too short or the file is readable by others.
Result<std::string> read_code(const std::string& path);

}  // namespace sekisho::serve
