// The value of a rule as somebody typed it: checked, and when it is wrong, what was probably meant. Only list.cc calls
// it. Pure.
#pragma once

#include "rules/list.h"

namespace sekisho::rules {

struct WrongValue {
  Slip slip = Slip::no_value;
  struct Meant {
    std::optional<Mode> mode;  ///< nullopt for a content rule
    std::string value;
  };
  std::optional<Meant> meant;
};

tl::expected<std::string, WrongValue> check_sender_value(Mode mode, std::string_view written);
tl::expected<std::string, WrongValue> check_content_value(Trait trait, std::string_view written);

/// The address of "Someone <a@lamp.test>", "mailto:a@lamp.test", "a@lamp.test"; full-width letters made plain.
std::string plain_address(std::string_view written);

}  // namespace sekisho::rules
