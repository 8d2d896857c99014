#include "serve/server.h"

#include <poll.h>
#include <sys/socket.h>

#include <atomic>
#include <regex>
#include <thread>

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <unistd.h>

namespace sekisho::serve {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;
using ::testing::HasSubstr;
using ::testing::StartsWith;

const std::string host = "Host: 127.0.0.1\r\n";

/// A blocking connection to a port of this machine.
class Caller {
 public:
  explicit Caller(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = ::connect(socket_, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0;
  }
  ~Caller() { ::close(socket_); }
  Caller(const Caller&) = delete;
  Caller& operator=(const Caller&) = delete;

  bool connected() const { return connected_; }
  bool say(std::string_view text) {
    return ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(text.size());
  }
  /// What comes until the other side closes, or for `patience`.
  std::string hear(std::chrono::milliseconds patience = 20s) {
    std::string out;
    const auto end = Clock::now() + patience;
    for (;;) {
      pollfd one{socket_, POLLIN, 0};
      const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()).count();
      if (left <= 0 || ::poll(&one, 1, static_cast<int>(left)) <= 0) return out + "(no end)";
      std::array<char, 65536> piece;
      const ssize_t got = ::recv(socket_, piece.data(), piece.size(), 0);
      if (got <= 0) return out;
      out.append(piece.data(), static_cast<std::size_t>(got));
    }
  }
  int descriptor() const { return socket_; }

