// Which n-grams enough different messages of enough different sources share. What only a few messages say never reaches
// the model, so nothing of a single message can be read out of it. Memory is fixed (a count sketch): an n-gram may be
// counted too high by chance, never too low. Used by trainer.cc only.
#pragma once

#include <cstdint>
#include <vector>

namespace sekisho::train {

class Support {
 public:
  /// Messages and sources that must share an n-gram.
  struct Least {
    std::uint32_t messages = 4;
    std::uint32_t sources = 2;  ///< 1 or 2
  };

  explicit Support(Least least) : least_(least), cells_(cell_count) {}

  /// Counts an n-gram once for one message of `source` (a small number).
  void add(std::uint32_t hash, std::uint32_t source);
  bool is_enough(std::uint32_t hash) const;

 private:
  static constexpr std::size_t cell_count = std::size_t{1} << 25;
  struct Cell {
    std::uint8_t messages = 0;
    std::uint8_t source = 0;  ///< of the first, plus one; 255: of several
  };
  static std::size_t place(std::uint32_t hash, unsigned which);
  bool is_enough(const Cell& cell) const;

  Least least_;
  std::vector<Cell> cells_;
};

}  // namespace sekisho::train
