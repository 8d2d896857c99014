#include "text/url.h"

#include <gtest/gtest.h>

#include <chrono>
#include <iostream>

#include "base/limits.h"

namespace sekisho::text {
namespace {

std::string host_of(std::string_view input) {
  const auto url = parse_url(input);
  return url ? url->host : "failure";
}

TEST(ParseUrl, PlainAddressKeepsItsPartsAsWritten) {
  const auto url = parse_url("https://mail.example.co.jp/a/b.html?x=1&y=%20#top");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->scheme, "https");
  EXPECT_EQ(url->host, "mail.example.co.jp");
  EXPECT_EQ(url->host_unicode, "mail.example.co.jp");
  EXPECT_EQ(url->path, "/a/b.html");
  EXPECT_EQ(url->query, "x=1&y=%20");
  EXPECT_EQ(url->fragment, "top");
  EXPECT_FALSE(url->is_ip);
  EXPECT_EQ(url->href(), "https://mail.example.co.jp/a/b.html?x=1&y=%20#top");
}

// The short way for plain addresses must say what the long way says; a space in front forces the long one.
TEST(ParseUrl, ShortAndLongWayAgree) {
  for (const std::string input : {"https://example.com",
                                  "http://example.com/",
                                  "https://example.com/?",
                                  "https://example.com/#",
                                  "https://a/b?c#d",
                                  "https://example.com//a//b",
                                  "https://example.com/a/../b",
                                  "https://example.com/a/%2e/b",
                                  "https://example.com./",
                                  "https://example.com/a'b?c'd",
                                  "https://example.1/",
                                  "https://example.com/a?b?c#d#e",
                                  "https://..example/x",
                                  "https://xn--wgv71a119e.jp/",
                                  "https://example.com/a?x=/../y",
                                  "https://example.com?a/b",
                                  "https://a_b.example/^",
                                  "https:///",
                                  "https://",
                                  "http://-.-/",
                                  "http://a.0x1/"}) {
    const auto direct = parse_url(input);
    const auto around = parse_url(" " + input);
    ASSERT_EQ(direct.has_value(), around.has_value()) << input;
    if (!direct) continue;
    EXPECT_EQ(direct->href(), around->href());
    EXPECT_EQ(direct->path, around->path);
    EXPECT_EQ(direct->query, around->query);
    EXPECT_EQ(direct->fragment, around->fragment);
    EXPECT_EQ(direct->is_ip, around->is_ip);
  }
}

TEST(ParseUrl, ReadsIpv4InEverySpelling) {
  for (const char* input : {"http://192.0.2.1/", "http://0xC0.0.2.1/", "http://0300.0.2.1/", "http://3221225985/",
                            "http://0xC0000201/", "http://192.0.513/", "http://192.513/", "http://192.0.2.1./",
                            "http://１９２.０.２.１/", "http://%31%39%32.0.2.1/"}) {
    const auto url = parse_url(input);
    ASSERT_TRUE(url) << input;
    EXPECT_EQ(url->host, "192.0.2.1") << input;
    EXPECT_TRUE(url->is_ip);
    EXPECT_EQ(url->tricks.odd_ip, std::string_view(input) != "http://192.0.2.1/") << input;
  }
  for (const char* input :
       {"http://256.0.0.1/", "http://1.2.3.4.5/", "http://4294967296/", "http://0x.1.2.256/", "http://08.1/"})
    EXPECT_EQ(host_of(input), "failure") << input;
}

TEST(ParseUrl, ReadsIpv6) {
  EXPECT_EQ(host_of("http://[2001:DB8:0:0:0:0:0:1]/"), "[2001:db8::1]");
  EXPECT_EQ(host_of("http://[::ffff:192.0.2.1]/"), "[::ffff:c000:201]");
  EXPECT_EQ(host_of("http://[0:0:1:0:0:0:1:0]/"), "[0:0:1::1:0]");
  EXPECT_EQ(host_of("http://[1::2::3]/"), "failure");
  EXPECT_EQ(host_of("http://[::1%25eth0]/"), "failure");
  EXPECT_EQ(host_of("http://[1:2:3:4:5:6:7:8:9]/"), "failure");
  EXPECT_EQ(host_of("http://[::1"), "failure");
}

TEST(ParseUrl, NotesUserinfoInFrontOfTheTrueHost) {
  const auto url = parse_url("https://www.bank.example@evil.test/login");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->host, "evil.test");
  EXPECT_EQ(url->username, "www.bank.example");
  EXPECT_TRUE(url->tricks.userinfo);
}

