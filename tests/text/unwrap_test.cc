#include "text/unwrap.h"

#include <gtest/gtest.h>

#include "base/limits.h"

namespace sekisho::text {
namespace {

using Kind = UrlWrapper::Kind;
using Decode = UrlWrapper::Decode;

const std::vector<UrlWrapper>& wrappers() {
  static const std::vector<UrlWrapper> list{
      {"search.test", "/url", "q", Kind::redirector, Decode::percent},
      {"search.test", "/url", "url", Kind::redirector, Decode::percent},
      {"search.test", "/amp/", "", Kind::amp, Decode::amp_path},
      {"cache.test", "/c/", "", Kind::amp, Decode::amp_path},
      {"translate.test", "", "", Kind::translate, Decode::translate_goog_host},
      {"ck.test", "/ck/a", "u", Kind::redirector, Decode::base64url_after_two},
      {"b64.test", "/", "u", Kind::redirector, Decode::base64url},
      {"links.test", "/", "url", Kind::safelinks, Decode::percent},
      {"defense.test", "/v2/url", "u", Kind::safelinks, Decode::urldefense_v2},
      {"defense.test", "/v3/", "", Kind::safelinks, Decode::urldefense_v3},
      {"track.test", "/L0/", "", Kind::tracker, Decode::path_url},
      {"track.test", "/L0/", "", Kind::tracker, Decode::opaque},
      {"s.test", "", "", Kind::shortener, Decode::opaque},
      {"forms.test", "/f/", "", Kind::form, Decode::opaque},
  };
  return list;
}

std::optional<Unwrapped> open(std::string_view address) {
  const auto url = parse_url(address);
  EXPECT_TRUE(url) << address;
  return unwrap(*url, wrappers());
}

std::string destination(std::string_view address) {
  const auto unwrapped = open(address);
  return unwrapped ? unwrapped->destination().href() : "none";
}

TEST(Unwrap, OrdinaryAddressIsNotWrapped) {
  EXPECT_FALSE(open("https://example.test/a?b=c"));
  EXPECT_FALSE(open("mailto:a@example.test"));
  EXPECT_FALSE(open("https://notsearch.test/url?q=x"));
  EXPECT_FALSE(open("https://search.test/url?q=word"));
}

TEST(Unwrap, QueryParameter) {
  EXPECT_EQ(destination("https://www.search.test/url?sa=t&q=https%3A%2F%2Fevil.test%2Fa%3Fb%3Dc&x=1"),
            "https://evil.test/a?b=c");
  EXPECT_EQ(destination("https://www.search.test/url?url=http://evil.test/"), "http://evil.test/");
  EXPECT_EQ(destination("https://eu.links.test/?url=https%3a%2f%2fevil.test%2f&data=x"), "https://evil.test/");
}

TEST(Unwrap, OnlyWebAddressesAreTaken) {
  EXPECT_FALSE(open("https://search.test/url?q=javascript:alert(1)"));
  EXPECT_FALSE(open("https://search.test/url?q=%2Frelative"));
  EXPECT_FALSE(open("https://search.test/url?q=https://"));
}

TEST(Unwrap, AmpPath) {
  EXPECT_EQ(destination("https://www.search.test/amp/s/evil.test/p?x=1"), "https://evil.test/p?x=1");
  EXPECT_EQ(destination("https://www.search.test/amp/evil.test/p"), "http://evil.test/p");
  EXPECT_EQ(destination("https://evil-test.cache.test/c/s/evil.test/p"), "https://evil.test/p");
  EXPECT_FALSE(open("https://search.test/amp/about"));
}

TEST(Unwrap, TranslationHost) {
  EXPECT_EQ(destination("https://www-evil--shop-test.translate.test/a?_x_tr_sl=auto&_x_tr_tl=ja&k=v&_x_tr_hl=ja"),
            "https://www.evil-shop.test/a?k=v");
  EXPECT_EQ(destination("https://evil-test.translate.test/?_x_tr_sch=http&_x_tr_sl=ja"), "http://evil.test/");
  EXPECT_EQ(destination("https://0-ab----cd-test-0.translate.test/"), "https://ab--cd.test/");
  EXPECT_FALSE(open("https://translate.test/"));
}

TEST(Unwrap, Base64) {
  EXPECT_EQ(destination("https://www.ck.test/ck/a?!&p=1&u=a1aHR0cHM6Ly9ldmlsLnRlc3QvP2E_"), "https://evil.test/?a?");
  EXPECT_EQ(destination("https://b64.test/?u=aHR0cHM6Ly9ldmlsLnRlc3Qv"), "https://evil.test/");
  EXPECT_EQ(destination("https://b64.test/?u=aHR0cHM6Ly9ldmlsLnRlc3Q%3D"), "https://evil.test/");
  EXPECT_FALSE(open("https://b64.test/?u=!!!"));
  EXPECT_FALSE(open("https://www.ck.test/ck/a?u=a"));
}

TEST(Unwrap, UrlDefense) {
  EXPECT_EQ(destination("https://defense.test/v2/url?u=https-3A__evil.test_a-3Fb-3Dc&d=x"), "https://evil.test/a?b=c");
  EXPECT_EQ(destination("https://defense.test/v3/__https://evil.test/a?b=c__;!!x!y$"), "https://evil.test/a?b=c");
  EXPECT_EQ(destination("https://defense.test/v3/__https://evil.test/a*b__;Iw!!x!y$"), "https://evil.test/a#b");
  EXPECT_EQ(destination("https://defense.test/v3/__https://evil.test/**Bb__;fn5-!!x!y$"), "https://evil.test/~~~b");
  EXPECT_EQ(destination("https://defense.test/v3/__https:/evil.test/a__;!!x!y$"), "https://evil.test/a");
}

TEST(Unwrap, AddressInThePath) {
  EXPECT_EQ(destination("https://r.track.test/L0/https:%2F%2Fevil.test%2Fa/1/0100/x"), "https://evil.test/a");
  EXPECT_EQ(destination("https://r.track.test/L0/https%3A%2F%2Fevil.test%2Fa/1"), "https://evil.test/a");
  EXPECT_EQ(destination("https://r.track.test/L0/2020/http://evil.test/a?b"), "http://evil.test/a?b");
  EXPECT_EQ(destination("https://r.track.test/L0/2020/http:/evil.test/a"), "http://evil.test/a");
}

TEST(Unwrap, OpaqueEntrySpeaksOnlyWhenNothingCanBeRead) {
  const auto opaque = open("https://r.track.test/L0/abcdef");
  ASSERT_TRUE(opaque);
  EXPECT_EQ(opaque->stops_at, Kind::tracker);
  EXPECT_EQ(opaque->chain.size(), 1u);
  EXPECT_FALSE(open("https://r.track.test/L0/https:%2F%2Fevil.test%2F/1")->stops_at);
}

TEST(Unwrap, ShortenersDoNotTell) {
  const auto unwrapped = open("https://s.test/Ab3");
  ASSERT_TRUE(unwrapped);
  EXPECT_EQ(unwrapped->stops_at, Kind::shortener);
  EXPECT_EQ(unwrapped->destination().host, "s.test");
  EXPECT_FALSE(open("https://s.test/"));
}

TEST(Unwrap, FormsAreNamed) { EXPECT_EQ(open("https://forms.test/f/1")->stops_at, Kind::form); }

TEST(Unwrap, ChainIsFollowedToAShortener) {
  const auto unwrapped =
      open("https://links.test/?url=https%3A%2F%2Fsearch.test%2Furl%3Fq%3Dhttps%253A%252F%252Fs.test%252Fx");
  ASSERT_TRUE(unwrapped);
  ASSERT_EQ(unwrapped->chain.size(), 3u);
  EXPECT_FALSE(unwrapped->chain[0].through);
  EXPECT_EQ(unwrapped->chain[1].through, Kind::safelinks);
  EXPECT_EQ(unwrapped->chain[2].through, Kind::redirector);
  EXPECT_EQ(unwrapped->destination().host, "s.test");
  EXPECT_EQ(unwrapped->stops_at, Kind::shortener);
}

TEST(Unwrap, AddressCarriedByAnUnknownHostIsAGuess) {
  const auto unwrapped = open("https://shop.example.jp/go?id=1&to=https%3A%2F%2Fevil.test%2F");
  ASSERT_TRUE(unwrapped);
  ASSERT_EQ(unwrapped->chain.size(), 2u);
  EXPECT_EQ(unwrapped->chain[1].through, Kind::redirector);
  EXPECT_FALSE(unwrapped->chain[1].certain);
  EXPECT_EQ(unwrapped->destination().host, "shop.example.jp");
  EXPECT_FALSE(open("https://shop.example.jp/login?return=https://www.example.jp/home")) << "the same organisation";
}

TEST(Unwrap, WhatFollowsAGuessIsAGuess) {
  const auto unwrapped =
      open("https://shop.example.jp/go?to=https%3A%2F%2Fsearch.test%2Furl%3Fq%3Dhttps%253A%252F%252Fevil.test%252F");
  ASSERT_TRUE(unwrapped);
  ASSERT_EQ(unwrapped->chain.size(), 3u);
  EXPECT_FALSE(unwrapped->chain[2].certain);
}

TEST(Unwrap, DepthIsLimited) {
  const auto nested = [](std::size_t layers) {
    std::string address = "https://evil.test/";
    for (std::size_t i = 0; i < layers; ++i) {
      std::string encoded;
      for (const char c : address)
        encoded += c == '%' ? "%25" : c == '?' ? "%3F" : c == '=' ? "%3D" : std::string(1, c);
      address = "https://links.test/?url=" + encoded;
    }
    return address;
  };
  for (const std::size_t layers :
       {limits::url_unwrap_depth - 1, limits::url_unwrap_depth, limits::url_unwrap_depth + 1}) {
    const auto unwrapped = open(nested(layers));
    ASSERT_TRUE(unwrapped);
    EXPECT_EQ(unwrapped->chain.size(), 1 + std::min(layers, limits::url_unwrap_depth));
    EXPECT_EQ(unwrapped->too_deep, layers > limits::url_unwrap_depth);
  }
}

TEST(Unwrap, WordsOfTheDataFile) {
  EXPECT_EQ(wrapper_kind("safelinks"), Kind::safelinks);
  EXPECT_EQ(wrapper_decode("urldefense_v3"), Decode::urldefense_v3);
  EXPECT_FALSE(wrapper_kind("x"));
  EXPECT_FALSE(wrapper_decode(""));
  EXPECT_EQ(to_word(Kind::form), "form");
}

}  // namespace
}  // namespace sekisho::text