 private:
  int socket_;
  bool connected_ = false;
};

class ServerTest : public testing::Test {
 protected:
  static std::shared_ptr<const Knowing> knowing() {
    static const std::shared_ptr<const Knowing> all = Knowing::load({}, {}).value();
    return all;
  }
  void start(ServerSettings settings = {}) {
    settings.workers = 2;
    server_ = Server::open(std::move(settings), knowing()).value();
    thread_ = std::thread([this] { server_->run(Server::Signals::not_heard); });
  }
  void TearDown() override { stop(); }
  void stop() {
    if (!thread_.joinable()) return;
    server_->stop();
    thread_.join();
  }
  static ServerSettings hasty() {
    ServerSettings settings;
    settings.times = {200ms, 300ms, 300ms, 300ms, 300ms, 200ms};
    return settings;
  }
  std::string ask(const std::string& request) {
    Caller caller(server_->port());
    caller.say(request);
    return caller.hear();
  }
  std::string post(const std::string& path, const std::string& body) {
    return ask("POST " + path + " HTTP/1.1\r\n" + host +
               "Connection: close\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
  }

  std::unique_ptr<Server> server_;
  std::thread thread_;
};

TEST_F(ServerTest, AHeadThatDoesNotArriveInTimeIsToldSo) {
  start(hasty());
  Caller slow(server_->port());
  slow.say("GET / HTTP/1.1\r\nX");
  EXPECT_THAT(slow.hear(), StartsWith("HTTP/1.1 408 "));
}

TEST_F(ServerTest, SendingALittleAgainAndAgainGainsNoTime) {
  start(hasty());
  Caller slow(server_->port());
  const auto began = Clock::now();
  slow.say("GET / HTTP/1.1\r\n");
  while (Clock::now() - began < 5s && slow.say("X: y\r\n")) std::this_thread::sleep_for(20ms);
  EXPECT_LT(Clock::now() - began, 4s);
}

TEST_F(ServerTest, ABodyThatDoesNotArriveInTimeIsToldSo) {
  start(hasty());
  Caller slow(server_->port());
  slow.say("POST /api/v1/check HTTP/1.1\r\n" + host + "Content-Length: 100\r\n\r\nhello");
  EXPECT_THAT(slow.hear(), StartsWith("HTTP/1.1 408 "));
}

TEST_F(ServerTest, AConnectionOnWhichNothingIsSaidIsClosedWithoutAWord) {
  start(hasty());
  Caller silent(server_->port());
  EXPECT_EQ(silent.hear(), "");
  Caller again(server_->port());
  again.say("GET /api/v1/health HTTP/1.1\r\n" + host + "\r\n");
  EXPECT_THAT(again.hear(), testing::AllOf(StartsWith("HTTP/1.1 200 "), testing::Not(HasSubstr("408"))));
}

TEST_F(ServerTest, WhoDoesNotTakeTheAnswerIsLetGo) {
  start(hasty());
  Caller deaf(server_->port());
  const int small = 4096;
  ::setsockopt(deaf.descriptor(), SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
  std::string many;
  for (int i = 0; i < 300; ++i) many += "GET /api/v1/examples HTTP/1.1\r\n" + host + "\r\n";
  deaf.say(many);
  const auto end = Clock::now() + 20s;
  while (server_->metrics().connections != 0 && Clock::now() < end) std::this_thread::sleep_for(20ms);
  EXPECT_EQ(server_->metrics().connections, 0);
}

TEST_F(ServerTest, BeyondItsConnectionsItSaysSoAtOnceAndRecovers) {
  ServerSettings settings;
  settings.connections = 3;
  start(std::move(settings));
  {
    std::vector<std::unique_ptr<Caller>> held;
    for (int i = 0; i < 3; ++i) {
      held.push_back(std::make_unique<Caller>(server_->port()));
      held.back()->say("GET /api/v1/health HTTP/1.1\r\n" + host + "\r\n");
      pollfd one{held.back()->descriptor(), POLLIN, 0};
      ASSERT_EQ(::poll(&one, 1, 20'000), 1);
    }
    Caller more(server_->port());
    const auto began = Clock::now();
    const std::string said = more.hear(5s);
    EXPECT_THAT(said, StartsWith("HTTP/1.1 503 "));
    EXPECT_THAT(said, HasSubstr("Retry-After: "));
    EXPECT_LT(Clock::now() - began, 4s);
  }
  const auto end = Clock::now() + 20s;
  std::string said;
  while (!said.starts_with("HTTP/1.1 200 ") && Clock::now() < end) said = post("/api/v1/check", "hello");
  EXPECT_THAT(said, StartsWith("HTTP/1.1 200 "));
}

TEST_F(ServerTest, WhatIsUnderWayIsAnsweredAfterAStop) {
  start();
  Caller busy(server_->port());
  busy.say("POST /api/v1/check HTTP/1.1\r\n" + host + "Content-Length: 5\r\n\r\nhel");
  const auto end = Clock::now() + 20s;
  while (server_->metrics().body_bytes != 3 && Clock::now() < end) std::this_thread::sleep_for(5ms);
  server_->stop();
  std::this_thread::sleep_for(50ms);
  EXPECT_FALSE(Caller(server_->port()).connected());
  busy.say("lo");
  EXPECT_THAT(busy.hear(), testing::AllOf(StartsWith("HTTP/1.1 200 "), HasSubstr("Connection: close")));
  thread_.join();
}

TEST_F(ServerTest, ManyAskWhileTheKnowledgeIsReadAgain) {
  ServerSettings settings;
  std::atomic<int> reloaded = 0;
  settings.reloaded = [&](const std::optional<Error>& error) {
    EXPECT_FALSE(error);
    ++reloaded;
  };
  start(std::move(settings));
  std::atomic<bool> stop_asking = false;
  std::atomic<int> answered = 0, wrong = 0;
  std::vector<std::thread> callers;
  for (int i = 0; i < 4; ++i)
    callers.emplace_back([&] {
      while (!stop_asking) post("/api/v1/check?lang=en", "hello").starts_with("HTTP/1.1 200 ") ? ++answered : ++wrong;
    });
  for (int i = 0; i < 3; ++i) {
    const int before = reloaded;
    server_->reload();
    const auto end = Clock::now() + 60s;
    while (reloaded == before && Clock::now() < end) std::this_thread::sleep_for(5ms);
  }
  stop_asking = true;
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(reloaded, 3);
  EXPECT_GT(answered, 0);
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(server_->metrics().body_bytes, 0) << "every body was let go";
}

TEST_F(ServerTest, NothingOfARequestIsLogged) {
  ServerSettings settings;
  std::vector<std::string> lines;
  settings.log = [&](const LogLine& line) {
    lines.push_back(std::string(line.method) + " " + std::string(line.route));
  };
  start(std::move(settings));
  post("/api/v1/check?lang=en&q=secret", "secret");
  ask("GET /secret?secret HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n");
  ask("SECRET /api/v1/examples/secret HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n");
  ask("GET /api/v1/examples/secret HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n");
  stop();
  EXPECT_THAT(lines, testing::ElementsAre("POST /api/v1/check", "GET -", "- -", "GET /api/v1/examples/{id}"));
}

TEST(Listen, IsAnAddressAndAPort) {
  EXPECT_EQ(read_listen("127.0.0.1:80")->port, 80);
  EXPECT_EQ(read_listen("[::1]:0")->address, "::1");
  EXPECT_EQ(read_listen("localhost:65535")->address, "127.0.0.1");
  for (const char* wrong : {"", "80", ":80", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:8x", "a:80",
                            "[::1:80", "127.0.0.1:-1"})
    EXPECT_FALSE(read_listen(wrong)) << wrong;
  EXPECT_TRUE(is_loopback("127.3.4.5") && is_loopback("::1"));
  EXPECT_FALSE(is_loopback("0.0.0.0") || is_loopback("192.168.1.1") || is_loopback("::"));
}

}  // namespace
}  // namespace sekisho::serve
