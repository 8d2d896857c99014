// How a sending system builds its mail, whoever it says it is: shapes of headers and of text, each as one number.
// Private to campaign. Pure.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "message/message.h"

namespace sekisho::campaign {

struct Habits;

/// Fills in everything but `hops`. `host` is the From's host: a Message-ID made on it has another shape than one made
/// elsewhere.
void set_habits(Habits& habits, const message::Message& message, std::string_view host);

/// Charikar's simhash over triples of letters, digits and long ASCII words (addresses of pages) left out: texts made
/// from one template differ in few bits.
class SimHash {
 public:
  void add(std::string_view folded);
  std::uint64_t value() const;

 private:
  std::array<std::int32_t, 64> counts_{};
  bool any_ = false;
};

}  // namespace sekisho::campaign