TEST(ParseUrl, LastAtSignDividesUserinfo) { EXPECT_EQ(host_of("https://a@b@c.example/"), "c.example"); }

TEST(ParseUrl, BackslashIsASlash) {
  const auto url = parse_url("https:\\\\evil.test\\@bank.example/");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->host, "evil.test");
  EXPECT_TRUE(url->tricks.backslash);
}

TEST(ParseUrl, TabsAndNewlinesVanish) {
  const auto url = parse_url("ht\ntps://exa\tmple.te\rst/");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->host, "example.test");
  EXPECT_TRUE(url->tricks.tab_or_newline);
}

TEST(ParseUrl, FullWidthAndIdeographicDotsAreUnified) {
  const auto url = parse_url("https://ｅｘａｍｐｌｅ。ｔｅｓｔ/");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->host, "example.test");
  EXPECT_TRUE(url->tricks.fullwidth);
  EXPECT_TRUE(url->tricks.ideographic_dot);
  EXPECT_FALSE(parse_url("https://example.test/ｅ。")->tricks.fullwidth) << "a path may be Japanese";
}

TEST(ParseUrl, PercentEncodedHostIsDecoded) {
  const auto url = parse_url("https://%65xample%2Etest/");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->host, "example.test");
  EXPECT_TRUE(url->tricks.percent_host);
  EXPECT_EQ(host_of("https://a%2Fb.example/"), "failure");
}

TEST(ParseUrl, MissingAndSurplusSlashesAreNoted) {
  for (const char* input : {"https:example.test/", "https:/example.test/", "https:////example.test/"}) {
    const auto url = parse_url(input);
    ASSERT_TRUE(url) << input;
    EXPECT_EQ(url->host, "example.test");
    EXPECT_TRUE(url->tricks.missing_slashes) << input;
  }
  EXPECT_FALSE(parse_url("HTTPS://example.test/")->tricks.missing_slashes);
}

TEST(ParseUrl, SpaceAroundIsNoted) {
  EXPECT_TRUE(parse_url("  https://example.test/ ")->tricks.leading_trailing_space);
  EXPECT_FALSE(parse_url("https://example.test/")->tricks.leading_trailing_space);
}

TEST(ParseUrl, InternationalHostHasBothForms) {
  const auto url = parse_url("https://日本語.jp/");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->host, "xn--wgv71a119e.jp");
  EXPECT_EQ(url->host_unicode, "日本語.jp");
  EXPECT_EQ(parse_url("https://XN--WGV71A119E.jp/")->host_unicode, "日本語.jp");
}

TEST(ParseUrl, BadPunycodeFails) {
  EXPECT_EQ(host_of("https://xn--/"), "failure");
  EXPECT_EQ(host_of("https://xn--a-.example/"), "failure");
  EXPECT_EQ(host_of("https://xn--zzzzzz99999.example/"), "failure");
}

TEST(ParseUrl, EszettIsKeptAsTheNonTransitionalProcessingSays) {
  EXPECT_EQ(host_of("https://faß.example/"), "xn--fa-hia.example");
}

TEST(ParseUrl, DefaultPortIsDropped) {
  EXPECT_FALSE(parse_url("https://example.test:443/")->port);
  EXPECT_EQ(parse_url("https://example.test:8443/")->port, 8443);
  EXPECT_FALSE(parse_url("https://example.test:65536/"));
  EXPECT_EQ(parse_url("https://example.test:65535/")->port, 65535);
}

TEST(ParseUrl, RelativeAddressesFollowTheBase) {
  const auto base = parse_url("https://example.test/a/b?c");
  ASSERT_TRUE(base);
  EXPECT_EQ(parse_url("../d", &*base)->href(), "https://example.test/d");
  EXPECT_EQ(parse_url("//evil.test/x", &*base)->host, "evil.test");
  EXPECT_EQ(parse_url("?q", &*base)->href(), "https://example.test/a/b?q");
  EXPECT_FALSE(parse_url("d"));
}

TEST(ParseUrl, OtherSchemesAreRead) {
  EXPECT_TRUE(parse_url("mailto:a@example.test")->opaque_path);
  EXPECT_EQ(parse_url("mailto:a@example.test")->path, "a@example.test");
  EXPECT_EQ(parse_url("JavaScript:alert(1)")->scheme, "javascript");
  EXPECT_FALSE(parse_url("data:text/html,x")->is_web());
}

