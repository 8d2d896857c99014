#include "report/hosts.h"

#include <gmock/gmock.h>

#include "base/limits.h"

namespace sekisho::report {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> seen(std::string_view text) {
  std::vector<std::string> out;
  for (const ShownHost& host : hosts_in(text))
    out.push_back(std::string(text.substr(host.span.start, host.span.size())) + "=" + host.domain);
  return out;
}

TEST(Hosts, TheOwnerOfAWebAddressIsItsRegisteredEnd) {
  EXPECT_THAT(seen("本日中に https://amazon.co.jp.login.example.top/a?x=1 を確認"),
              ElementsAre("amazon.co.jp.login.example.top=example.top"));
  EXPECT_THAT(seen("http://www.example.co.jp/"), ElementsAre("www.example.co.jp=example.co.jp"));
}

TEST(Hosts, ANameBeforeAnAtIsNotTheHost) {
  EXPECT_THAT(seen("https://www.amazon.co.jp@login.example.top/a"), ElementsAre("login.example.top=example.top"));
}

TEST(Hosts, TheHostIsNotTakenFromThePath) {
  EXPECT_THAT(seen("https://one.example/one.example"), ElementsAre("one.example=one.example"));
  EXPECT_EQ(hosts_in("https://one.example/one.example").at(0).span.start, 8U);
}

TEST(Hosts, MailAddressesHaveOwnersToo) {
  EXPECT_THAT(seen("鈴木 <info@mail.example.co.jp>."), ElementsAre("mail.example.co.jp=example.co.jp"));
  EXPECT_THAT(seen("@ a@ a@b @example"), ElementsAre());
}

TEST(Hosts, AnIpAddressBelongsToNobody) { EXPECT_THAT(seen("http://192.0.2.7/x"), ElementsAre("192.0.2.7=")); }

TEST(Hosts, AMangledAddressIsUnderlinedWhole) {
  const auto hosts = hosts_in("hxxp://login[.]example[.]top/x");
  ASSERT_EQ(hosts.size(), 1U);
  EXPECT_EQ(hosts[0].domain, "example.top");
  EXPECT_EQ(hosts[0].span.start, 0U);
}

TEST(Hosts, ManyAddressesAreCutAtTheLimit) {
  for (const std::size_t count : {limits::links - 1, limits::links, limits::links + 1}) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += "a@h" + std::to_string(i) + ".example ";
    EXPECT_EQ(hosts_in(text).size(), std::min(count, limits::links)) << count;
  }
}

}  // namespace
}  // namespace sekisho::report
