#include <gtest/gtest.h>

#include "base/limits.h"
#include "message/message.h"

namespace sekisho::message {
namespace {

TEST(SplitPasted, MailsBelowEachOtherAreToldApart) {
  const std::string text =
      "差出人：a@one.example\n件名：一つめ\n\n本文です。\n\n差出人：b@two.example\n件名：二つめ\n\n本文です。\n--------"
      "--\n"
      "From: c@three.example\nSubject: third\n\nText.\n";
  const auto pieces = split_pasted(text);
  ASSERT_EQ(pieces.size(), 3u);
  EXPECT_EQ(parse_pasted(pieces[0]).subject, "一つめ");
  EXPECT_EQ(parse_pasted(pieces[1]).from.at(0).spec(), "b@two.example");
  EXPECT_EQ(parse_pasted(pieces[2]).subject, "third");
  std::string together;
  for (const std::string_view piece : pieces) together += piece;
  EXPECT_EQ(together, text) << "nothing is lost";
}

TEST(SplitPasted, OneMailStaysOne) {
  for (const char* text : {"", "\n\n", "ただの文章です。\n\nつづきです。",
                           "差出人：a@one.example\n件名：x\n\n件名だけ\n\n件名：引用の行\n本文",
                           "文のはじめ\n\n差出人：a@one.example\n件名：x\n\n本文"})
    EXPECT_EQ(split_pasted(text).size(), 1u) << text;
}

TEST(SplitPasted, TheNumberOfPiecesIsLimited) {
  const std::string one = "From: a@x.example\nSubject: s\n\nt\n\n";
  for (const int extra : {-1, 0, 1}) {
    const std::size_t mails = limits::pasted_mails + static_cast<std::size_t>(extra + 1) - 1;
    std::string text;
    for (std::size_t i = 0; i < mails; ++i) text += one;
    EXPECT_EQ(split_pasted(text).size(), std::min(mails, limits::pasted_mails)) << extra;
  }
}

}  // namespace
}  // namespace sekisho::message
