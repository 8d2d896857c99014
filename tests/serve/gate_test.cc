#include "serve/gate.h"

#include <sys/stat.h>

#include <fstream>

#include <gtest/gtest.h>

#include "base/limits.h"

namespace sekisho::serve {
namespace {

using Now = Gate::Now;

Head head_from(const char* host = "127.0.0.1:7625") {
  Head head;
  head.method = Method::post;
  head.target = "/api/v1/check";
  head.host = host;
  head.peer = "192.168.1.9";
  return head;
}

class GateTest : public testing::Test {
 protected:
  Gate open_{{"127.0.0.1", "localhost", "[::1]", "desk.example"}, ""};
  Gate guarded_{{"127.0.0.1"}, "ABCDE-FGH1K"};
  int status(Gate& gate, const Head& head, Access access = Access::guarded, Now now = {}) {
    const auto refusal = gate.admit(head, access, now);
    return refusal ? refusal->status : 200;
  }
};

TEST_F(GateTest, OnlyOwnNamesAreAnswered) {
  for (const char* own : {"127.0.0.1", "127.0.0.1:1", "LOCALHOST:7625", "[::1]:80", "desk.example"})
    EXPECT_EQ(status(open_, head_from(own)), 200) << own;
  for (const char* rebound : {"evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "0.0.0.0", "[::]",
                              "2130706433", "localhost.", "desk.example.evil"})
    EXPECT_EQ(status(open_, head_from(rebound)), 421) << rebound;
  for (const char* broken : {"", "a b", "127.0.0.1@evil.example", "[::1"})
    EXPECT_EQ(status(open_, head_from(broken)), 400) << broken;
}

TEST_F(GateTest, AnotherSitesPageCannotPost) {
  for (const char* origin : {"http://evil.example", "null", "https://127.0.0.1:7625", "http://127.0.0.1:7626",
                             "http://127.0.0.1", "http://localhost:7625", "http://127.0.0.1:7625.evil.example"}) {
    Head head = head_from();
    head.origin = origin;
    EXPECT_EQ(status(open_, head), 403) << origin;
  }
  for (const char* site : {"cross-site", "same-site", "strange"}) {
    Head head = head_from();
    head.fetch_site = site;
    EXPECT_EQ(status(open_, head), 403) << site;
    head.method = Method::get;
    EXPECT_EQ(status(open_, head), 403) << "nor read the API";
    head.target = "/";
    EXPECT_EQ(status(open_, head), 200) << "but may link to the page";
  }
}

TEST_F(GateTest, OwnPageAndProgramsMayPost) {
  Head head = head_from();
  EXPECT_EQ(status(open_, head), 200);
  head.origin = "http://127.0.0.1:7625";
  head.fetch_site = "same-origin";
  EXPECT_EQ(status(open_, head), 200);
  head.secure = true;
  head.origin = "https://127.0.0.1:7625";
  EXPECT_EQ(status(open_, head), 200);
}

TEST_F(GateTest, WithACodeNothingIsAnsweredWithoutIt) {
  Head head = head_from();
  EXPECT_EQ(status(guarded_, head), 401);
  EXPECT_EQ(status(guarded_, head, Access::open), 200);
  head.authorization = "Bearer ABCDE-FGH1K";
  EXPECT_EQ(status(guarded_, head), 200);
  head.authorization = "bearer abcde fghik";
  EXPECT_EQ(status(guarded_, head), 200) << "as people type it";
  head.authorization = "Basic QUJDREU6";
  EXPECT_EQ(status(guarded_, head), 401);
  head.authorization = "";
  head.cookie = "a=b; sekisho=" + std::string(64, '0');
  EXPECT_EQ(status(guarded_, head), 401);
}

TEST_F(GateTest, ACookieOpensAndIsHiddenFromScripts) {
  Head head = head_from();
  const std::string cookie = guarded_.cookie(head);
  EXPECT_NE(cookie.find("HttpOnly"), std::string::npos);
  EXPECT_NE(cookie.find("SameSite=Strict"), std::string::npos);
  EXPECT_EQ(cookie.find("Secure"), std::string::npos);
  head.cookie = "other=1; " + cookie.substr(0, cookie.find(';'));
  EXPECT_EQ(status(guarded_, head), 200);
  head.secure = true;
  EXPECT_EQ(status(guarded_, head), 401) << "the one of the clear is not taken";
  const std::string secure = guarded_.cookie(head);
  EXPECT_TRUE(secure.starts_with("__Host-sekisho="));
  EXPECT_NE(secure.find("; Secure"), std::string::npos);
}

TEST_F(GateTest, GuessingIsSlowedDownAndForgottenAfterAMinute) {
  Head head = head_from();
  for (unsigned i = 0; i < limits::wrong_codes_a_minute; ++i)
    EXPECT_EQ(guarded_.enter(head, "wrong", Now{})->status, 401) << i;
  EXPECT_EQ(guarded_.enter(head, "wrong", Now{})->status, 429);
  EXPECT_EQ(guarded_.enter(head, "ABCDE-FGH1K", Now{})->status, 429) << "the right one too: it could be a guess";
  head.peer = "192.168.1.10";
  EXPECT_FALSE(guarded_.enter(head, "ABCDEFGH1K", Now{})) << "another address is not held back";
  head.peer = "192.168.1.9";
  EXPECT_FALSE(guarded_.enter(head, "ABCDE-FGH1K", Now{} + std::chrono::seconds(61)));
}

TEST(Code, IsNeverTheSameTwice) {
  const std::string code = random_code();
  EXPECT_EQ(code.size(), 11U);
  EXPECT_EQ(code.find_first_not_of("0123456789ABCDEFGHJKMNPQRSTVWXYZ-"), std::string::npos);
  EXPECT_NE(code, random_code());
}

TEST(Code, OfAFileMustBeOursAloneAndLongEnough) {
  const std::string path = testing::TempDir() + "code";
  const auto write = [&](std::string_view text, mode_t mode) {
    std::ofstream(path) << text;
    chmod(path.c_str(), mode);
  };
  write("0123456789\n", 0600);
  EXPECT_EQ(read_code(path).value(), "0123456789");
  write("0123456789\n", 0644);
  EXPECT_FALSE(read_code(path));
  write("012345678\n", 0600);
  EXPECT_EQ(read_code(path).error().said.id, "serve.code_short");
  EXPECT_FALSE(read_code(path + "-missing"));
}

}  // namespace
}  // namespace sekisho::serve