TEST(ParseUrl, InvalidUtf8BecomesReplacementCharacters) {
  const auto url = parse_url("https://example.test/\xFF\xE3\x81");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->path, "/%EF%BF%BD%EF%BF%BD");
}

TEST(ParseUrl, LengthLimit) {
  const std::string head = "https://example.test/";
  for (const auto& [size, good] : {std::pair{limits::url_bytes - 1, true}, std::pair{limits::url_bytes, true},
                                   std::pair{limits::url_bytes + 1, false}})
    EXPECT_EQ(parse_url(head + std::string(size - head.size(), 'a')).has_value(), good) << size;
}

TEST(ParseUrl, HostLengthLimitIsForConvertedHostsOnly) {
  const std::string tail = ".xn--wgv71a119e";
  for (const auto& [size, good] : {std::pair{limits::host_bytes - 1, true}, std::pair{limits::host_bytes, true},
                                   std::pair{limits::host_bytes + 1, false}}) {
    std::string host(size - tail.size(), 'a');
    for (std::size_t i = 50; i < host.size(); i += 51) host[i] = '.';
    EXPECT_EQ(parse_url("https://" + host + tail).has_value(), good) << size;
  }
  EXPECT_TRUE(parse_url("https://" + std::string(limits::host_bytes + 1, 'a')));
}

TEST(ParseUrl, SerialisedPathIsNotMistakenForAnAuthority) {
  const auto url = parse_url("x:/.//p");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->href(), "x:/.//p");
  EXPECT_EQ(url->path, "//p");
}

std::vector<std::string> found(std::string_view text) {
  std::vector<std::string> out;
  for (const FoundUrl& f : find_urls(text)) out.push_back(f.url);
  return out;
}
using Urls = std::vector<std::string>;

TEST(FindUrls, CutsWhereJapaneseTextBegins) {
  EXPECT_EQ(found("詳しくはhttps://a.example.jp/login?x=1をご覧ください。"), Urls{"https://a.example.jp/login?x=1"});
  EXPECT_EQ(found("https://example.comを開く"), Urls{"https://example.com"});
  EXPECT_EQ(found("https://example.com。詳細"), Urls{"https://example.com"});
  EXPECT_EQ(found("「https://example.test」です"), Urls{"https://example.test"});
}

TEST(FindUrls, LeavesThePunctuationOfTheSentence) {
  EXPECT_EQ(found("See https://example.test/a. Then (https://example.test/b_(c)), or <URL:http://example.test/d>!"),
            (Urls{"https://example.test/a", "https://example.test/b_(c)", "http://example.test/d"}));
  EXPECT_EQ(found("https://example.com. Thank you"), Urls{"https://example.com"});
  EXPECT_EQ(found("[link](https://example.test/a)next"), Urls{"https://example.test/a"});
}

TEST(FindUrls, SpanIsWhatWasWritten) {
  const std::string text = "→ hxxps://evil[.]example[.]com/a ←";
  const auto urls = find_urls(text);
  ASSERT_EQ(urls.size(), 1u);
  EXPECT_EQ(text.substr(urls[0].span.start, urls[0].span.size()), "hxxps://evil[.]example[.]com/a");
  EXPECT_EQ(urls[0].url, "https://evil.example.com/a");
  EXPECT_TRUE(urls[0].mangled);
  EXPECT_FALSE(urls[0].bare);
}

TEST(FindUrls, OrdinaryAddressIsNotMangled) {
  const auto urls = find_urls("https://example.test/a");
  ASSERT_EQ(urls.size(), 1u);
  EXPECT_FALSE(urls[0].mangled);
}

TEST(FindUrls, UndoesMangledSchemes) {
  for (const char* text :
       {"hxxps://example.com/p", "h**ps://example.com/p", "https[:]//example.com/p", "https[://]example.com/p",
        "https:[//]example.com/p", "ttps://example.com/p", "ｈｔｔｐｓ：／／example.com/p", "https : //example.com/p",
        "https:// example.com/p", "https://exam\u200Bple.com/p"}) {
    const auto urls = find_urls(text);
    ASSERT_EQ(urls.size(), 1u) << text;
    EXPECT_EQ(urls[0].url, "https://example.com/p") << text;
    EXPECT_TRUE(urls[0].mangled) << text;
  }
}

