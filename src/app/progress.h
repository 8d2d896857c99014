// One line on standard error that says how far we are, when it is a terminal and there is much to do. Standard output
// may be the same terminal: hide() before anything else is printed. One thread at a time.
#pragma once

#include <chrono>
#include <cstdint>

#include "app/voice.h"

namespace sekisho::app {

class Progress {
 public:
  /// `bytes` is all there is to read; 0 when nobody knows.
  Progress(const Voice& voice, bool shown, std::uint64_t bytes) : voice_(voice), shown_(shown), all_bytes_(bytes) {}

  void advance(std::uint64_t bytes, std::uint64_t messages = 1);
  /// Takes the line away; the next advance() brings it back.
  void hide();

 private:
  void draw();
  const Voice& voice_;
  const bool shown_;
  const std::uint64_t all_bytes_;
  std::uint64_t messages_ = 0, bytes_ = 0;
  bool visible_ = false, interrupted_ = false;
  const std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
  std::chrono::steady_clock::time_point drawn_ = began_;
};

}  // namespace sekisho::app
