#include "serve/conversation.h"

#include <array>
#include <optional>
#include <variant>

#include <boost/asio/buffer.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/error.hpp>

#include "base/limits.h"
#include "serve/wire.h"

namespace sekisho::serve {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using tcp = asio::ip::tcp;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;

constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";

using Clear = tcp::socket;
using Secure = asio::ssl::stream<tcp::socket>;

std::string_view name(Method method) {
  switch (method) {
    case Method::get:
      return "GET";
    case Method::head:
      return "HEAD";
    case Method::post:
      return "POST";
    case Method::other:
      break;
  }
  return "-";
}

template <class Stream>
class Conversation final : public Talk, public std::enable_shared_from_this<Conversation<Stream>> {
 public:
  Conversation(Stream stream, House& house, Peer peer)
      : stream_(std::move(stream)), timer_(stream_.get_executor()), house_(house), peer_(std::move(peer)) {}
  ~Conversation() override {
    release_body();
    house_.left(this, peer_.address);
  }

  void greet() {
    if constexpr (std::is_same_v<Stream, Secure>) {
      arm(house_.times.greeting, OnTime::close);
      stream_.async_handshake(asio::ssl::stream_base::server, [self = this->shared_from_this()](error_code error) {
        if (!error) self->next_request();
      });
    } else {
      next_request();
    }
  }

  void turn_away(int status, std::string_view problem) { refuse(status, problem); }

  void wind_up() override {
    winding_up_ = true;
    if (phase_ == Phase::idle) close();
  }

 private:
  enum class Phase : std::uint8_t { idle, head, body, working, writing, lingering };
  enum class OnTime : std::uint8_t { close, say };

  tcp::socket& socket() {
    if constexpr (std::is_same_v<Stream, Secure>)
      return stream_.next_layer();
    else
      return stream_;
  }

  void disarm() {
    ++limit_;
    timer_.cancel();
  }

  void close() {
    error_code ignored;
    disarm();
    socket().close(ignored);
  }

  /// One time limit at a time. `say`: what is being read is given up and answered with 408; `close`: nothing is said.
  void arm(std::chrono::milliseconds time, OnTime what) {
    timer_.expires_after(time);
    timer_.async_wait([self = this->weak_from_this(), what, of = ++limit_](error_code error) {
      const auto still = self.lock();
      // One that had already rung when the next was set says nothing any more.
      if (error || !still || still->limit_ != of) return;
      error_code ignored;
      still->late_ = what == OnTime::say;
      if (what == OnTime::say)
        still->socket().cancel(ignored);
      else
        still->socket().close(ignored);
    });
  }

  template <class Then>
  void read_some(Then then) {
    stream_.async_read_some(asio::buffer(chunk_),
                            [self = this->shared_from_this(), then](error_code error, std::size_t size) {
                              if (error) return self->read_failed();
                              self->in_.append(self->chunk_.data(), size);
                              then(*self);
                            });
  }

  void read_failed() {
    if (!late_ || phase_ == Phase::lingering) return close();
    late_ = false;
    refuse(408, "too_slow");
  }

  void next_request() {
    if (winding_up_ && in_.empty()) return end();
    parser_.reset();
    request_ = {};
    request_.head.peer = peer_.address;
    request_.head.local = peer_.local;
    request_.head.secure = std::is_same_v<Stream, Secure>;
    scanned_ = 0;
    unread_ = false;
    route_ = nullptr;
    phase_ = in_.empty() ? Phase::idle : Phase::head;
    arm(in_.empty() ? house_.times.idle : house_.times.head, in_.empty() ? OnTime::close : OnTime::say);
    in_.empty() ? read_head() : look_at_head();
  }

  void read_head() {
    read_some([](Conversation& self) {
      if (self.phase_ == Phase::idle) {
        self.phase_ = Phase::head;
        self.arm(self.house_.times.head, OnTime::say);
      }
      self.look_at_head();
    });
  }

  void look_at_head() {
    while (scanned_ == 0 && in_.starts_with("\r\n")) in_.erase(0, 2);  // RFC 9112 2.2
    const Scan scan = scan_head(in_, scanned_);
    switch (scan.found) {
      case Scan::Found::more:
        return read_head();
      case Scan::Found::refused:
        return refuse(400, "bad_request");
      case Scan::Found::too_long:
        return refuse(431, "head_too_large");
      case Scan::Found::end:
        break;
    }
    take_head(scan.end);
  }

