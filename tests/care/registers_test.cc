#include "care/registers.h"

#include <gtest/gtest.h>

namespace sekisho::care {
namespace {

const auto no_slot = [](std::string_view) { return false; };

TEST(Furigana, AreSpokenInBracketsAndMarkedAsRuby) {
  EXPECT_EQ(spoken("{警察|けいさつ}に{電話|でんわ}します"), "警察(けいさつ)に電話(でんわ)します");
  EXPECT_EQ(markup("{警察|けいさつ}へ"), "<ruby>警察<rp>(</rp><rt>けいさつ</rt><rp>)</rp></ruby>へ");
}

TEST(Markup, NothingOfAValueBecomesATag) {
  EXPECT_EQ(markup("<b>\"&'"), "&lt;b&gt;&quot;&amp;&#39;");
  EXPECT_EQ(markup("{<b>|<i>}"), "<ruby>&lt;b&gt;<rp>(</rp><rt>&lt;i&gt;</rt><rp>)</rp></ruby>");
}

TEST(Braces, WhatIsWrongIsSaid) {
  EXPECT_EQ(wrong_braces("{警察|けいさつ}", Furigana::allowed, no_slot), "");
  EXPECT_EQ(wrong_braces("{警察|けいさつ}", Furigana::refused, no_slot), "furigana belong in ja-plain only");
  EXPECT_EQ(wrong_braces("{name}", Furigana::allowed, no_slot), "unknown slot {name}");
  EXPECT_EQ(wrong_braces("a {b", Furigana::allowed, no_slot), "a '{' without its '}'");
  EXPECT_EQ(wrong_braces("a } b", Furigana::allowed, no_slot), "a '}' without its '{'");
  EXPECT_EQ(wrong_braces("{警察|}", Furigana::allowed, no_slot), "furigana are written {base|reading}");
}

TEST(Slots, AreFilledAndFuriganaStay) {
  EXPECT_EQ(filled("{x}と{警察|けいさつ}", [](std::string_view name) { return "<" + std::string(name) + ">"; }),
            "<x>と{警察|けいさつ}");
  EXPECT_EQ(filled("a { b", [](std::string_view) { return std::string("!"); }), "a { b");
  EXPECT_TRUE(has_slot("by {deadline}", "deadline"));
  EXPECT_FALSE(has_slot("by {deadline}", "dead"));
}

TEST(Registers, HaveNames) {
  for (const Register speech : {Register::ja, Register::ja_plain, Register::en})
    EXPECT_EQ(find_register(name(speech)), speech);
  EXPECT_FALSE(find_register("fr"));
}

}  // namespace
}  // namespace sekisho::care