TEST(FindUrls, UndoesMangledDots) {
  for (const char* text : {"https://example[.]com/p", "https://example(.)com/p", "https://example(dot)com/p",
                           "https://example[dot]com/p", "https://example。com/p", "https://example．com/p",
                           "https://example . com/p", "https://example .com/p", "https://example. com/p"}) {
    const auto urls = find_urls(text);
    ASSERT_EQ(urls.size(), 1u) << text;
    EXPECT_EQ(urls[0].url, "https://example.com/p") << text;
    EXPECT_TRUE(urls[0].mangled) << text;
  }
}

TEST(FindUrls, FullWidthThroughout) {
  EXPECT_EQ(found("ｈｔｔｐｓ：／／ｅｘａｍｐｌｅ．ｃｏｍ／ｌｏｇｉｎ？ａ＝１　です"),
            Urls{"https://example.com/login?a=1"});
}

TEST(FindUrls, BareHosts) {
  EXPECT_EQ(found("www.example.com と example.jp/x と example[.]net"),
            (Urls{"https://www.example.com", "https://example.jp/x", "https://example.net"}));
  for (const FoundUrl& f : find_urls("www.example.com example.jp/x")) EXPECT_TRUE(f.bare);
}

TEST(FindUrls, WordsWithDotsAreNotHosts) {
  for (const char* text :
       {"report.txt", "and/or", "e.g./i.e.", "1.5/2.0", "v1.2.3", "Thank you.It was", "config.invalidtld/x", "a.b",
        "...", "http://", "「http://」から", "https:", "ftp://example.com/x"})
    EXPECT_EQ(found(text), Urls{}) << text;
}

TEST(FindUrls, MailAddressesAreNotUrls) {
  for (const char* text : {"taro@example.com", "taro@www.example.com", "www.taro@example.com", "taro@example.com/x",
                           "<taro.www.example.com@example.jp>", "www.example.com+news@example.jp",
                           "www.example.com_a.b@example.jp"}) {
    for (const FoundUrl& f : find_urls(text))
      EXPECT_EQ(f.url.find("example"), std::string::npos) << text << " gave " << f.url;
  }
}

TEST(FindUrls, UserinfoBelongsToTheUrl) {
  EXPECT_EQ(found("https://www.bank.example@evil.example.com/"), Urls{"https://www.bank.example@evil.example.com/"});
}

TEST(FindUrls, AddressesAsHosts) {
  EXPECT_EQ(found("http://[2001:db8::1]/x http://0x7f.1/ http://192.0.2.1:8080/"),
            (Urls{"http://[2001:db8::1]/x", "http://0x7f.1/", "http://192.0.2.1:8080/"}));
}

TEST(FindUrls, InternationalHost) { EXPECT_EQ(found("→https://日本語.jp/x"), Urls{"https://日本語.jp/x"}); }

TEST(FindUrls, WordInFrontOfTheScheme) { EXPECT_EQ(found("URLhttps://example.test/"), Urls{"https://example.test/"}); }

TEST(FindUrls, AtMostTheLimitOfLinks) {
  for (const std::size_t count : {limits::links - 1, limits::links, limits::links + 1}) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += "https://example.test/ ";
    EXPECT_EQ(find_urls(text).size(), std::min(count, limits::links));
  }
}

TEST(FindUrls, UrlBeyondTheLengthLimitIsPassedOver) {
  const std::string head = "https://example.test/";
  EXPECT_EQ(find_urls(head + std::string(limits::url_bytes - head.size(), 'a')).size(), 1u);
  EXPECT_EQ(found(head + std::string(limits::url_bytes, 'a') + " https://b.test/"), Urls{"https://b.test/"});
}

TEST(FindUrls, HostileTextCostsNoMoreThanItsLength) {
  // Doubling the text may not multiply the work: these would take minutes if it were quadratic.
  for (const std::string unit : {"http://", "h", "a.", "http://a@", "www.", "http://a.é", "http://a . ", "[.]",
                                 "http://a.b。", "https://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "a。",
                                 "http:\\\\", "h**p://(", "http://[", "é.", "a.jp"}) {
    std::string text;
    while (text.size() < (1u << 20)) text += unit;
    const auto start = std::chrono::steady_clock::now();
    find_urls(text);
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
    EXPECT_LT(took.count(), 20'000) << unit;
    if (took.count() > 200) std::cout << unit << ": " << took.count() << " ms\n";
  }
}

}  // namespace
}  // namespace sekisho::text
