#include "serve/wire.h"

#include <gtest/gtest.h>

#include <boost/asio/buffer.hpp>

#include "base/limits.h"

namespace sekisho::serve {
namespace {

Scan::Found scanned(std::string_view bytes) {
  std::size_t at = 0;
  return scan_head(bytes, at).found;
}

/// Whether the framing of a head is taken.
bool framed(const std::string& fields, const char* line = "POST / HTTP/1.1\r\n") {
  Parser parser;
  parser.body_limit(boost::none);
  boost::system::error_code error;
  parser.put(boost::asio::buffer(line + fields + "\r\n"), error);
  if (error && error != boost::beast::http::error::need_more) return false;
  return parser.is_header_done() && framing_of(parser).has_value();
}

TEST(ScanHead, FindsTheEndWhereverThePiecesBreak) {
  const std::string head = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  for (std::size_t cut = 0; cut < head.size(); ++cut) {
    std::size_t at = 0;
    EXPECT_EQ(scan_head(head.substr(0, cut), at).found, Scan::Found::more) << cut;
    const Scan scan = scan_head(head + "rest", at);
    EXPECT_EQ(scan.found, Scan::Found::end) << cut;
    EXPECT_EQ(scan.end, head.size()) << cut;
  }
}

TEST(ScanHead, RefusesWhatTwoReadersReadInTwoWays) {
  for (const char* head : {"GET / HTTP/1.1\nHost: a\n\n", "\n", "GET / HTTP/1.1\r\nHost: a\n\r\n",
                           "GET / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n", "GET / HTTP/1.1\r\n\tX: a\r\n\r\n"})
    EXPECT_EQ(scanned(head), Scan::Found::refused) << head;
  EXPECT_EQ(scanned(std::string_view("GET /\0", 6)), Scan::Found::refused);
}

TEST(ScanHead, TakesTheLongestHeadAndNoLonger) {
  const std::string start = "GET / HTTP/1.1\r\nX: ", end = "\r\n\r\n";
  const std::string longest = start + std::string(limits::http_header_bytes - start.size() - end.size(), 'a') + end;
  EXPECT_EQ(scanned(longest), Scan::Found::end);
  EXPECT_EQ(scanned(start + "a" + longest.substr(start.size())), Scan::Found::too_long);
  EXPECT_EQ(scanned(std::string(limits::http_header_bytes, 'a')), Scan::Found::more);
  EXPECT_EQ(scanned(std::string(limits::http_header_bytes + 1, 'a')), Scan::Found::too_long);
}

TEST(Framing, OneLengthOrChunksAndNothingElse) {
  EXPECT_TRUE(framed("Host: a\r\n"));
  EXPECT_TRUE(framed("Host: a\r\nContent-Length: 3\r\n"));
  EXPECT_TRUE(framed("Host: a\r\nTransfer-Encoding: chunked\r\n"));
  for (const char* fields : {"Host: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n",
                             "Host: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n",
                             "Host: a\r\nContent-Length: 3\r\nContent-Length: 3\r\n",
                             "Host: a\r\nContent-Length: 3, 3\r\n",
                             "Host: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n",
                             "Host: a\r\nContent-Length: -1\r\n",
                             "Host: a\r\nContent-Length: 0x3\r\n",
                             "Host: a\r\nContent-Length: +3\r\n",
                             "Host: a\r\nContent-Length: 99999999999999999999999\r\n",
                             "Host: a\r\nTransfer-Encoding: identity\r\n",
                             "Host: a\r\nTransfer-Encoding: gzip, chunked\r\n",
                             "Host: a\r\nTransfer-Encoding: chunked, identity\r\n",
                             "Host: a\r\nTransfer-Encoding: xchunked\r\n",
                             "Host: a\r\nTransfer-Encoding : chunked\r\n",
                             "Host: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
                             "Host: a\r\nHost: b\r\n",
                             "Host: a\r\nExpect: something\r\n",
                             "Host: a\r\nOrigin: a\r\nOrigin: b\r\n",
                             "Host: a\r\nAuthorization: a\r\nAuthorization: b\r\n",
                             "Host a\r\n",
                             ": a\r\n"})
    EXPECT_FALSE(framed(fields)) << fields;
  EXPECT_FALSE(framed("Host: a\r\nTransfer-Encoding: chunked\r\n", "POST / HTTP/1.0\r\n"));
}

}  // namespace
}  // namespace sekisho::serve