  void take_head(std::size_t end) {
    began_ = Clock::now();
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(limits::http_header_bytes + 1));
    parser_->body_limit(boost::none);  // the route's own limit is held against the length and every piece
    error_code error;
    const std::size_t taken = parser_->put(asio::buffer(in_.data(), end), error);
    if (error == http::error::need_more) error = {};
    if (error || taken != end || !parser_->is_header_done()) return refuse(400, "bad_request");
    in_.erase(0, end);
    const auto framing = framing_of(*parser_);
    if (!framing) return refuse(400, "bad_request");
    Head head = head_of(*parser_);
    head.peer = request_.head.peer;
    head.local = request_.head.local;
    head.secure = request_.head.secure;
    request_.head = std::move(head);
    keep_alive_ = framing->keep_alive;
    has_body_ = framing->chunked || framing->length.value_or(0) > 0;
    unread_ = has_body_;
    auto admitted = house_.site.admit(request_.head, Clock::now());
    if (auto* response = std::get_if<Response>(&admitted)) {
      response->close |= has_body_;
      return respond(std::move(*response));
    }
    auto& [route, target, arguments] = std::get<Site::Admitted>(admitted);
    route_ = route;
    request_.target = std::move(target);
    request_.arguments = std::move(arguments);
    take_framing(*framing);
  }

  void take_framing(const Framing& framing) {
    if (!has_body_) return work();
    if (route_->body_bytes == 0) return refuse(400, "bad_request");
    const std::uint64_t length = framing.length.value_or(0);
    if (length > route_->body_bytes) return refuse(413, "too_large");
    if (static_cast<std::uint64_t>(house_.metrics.body_bytes.load()) + length > limits::http_bodies_bytes ||
        (route_->where == Where::on_a_worker && house_.pool.waiting() >= limits::http_waiting))
      return refuse(503, "busy");
    phase_ = Phase::body;
    parser_->eager(true);
    arm(house_.times.body, OnTime::say);
    if (!framing.expects_continue || !in_.empty()) return take_body();
    asio::async_write(stream_, asio::buffer(go_on), [self = this->shared_from_this()](error_code error, std::size_t) {
      if (error) return self->read_failed();
      self->take_body();
    });
  }

  void take_body() {
    std::array<char, 16 * 1024> piece;
    while (!in_.empty() && !parser_->is_done()) {
      parser_->get().body() = {piece.data(), piece.size(), true};
      error_code error;
      const std::size_t taken = parser_->put(asio::buffer(in_), error);
      const std::size_t got = piece.size() - parser_->get().body().size;
      in_.erase(0, taken);
      request_.body.append(piece.data(), got);
      held_ += got;
      house_.metrics.body_bytes += static_cast<std::int64_t>(got);
      if (error == http::error::need_buffer) error = {};
      if (request_.body.size() > route_->body_bytes) return refuse(413, "too_large");
      if (house_.metrics.body_bytes > static_cast<std::int64_t>(limits::http_bodies_bytes)) return refuse(503, "busy");
      if (error == http::error::need_more) {
        // What the parser will not take yet is a chunk's head or a trailer: those are not endless either.
        if (in_.size() > limits::http_header_bytes) return refuse(400, "bad_request");
        break;
      }
      if (error) return refuse(400, "bad_request");
      if (taken == 0 && got == 0) break;
    }
    if (parser_->is_done()) {
      unread_ = false;
      return work();
    }
    read_some([](Conversation& self) { self.take_body(); });
  }

  void work() {
    disarm();
    phase_ = Phase::working;
    if (route_->where == Where::here) return respond(house_.site.answer(*route_, request_, nullptr));
    // The guard keeps the I/O thread running while only workers have something to do.
    const bool taken = house_.pool.offer(
        [self = this->shared_from_this(), guard = asio::make_work_guard(stream_.get_executor())](Hand& hand) mutable {
          auto response = std::make_shared<Response>(self->house_.site.answer(*self->route_, self->request_, &hand));
          auto executor = self->stream_.get_executor();
          asio::post(executor, [self = std::move(self), response] { self->respond(std::move(*response)); });
        });
    if (!taken) refuse(503, "busy");
  }

