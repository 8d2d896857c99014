// A plan, a desk, a carrier as text for a person: what `guide`, `contacts` and `carriers` print when nobody asked for
// JSON. Furigana stand in brackets behind the word. Pure.
#pragma once

#include <string>
#include <string_view>

#include "app/terminal.h"
#include "care/care.h"
#include "care/plan.h"

namespace sekisho::app {

/// How a page of the guide is laid out and in which register it speaks.
class GuidePage {
 public:
  GuidePage(const care::Care& care, care::Register speech, Paint paint, int width)
      : care_(care), speech_(speech), paint_(paint), width_(width) {}

  /// The words of `key` (knowledge/care/words.yaml), furigana in brackets.
  std::string say(std::string_view key) const;
  /// The same with {name} filled in.
  std::string say(std::string_view key, std::string_view name, std::string_view value) const;

  std::string heading(std::string_view key) const;
  /// One paragraph, bullet or "label: value" line, broken at the terminal's width.
  std::string paragraph(std::string_view text) const;
  std::string bullet(std::string_view text) const;
  std::string numbered(std::size_t number, std::string_view text) const;
  std::string detail(std::string_view key, std::string_view text) const;
  std::string in(const care::Text& text) const { return care::spoken(text.in(speech_)); }
  std::string desk(const care::PlannedContact& desk) const;

  std::string plan(const care::Plan& plan) const;

  const care::Care& care() const { return care_; }
  care::Register speech() const { return speech_; }
  const Paint& paint() const { return paint_; }

 private:
  std::string lang() const { return speech_ == care::Register::en ? "en" : "ja"; }
  const care::Care& care_;
  care::Register speech_;
  Paint paint_;
  int width_;
};

/// "as of" as people read it: the words for an unknown date instead of `unknown`.
std::string as_of_words(const GuidePage& page, const std::string& as_of);

}  // namespace sekisho::app
