#include "serve/target.h"

#include <gmock/gmock.h>

#include "base/limits.h"

namespace sekisho::serve {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(Target, IsTakenApartAndDecoded) {
  const auto target = read_target("/api/v1/examples/%E4%BE%8B?q=a+b&lang=ja-plain&lang=en&empty");
  ASSERT_TRUE(target);
  EXPECT_THAT(target->path, ElementsAre("api", "v1", "examples", "例"));
  EXPECT_EQ(target->value("q"), "a b");
  EXPECT_EQ(target->value("lang"), "ja-plain") << "the first one counts";
  EXPECT_EQ(target->value("empty"), "");
  EXPECT_EQ(target->value("missing"), "");
  EXPECT_TRUE(read_target("/")->path.empty());
}

TEST(Target, EveryTrickIsNoTarget) {
  for (const char* trick : {"",
                            "x",
                            "*",
                            "http://evil.example/",
                            "//evil.example/",
                            "/../etc/passwd",
                            "/a/../b",
                            "/a/./b",
                            "/./",
                            "/a//b",
                            "/a/",
                            "/%2e%2e/etc/passwd",
                            "/%2E%2e%2fetc",
                            "/..%2f..%2fetc",
                            "/a%5c..%5cb",
                            "/a\\b",
                            "/a%00.html",
                            "/%0d%0aX:y",
                            "/a%",
                            "/a%4",
                            "/a%zz",
                            "/%ff%fe",
                            "/%c0%ae%c0%ae/",
                            "/a#b",
                            "/?q=%",
                            "/?q=%zz",
                            "/?%ff=1",
                            "/a?b=%c0%80"})
    EXPECT_FALSE(read_target(trick)) << trick;
}

TEST(Target, TheLongestIsTakenAndOneByteMoreIsNot) {
  const std::string longest = "/" + std::string(limits::http_target_bytes - 1, 'a');
  EXPECT_TRUE(read_target(longest));
  EXPECT_FALSE(read_target(longest + "a"));
}

TEST(Host, IsWhatStandsBeforeThePort) {
  EXPECT_EQ(host_of("LocalHost:7625"), "localhost");
  EXPECT_EQ(host_of("127.0.0.1"), "127.0.0.1");
  EXPECT_EQ(host_of("[::1]:80"), "[::1]");
  EXPECT_EQ(host_of("desk.example."), "desk.example.");
}

TEST(Host, WhatIsNoHostIsNone) {
  for (const char* wrong : {"", ":80", "a:b", "a:", "a:123456", "user@host", "host/path", "a b", "[::1", "[]", "[x]",
                            "::1", "host:80:80", "[::1]x", "127.0.0.1:80 evil", "関所.example"})
    EXPECT_FALSE(host_of(wrong)) << wrong;
}

TEST(FileName, CannotActOrHide) {
  EXPECT_EQ(file_name_of("mail.eml"), "mail.eml");
  EXPECT_EQ(file_name_of("..%2F..%2Fetc%2Fpasswd"), "passwd");
  EXPECT_EQ(file_name_of("C%3A%5Cmail%5Ca.eml"), "a.eml");
  EXPECT_EQ(file_name_of(""), "");
  EXPECT_THAT(file_name_of("a%E2%80%AEgpj.exe"), HasSubstr("‹U+202E›"));
  EXPECT_THAT(file_name_of("a%1b%5B2Jb%0d%0aX"), Not(HasSubstr("\x1b")));
  EXPECT_EQ(file_name_of("%zz"), "%zz");
}

TEST(FileName, IsCutBetweenLetters) {
  std::string name;
  for (int i = 0; i < 200; ++i) name += "%E3%81%82";
  const std::string cut = file_name_of(name);
  EXPECT_LE(cut.size(), limits::http_file_name_bytes);
  EXPECT_EQ(cut.size() % 3, 0U);
  EXPECT_GT(cut.size(), limits::http_file_name_bytes - 3);
}

TEST(Form, IsReadPairByPair) {
  const auto form = read_form("code=AB-CD+E&x=%41");
  ASSERT_TRUE(form);
  EXPECT_THAT(*form, ElementsAre(testing::Pair("code", "AB-CD E"), testing::Pair("x", "A")));
  EXPECT_FALSE(read_form("code=%4"));
}

}  // namespace
}  // namespace sekisho::serve