  /// An answer that ends the connection.
  void refuse(int status, std::string_view problem) {
    Response response = house_.site.problem(status, problem, request_.head.target);
    if (route_ != nullptr) response.name = route_->pattern;
    response.close = true;
    respond(std::move(response));
  }

  void respond(Response response) {
    phase_ = Phase::writing;
    bytes_in_ = request_.body.size();
    release_body();
    response_ = std::move(response);
    closing_ = response_.close || !keep_alive_ || winding_up_;
    const std::string_view body = response_.fixed.empty() ? std::string_view(response_.body) : response_.fixed;
    head_ = head_bytes(response_, body.size(), closing_, std::time(nullptr));
    const bool bare = request_.head.method == Method::head || response_.status == 304;
    arm(house_.times.write, OnTime::close);
    const std::array<asio::const_buffer, 2> buffers{asio::buffer(head_),
                                                    asio::buffer(body.data(), bare ? 0 : body.size())};
    asio::async_write(stream_, buffers, [self = this->shared_from_this()](error_code error, std::size_t written) {
      self->note(written);
      if (error) return self->close();
      self->closing_ ? self->end() : self->next_request();
    });
  }

  void note(std::size_t written) {
    const auto took = began_ == Clock::time_point{} ? Clock::duration::zero() : Clock::now() - began_;
    house_.metrics.request(response_.name, response_.status, took);
    if (house_.log)
      house_.log({name(request_.head.method), response_.name, response_.status, bytes_in_, written, took});
    response_ = {};
    head_ = {};
    began_ = {};
  }

  /// Says goodbye. When something may still be on its way to us, closing at once would make the answer vanish (RFC 9112
  /// 9.6), so what comes is read and dropped for a moment.
  void end() {
    phase_ = Phase::lingering;
    if constexpr (std::is_same_v<Stream, Secure>) {
      if (!unread_) {
        arm(house_.times.linger, OnTime::close);
        return stream_.async_shutdown([self = this->shared_from_this()](error_code) { self->close(); });
      }
    } else {
      error_code ignored;
      socket().shutdown(tcp::socket::shutdown_send, ignored);
    }
    arm(house_.times.linger, OnTime::close);
    linger(0);
  }

  void linger(std::size_t dropped) {
    if (dropped > limits::http_linger_bytes) return close();
    stream_.async_read_some(asio::buffer(chunk_),
                            [self = this->shared_from_this(), dropped](error_code error, std::size_t size) {
                              error ? self->close() : self->linger(dropped + size);
                            });
  }

  void release_body() {
    house_.metrics.body_bytes -= static_cast<std::int64_t>(held_);
    held_ = 0;
    request_.body = {};
  }

  Stream stream_;
  asio::steady_timer timer_;
  House& house_;
  const Peer peer_;
  std::array<char, 16 * 1024> chunk_;
  std::string in_;           ///< read and not yet taken
  std::uint64_t limit_ = 0;  ///< which time limit counts
  std::size_t scanned_ = 0, held_ = 0, bytes_in_ = 0;
  std::optional<Parser> parser_;
  Request request_;
  const Route* route_ = nullptr;
  Response response_;
  std::string head_;
  Clock::time_point began_;
  Phase phase_ = Phase::idle;
  bool keep_alive_ = false, has_body_ = false, unread_ = true, closing_ = false, winding_up_ = false, late_ = false;
};

}  // namespace

std::shared_ptr<Talk> begin(tcp::socket socket, asio::ssl::context* tls, House& house, Peer peer) {
  if (tls != nullptr) {
    auto talk = std::make_shared<Conversation<Secure>>(Secure(std::move(socket), *tls), house, std::move(peer));
    talk->greet();
    return talk;
  }
  auto talk = std::make_shared<Conversation<Clear>>(std::move(socket), house, std::move(peer));
  talk->greet();
  return talk;
}

std::shared_ptr<Talk> turn_away(tcp::socket socket, House& house, Peer peer, int status, std::string_view problem) {
  auto talk = std::make_shared<Conversation<Clear>>(std::move(socket), house, std::move(peer));
  talk->turn_away(status, problem);
  return talk;
}

}  // namespace sekisho::serve
