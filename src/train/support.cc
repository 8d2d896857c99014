#include "train/support.h"

#include <algorithm>

namespace sekisho::train {
namespace {

constexpr std::uint8_t several = 255;

}  // namespace

std::size_t Support::place(std::uint32_t hash, unsigned which) {
  const std::uint64_t mixed = (hash + 0x9E3779B97F4A7C15U * (which + 1)) * 0xD6E8FEB86659FD93U;
  return static_cast<std::size_t>((mixed ^ (mixed >> 31)) * 0x9E3779B97F4A7C15U >> 39);  // 25 bits
}

void Support::add(std::uint32_t hash, std::uint32_t source) {
  const auto number = static_cast<std::uint8_t>(source % (several - 1) + 1);
  for (unsigned which = 0; which < 2; ++which) {
    Cell& cell = cells_[place(hash, which)];
    if (cell.messages < several) ++cell.messages;
    if (cell.source == 0)
      cell.source = number;
    else if (cell.source != number)
      cell.source = several;
  }
}

bool Support::is_enough(const Cell& cell) const {
  return cell.messages >= least_.messages && (least_.sources < 2 || cell.source == several);
}

bool Support::is_enough(std::uint32_t hash) const {
  return is_enough(cells_[place(hash, 0)]) && is_enough(cells_[place(hash, 1)]);
}

}  // namespace sekisho::train
