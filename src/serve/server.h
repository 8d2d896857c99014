// The server: listens, lets conversations begin, counts them, publishes new knowledge, stops. One I/O thread (the one
// that calls run()), a pool of workers that judge, one thread that reloads. Made by `sekisho serve` and by tests.
#pragma once

#include <filesystem>
#include <memory>
#include <set>
#include <string>

#include "base/result.h"
#include "serve/house.h"
#include "serve/knowing.h"

namespace sekisho::serve {

/// A certificate chain and its key, PEM.
struct Identity {
  std::string chain_pem, key_pem;
};

struct ServerSettings {
  std::string address = "127.0.0.1";  ///< an IP address
  std::uint16_t port = 0;
  /// A taken port is an error, or the next free one of a few is used.
  enum class IfTaken : std::uint8_t { fail, next } if_taken = IfTaken::fail;
  Identity identity;            ///< empty: in the clear
  std::string code;             ///< "": none is asked
  std::set<std::string> hosts;  ///< further names under which it is asked for
  std::string authority_pem;    ///< handed out at /ca.crt
  unsigned workers = 1;
  std::size_t connections = limits::http_connections, connections_of_one = limits::http_connections_of_one;
  Speech speech;
  std::filesystem::path knowledge;  ///< the site's folder that is looked at for changes; may be empty
  knowledge::AutomatonStore store;
  Times times;
  Log log;
  /// Told about a reload: nothing when the new knowledge is in use, else why not.
  std::function<void(const std::optional<Error>&)> reloaded = [](const std::optional<Error>&) {};
};

class Server {
 public:
  /// Listens. Error usage when the address cannot be used, a port is taken or the certificate does not fit its key.
  static Result<std::unique_ptr<Server>> open(ServerSettings settings, std::shared_ptr<const Knowing> knowing);
  virtual ~Server() = default;

  virtual std::uint16_t port() const = 0;
  /// Until stop(), or SIGINT or SIGTERM when signals are heard; SIGHUP reloads. Returns when the last answer is out.
  enum class Signals : std::uint8_t { heard, not_heard };
  virtual void run(Signals signals) = 0;
  /// From any thread: takes nothing more, finishes what is under way.
  virtual void stop() = 0;
  /// From any thread: reads the knowledge again beside the one in use.
  virtual void reload() = 0;
  virtual const Metrics& metrics() const = 0;
};

/// "127.0.0.1:7625", "[::1]:80", "localhost:0" → address and port; error usage.
struct Listen {
  std::string address;
  std::uint16_t port = 0;
};
Result<Listen> read_listen(const std::string& text);
/// Whether nothing but this machine reaches the address.
bool is_loopback(const std::string& address);

}  // namespace sekisho::serve
