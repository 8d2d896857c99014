#include "serve/server.h"

#include <cerrno>
#include <charconv>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "base/limits.h"
#include "serve/conversation.h"
#include "serve/reloader.h"

namespace sekisho::serve {
namespace {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;
using boost::system::error_code;

constexpr int ports_tried = 20;

std::set<std::string> hosts_of(const ServerSettings& settings) {
  std::set<std::string> hosts = settings.hosts;
  for (const char* local : {"localhost", "127.0.0.1", "[::1]"}) hosts.insert(local);
  if (const auto own =
          host_of(settings.address.find(':') == std::string::npos ? settings.address : "[" + settings.address + "]"))
    hosts.insert(*own);
  return hosts;
}

/// TLS 1.2 and up, no renegotiation, no session tickets that outlive a start.
Result<std::unique_ptr<asio::ssl::context>> tls_of(const Identity& identity) {
  if (identity.chain_pem.empty()) return nullptr;
  auto context = std::make_unique<asio::ssl::context>(asio::ssl::context::tls_server);
  error_code error;
  context->set_options(asio::ssl::context::no_sslv2 | asio::ssl::context::no_sslv3 | asio::ssl::context::no_tlsv1 |
                       asio::ssl::context::no_tlsv1_1 | asio::ssl::context::no_compression);
  SSL_CTX_set_options(context->native_handle(), SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  context->use_certificate_chain(asio::buffer(identity.chain_pem), error);
  if (!error) context->use_private_key(asio::buffer(identity.key_pem), asio::ssl::context::pem, error);
  if (!error && SSL_CTX_check_private_key(context->native_handle()) != 1) error = asio::error::invalid_argument;
  if (error)
    return fail(ErrorCode::usage, Said{"serve.certificate", {{"said", error.message()}}},
                "the certificate and its key cannot be used: " + error.message());
  return context;
}

class HttpServer final : public Server {
 public:
  HttpServer(ServerSettings settings, std::shared_ptr<const Knowing> knowing, Pages pages,
             std::unique_ptr<asio::ssl::context> tls)
      : settings_(std::move(settings)),
        pages_(std::move(pages)),
        tls_(std::move(tls)),
        knowing_(std::move(knowing)),
        gate_(hosts_of(settings_), settings_.code),
        site_(knowing_, gate_, metrics_, pages_, {settings_.speech, settings_.authority_pem}),
        house_{site_,           pool_,         metrics_,
               settings_.times, settings_.log, [this](Talk* talk, const std::string& peer) { leave(talk, peer); }},
        acceptor_(io_),
        signals_(io_),
        patience_(io_),
        pool_(settings_.workers, limits::http_waiting) {
    site_.waiting = [this] { return pool_.waiting(); };
  }

  Result<void> listen() {
    error_code error;
    const auto address = asio::ip::make_address(settings_.address, error);
    if (error)
      return fail(ErrorCode::usage, Said{"serve.address", {{"address", settings_.address}}},
                  fmt::format("'{}' is no IP address", settings_.address));
    const int tries = settings_.if_taken == ServerSettings::IfTaken::next ? ports_tried : 1;
    for (int i = 0; i < tries; ++i) {
      const tcp::endpoint endpoint(address, static_cast<std::uint16_t>(settings_.port + i));
      acceptor_.open(endpoint.protocol(), error);
      if (!error) acceptor_.set_option(asio::socket_base::reuse_address(true), error);
      if (!error) acceptor_.bind(endpoint, error);
      if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
      if (!error) {
        port_ = acceptor_.local_endpoint(error).port();
        return {};
      }
      error_code ignored;
      acceptor_.close(ignored);
      if (error != asio::error::address_in_use) break;
    }
    if (error == asio::error::address_in_use)
      return fail(ErrorCode::usage, Said{"serve.taken", {{"port", std::to_string(settings_.port)}}},
                  fmt::format("port {} is taken", settings_.port));
    return fail(ErrorCode::usage, Said{"serve.cannot_listen", {{"said", error.message()}}},
                "cannot listen there: " + error.message(), settings_.address);
  }

  std::uint16_t port() const override { return port_; }

  void run(Signals signals) override {
    reloader_ = std::make_unique<Reloader>(knowing_, settings_.knowledge, settings_.store,
                                           [this](const std::optional<Error>& error) {
                                             ++(error ? metrics_.refused_reloads : metrics_.reloads);
                                             settings_.reloaded(error);
                                           });
    if (signals == Signals::heard) {
      for (const int signal : {SIGINT, SIGTERM, SIGHUP}) signals_.add(signal);
      hear();
    }
    accept();
    io_.run();
    reloader_.reset();
  }

  void stop() override {
    asio::post(io_, [this] { wind_up(); });
  }
  void reload() override {
    asio::post(io_, [this] {
      if (reloader_) reloader_->ask();
    });
  }
  const Metrics& metrics() const override { return metrics_; }

 private:
  void hear() {
    signals_.async_wait([this](error_code error, int signal) {
      if (error) return;
      if (signal != SIGHUP) return wind_up();
      reloader_->ask();
      hear();
    });
  }

  void wind_up() {
    if (site_.stopping.exchange(true)) return io_.stop();  // asked twice: now
    error_code ignored;
    acceptor_.close(ignored);
    const std::vector<Talk*> talks(talks_.begin(), talks_.end());
    for (Talk* talk : talks) talk->wind_up();
    patience_.expires_after(limits::http_stop_time);
    patience_.async_wait([this](error_code error) {
      if (!error) io_.stop();
    });
    end_if_alone();
  }

  /// Nothing is under way any more: what still waits in the I/O loop is let go.
  void end_if_alone() {
    if (!site_.stopping || !talks_.empty()) return;
    patience_.cancel();
    signals_.cancel();
  }

  void accept() {
    acceptor_.async_accept([this](error_code error, tcp::socket socket) {
      if (error == asio::error::operation_aborted || !acceptor_.is_open()) return;
      if (error) {  // no file descriptors left: others must end first
        patience_.expires_after(std::chrono::milliseconds(100));
        return patience_.async_wait([this](error_code ended) {
          if (!ended) accept();
        });
      }
      welcome(std::move(socket));
      accept();
    });
  }

  void welcome(tcp::socket socket) {
    error_code error;
    const auto remote = socket.remote_endpoint(error);
    if (error) return;
    socket.set_option(tcp::no_delay(true), error);
    const Peer peer{remote.address().to_string(), remote.address().is_loopback()};
    const bool full = talks_.size() >= settings_.connections;
    const bool too_many = !peer.local && of_peer_[peer.address] >= settings_.connections_of_one;
    if ((full || too_many) && (tls_ || talks_.size() >= settings_.connections + limits::http_refusals)) {
      ++metrics_.refused;
      if (of_peer_[peer.address] == 0) of_peer_.erase(peer.address);
      return;
    }
    ++of_peer_[peer.address];
    ++metrics_.connections;
    std::shared_ptr<Talk> talk;
    if (full || too_many) {
      ++metrics_.refused;
      talk = turn_away(std::move(socket), house_, peer, too_many ? 429 : 503, too_many ? "too_many" : "busy");
    } else {
      ++metrics_.accepted;
      talk = begin(std::move(socket), tls_.get(), house_, peer);
    }
    talks_.insert(talk.get());
  }

  void leave(Talk* talk, const std::string& peer) {
    talks_.erase(talk);
    --metrics_.connections;
    if (const auto found = of_peer_.find(peer); found != of_peer_.end() && --found->second == 0) of_peer_.erase(found);
    end_if_alone();
  }

  // In the order in which they may go: conversations, which the I/O loop holds, go before what they use.
  ServerSettings settings_;
  Pages pages_;
  std::unique_ptr<asio::ssl::context> tls_;
  Metrics metrics_;
  Published<Knowing> knowing_;
  Gate gate_;
  Site site_;
  std::uint16_t port_ = 0;  ///< set once, before run(): any thread may ask
  std::unordered_set<Talk*> talks_;
  std::unordered_map<std::string, std::size_t> of_peer_;
  House house_;
  asio::io_context io_{1};
  tcp::acceptor acceptor_;
  asio::signal_set signals_;
  asio::steady_timer patience_;
  std::unique_ptr<Reloader> reloader_;
  Pool pool_;
};

}  // namespace

Result<std::unique_ptr<Server>> Server::open(ServerSettings settings, std::shared_ptr<const Knowing> knowing) {
  auto pages = Pages::load(embedded_pages());
  if (!pages) return tl::unexpected(pages.error());
  auto tls = tls_of(settings.identity);
  if (!tls) return tl::unexpected(tls.error());
  auto server =
      std::make_unique<HttpServer>(std::move(settings), std::move(knowing), std::move(*pages), std::move(*tls));
  if (auto ok = server->listen(); !ok) return tl::unexpected(ok.error());
  return server;
}

Result<Listen> read_listen(const std::string& text) {
  const auto refuse = [&] {
    return fail(ErrorCode::usage, Said{"serve.listen", {{"value", text}}}, fmt::format("--listen cannot be '{}'", text),
                {}, "ADDRESS:PORT, for example 127.0.0.1:7625");
  };
  const std::size_t colon = text.rfind(':');
  if (colon == std::string::npos || colon == 0) return refuse();
  Listen out;
  out.address = text.substr(0, colon);
  if (out.address.starts_with('[') && out.address.ends_with(']')) out.address = out.address.substr(1, colon - 2);
  if (out.address == "localhost") out.address = "127.0.0.1";
  error_code error;
  asio::ip::make_address(out.address, error);
  const char* end = text.data() + text.size();
  const auto [stopped, wrong] = std::from_chars(text.data() + colon + 1, end, out.port);
  if (error || wrong != std::errc() || stopped != end || colon + 1 == text.size()) return refuse();
  return out;
}

bool is_loopback(const std::string& address) {
  error_code error;
  const auto read = asio::ip::make_address(address, error);
  return !error && read.is_loopback();
}

}  // namespace sekisho::serve
