#include "app/progress.h"

#include <algorithm>
#include <cstdio>

#include <fmt/format.h>

namespace sekisho::app {
namespace {

/// Fewer messages than this are done before anybody wonders.
constexpr std::uint64_t many = 20;
constexpr std::chrono::milliseconds between_drawings{100};
constexpr std::size_t bar_cells = 20;

}  // namespace

void Progress::advance(std::uint64_t bytes, std::uint64_t messages) {
  messages_ += messages;
  bytes_ += bytes;
  const auto now = std::chrono::steady_clock::now();
  if (!shown_ || messages_ <= many) return;
  const bool due = now - drawn_ >= between_drawings;
  if (due) drawn_ = now;
  if (due || interrupted_) draw();
}

void Progress::draw() {
  std::string line;
  const std::string count = std::to_string(messages_);
  if (all_bytes_ == 0) {
    line = voice_.say("app.progress.count", {{"n", count}});
  } else {
    const double part = std::min(1.0, static_cast<double>(bytes_) / static_cast<double>(all_bytes_));
    const double spent = std::chrono::duration<double>(drawn_ - began_).count();
    const auto left = static_cast<std::int64_t>(part > 0 ? spent / part - spent : 0);
    const auto cells = static_cast<std::size_t>(part * bar_cells);
    line = voice_.say("app.progress.part", {{"bar", std::string(cells, '#') + std::string(bar_cells - cells, '.')},
                                            {"n", count},
                                            {"percent", fmt::format("{:.0f}", part * 100)},
                                            {"left", fmt::format("{}:{:02}", left / 60, left % 60)}});
  }
  std::fprintf(stderr, "\r%s\x1b[K", line.c_str());
  visible_ = true;
  interrupted_ = false;
}

void Progress::hide() {
  if (!visible_) return;
  std::fputs("\r\x1b[K", stderr);
  visible_ = false;
  interrupted_ = true;
}

}  // namespace sekisho::app
