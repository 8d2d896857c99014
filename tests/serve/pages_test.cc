#include "serve/pages.h"

#include <gtest/gtest.h>

#include "knowledge/flat.h"

namespace sekisho::serve {
namespace {

std::string header(const Response& response, std::string_view name) {
  for (const auto& [key, value] : response.headers)
    if (key == name) return value;
  return {};
}

TEST(Pages, WhatTheBuildPackedIsThereAndNothingElse) {
  const auto pages = Pages::load(embedded_pages());
  ASSERT_TRUE(pages) << pages.error().what;
  ASSERT_NE(pages->find("/"), nullptr);
  EXPECT_EQ(pages->find("/"), pages->find("/index.html"));
  for (const char* path : {"", "index.html", "//", "/../index.html", "/INDEX.HTML", "/etc/passwd"})
    EXPECT_EQ(pages->find(path), nullptr) << path;
}

TEST(Pages, ADamagedFileIsAnError) {
  const std::string good(embedded_pages());
  EXPECT_FALSE(Pages::load(good.substr(0, good.size() - 1)));
  EXPECT_FALSE(Pages::load(good + "x"));
  EXPECT_FALSE(Pages::load(""));
}

TEST(Pages, TheReaderChoosesTheEncodingAndIsNotSentWhatItHas) {
  const PageFile file{"text/css", "\"abc\"", "plain", "gzip", true};
  Head head;
  EXPECT_EQ(page_response(file, head).fixed, "plain");
  for (const char* takes : {"gzip", "br, gzip;q=0.5", "*"}) {
    head.accept_encoding = takes;
    EXPECT_EQ(page_response(file, head).fixed, "gzip") << takes;
    EXPECT_EQ(header(page_response(file, head), "Content-Encoding"), "gzip");
  }
  for (const char* refuses : {"gzip;q=0", "br", "identity", "gzip;q=0.0"}) {
    head.accept_encoding = refuses;
    EXPECT_EQ(page_response(file, head).fixed, "plain") << refuses;
  }
  head.if_none_match = "\"abc\"";
  EXPECT_EQ(page_response(file, head).status, 304);
  EXPECT_TRUE(page_response(file, head).fixed.empty());
  EXPECT_NE(header(page_response(file, head), "Cache-Control").find("immutable"), std::string::npos);
}

}  // namespace
}  // namespace sekisho::serve
