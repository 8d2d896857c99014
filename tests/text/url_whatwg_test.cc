// The WHATWG URL test data (tests/text/data/README.md): what a browser does, case by case.
#include <gtest/gtest.h>

#include <boost/json/src.hpp>

#include <fstream>
#include <iostream>
#include <iterator>
#include <set>
#include <string>

#include "text/url.h"

namespace sekisho::text {
namespace {

// JSON may hold lone surrogates, which no UTF-8 can: a browser turns them to U+FFFD, so do we before parsing.
std::string without_lone_surrogates(std::string json) {
  const auto surrogate = [&json](std::size_t at) -> int {
    if (at + 6 > json.size() || json[at] != '\\' || json[at + 1] != 'u') return 0;
    const int unit = std::stoi(json.substr(at + 2, 4), nullptr, 16);
    return unit >= 0xD800 && unit < 0xDC00 ? 1 : unit >= 0xDC00 && unit < 0xE000 ? 2 : 0;
  };
  for (std::size_t i = 0; i + 1 < json.size(); ++i) {
    if (json[i] != '\\') continue;
    if (json[i + 1] != 'u') {
      ++i;
      continue;
    }
    const int kind = surrogate(i);
    if (kind == 1 && surrogate(i + 6) == 2) {
      i += 11;
    } else {
      if (kind != 0) json.replace(i + 2, 4, "FFFD");
      i += 5;
    }
  }
  return json;
}

struct Case {
  std::string input, base, href, host, hostname, pathname, search, hash, username, password, port, protocol;
  bool has_base = false, failure = false;
};

std::vector<Case> cases() {
  std::ifstream file(SEKISHO_SOURCE_DIR "/tests/text/data/urltestdata.json", std::ios::binary);
  const std::string json = without_lone_surrogates({std::istreambuf_iterator<char>(file), {}});
  std::vector<Case> out;
  const boost::json::value parsed = boost::json::parse(json);
  for (const auto& entry : parsed.as_array()) {
    if (!entry.is_object()) continue;
    const auto& object = entry.as_object();
    const auto text = [&object](const char* key) {
      const auto* value = object.if_contains(key);
      return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
    };
    Case c{text("input"),  text("base"), text("href"),     text("host"),     text("hostname"), text("pathname"),
           text("search"), text("hash"), text("username"), text("password"), text("port"),     text("protocol")};
    c.has_base = object.at("base").is_string();
    c.failure = object.contains("failure");
    out.push_back(std::move(c));
  }
  return out;
}

std::optional<Url> parse(const Case& c) {
  if (!c.has_base) return parse_url(c.input);
  const auto base = parse_url(c.base);
  return base ? parse_url(c.input, &*base) : std::nullopt;
}

bool is_web_case(const Case& c) {
  const auto web = [](const std::string& s) {
    const std::size_t start = std::min(s.find_first_not_of(" \t\n\r"), s.size());
    std::string head;
    for (const char ch : s.substr(start, 8)) head += static_cast<char>(std::tolower(static_cast<unsigned char>(ch)));
    return head.starts_with("http:") || head.starts_with("https:");
  };
  return c.protocol == "http:" || c.protocol == "https:" || (c.failure && (web(c.input) || web(c.base)));
}

std::string host_with_port(const Url& url) { return url.port ? url.host + ":" + std::to_string(*url.port) : url.host; }

TEST(WhatwgUrl, WebCasesOpenTheHostThatABrowserOpens) {
  int total = 0, right = 0;
  for (const Case& c : cases()) {
    if (!is_web_case(c)) continue;
    ++total;
    const auto url = parse(c);
    const bool good = c.failure ? !url : url && host_with_port(*url) == c.host && url->host == c.hostname;
    right += good ? 1 : 0;
    if (!good)
      std::cout << "differs: " << c.input << " base " << c.base << " → " << (url ? url->href() : "failure") << "\n";
  }
  std::cout << "http(s) cases: " << right << " of " << total << " open the right host\n";
  ASSERT_GT(total, 400);
  EXPECT_EQ(right, total);
}

TEST(WhatwgUrl, EveryCaseSerialisesAsInTheStandard) {
  int total = 0, right = 0;
  for (const Case& c : cases()) {
    ++total;
    const auto url = parse(c);
    const auto search = [&] { return url->query && !url->query->empty() ? "?" + *url->query : std::string(); };
    const auto hash = [&] { return url->fragment && !url->fragment->empty() ? "#" + *url->fragment : std::string(); };
    const bool good = c.failure ? !url
                                : url && url->href() == c.href && url->path == c.pathname && search() == c.search &&
                                      hash() == c.hash && url->username == c.username && url->password == c.password &&
                                      (url->port ? std::to_string(*url->port) : "") == c.port;
    right += good ? 1 : 0;
    if (!good)
      std::cout << "differs: " << c.input << " base " << c.base << " wants " << (c.failure ? "failure" : c.href)
                << " → " << (url ? url->href() : "failure") << "\n";
  }
  std::cout << "all cases: " << right << " of " << total << " as in the standard\n";
  ASSERT_GT(total, 800);
  EXPECT_EQ(right, total);
}

TEST(WhatwgUrl, WhatWasSerialisedParsesToItself) {
  for (const Case& c : cases()) {
    const auto url = parse(c);
    if (!url) continue;
    const auto again = parse_url(url->href());
    ASSERT_TRUE(again) << url->href();
    EXPECT_EQ(again->href(), url->href());
    EXPECT_EQ(again->host, url->host);
  }
}

}  // namespace
}  // namespace sekisho::text
