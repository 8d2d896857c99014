// The gallery inside the program: what `sekisho examples` shows and what `check` calls the nearest example.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>

#include "engine/engine.h"

namespace sekisho::engine {
namespace {

class GalleryOfTheProgram : public testing::Test {
 protected:
  static std::shared_ptr<const Engine> engine() {
    static const std::shared_ptr<const Engine> started = *Engine::start();
    return started;
  }
};

TEST_F(GalleryOfTheProgram, EveryKindHasAnExampleThatIsNoticedAndMarked) {
  for (const auto& example : engine()->gallery().examples()) {
    EXPECT_NE(example.answer, verdict::Answer::nothing_found) << example.id;
    std::size_t quoted = 0;
    for (const auto& mark : example.marks) {
      for (const auto& quote : mark.quotes) {
        const std::string& text = example.parts.at(quote.part).text;
        ASSERT_LE(quote.span.end, text.size()) << example.id;
        EXPECT_EQ(text.substr(quote.span.start, quote.span.end - quote.span.start), quote.text) << example.id;
        ++quoted;
      }
    }
    EXPECT_GT(quoted, 0U) << example.id;
  }
}

TEST_F(GalleryOfTheProgram, ExamplesAreNearestToTheirOwnKind) {
  auto worker = engine()->worker();
  for (const auto& example : engine()->gallery().examples()) {
    const auto read_as = example.read_as == gallery::ReadAs::sms    ? ReadAs::sms
                         : example.read_as == gallery::ReadAs::mail ? ReadAs::mail
                                                                    : ReadAs::pasted;
    const auto report = engine()->examine(example.message, {}, {}, *worker, read_as);
    ASSERT_TRUE(report) << example.id;
    const auto near = engine()->gallery().nearest(report->facts, report->verdict, engine()->deck());
    ASSERT_NE(near.example, nullptr) << example.id;
    EXPECT_EQ(near.example->kind, example.kind) << example.id << " is called " << near.example->id;
    EXPECT_FALSE(near.shared.empty()) << example.id;
  }
}

/// A mail reworded beyond the example still meets its kind, and what differs is named.
TEST_F(GalleryOfTheProgram, ARewordedParcelMailMeetsTheParcelExampleAndNamesADifference) {
  const std::string mail =
      "From: 配送係 <k@okurimono.example>\nSubject: ご不在のためお荷物を持ち帰りました\n\n"
      "再配達をご希望の方は、本日中に下記から住所とクレジットカード番号をご入力ください。\nhttp://okurimono.example/"
      "r\n";
  auto worker = engine()->worker();
  const auto report = engine()->examine(mail, {}, {}, *worker, ReadAs::pasted);
  ASSERT_TRUE(report);
  const auto near = engine()->gallery().nearest(report->facts, report->verdict, engine()->deck());
  ASSERT_NE(near.example, nullptr);
  EXPECT_EQ(near.example->kind, "delivery_absence");
  EXPECT_FALSE(near.only_message.empty() && near.only_example.empty());
}

TEST_F(GalleryOfTheProgram, OrdinaryMailIsLikeNothing) {
  auto worker = engine()->worker();
  const auto report = engine()->examine(
      "From: 見本 <m@friend.example>\nSubject: 土曜の散歩\n\n川沿いを歩きませんか。お弁当を持って行きます。\n", {}, {},
      *worker, ReadAs::pasted);
  ASSERT_TRUE(report);
  EXPECT_EQ(engine()->gallery().nearest(report->facts, report->verdict, engine()->deck()).example, nullptr);
}

}  // namespace
}  // namespace sekisho::engine
