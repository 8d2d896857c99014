// The compiled automata of a site's expressions, kept in a folder between runs: compiling takes seconds, reading one
// back milliseconds. A file is named by what it was made of and by what (expressions, Vectorscan, processor family),
// appears whole or not at all, and is believed only when its check sum is right; a broken one is made again. Nothing
// here ever fails a run: without a writable folder every run compiles. Called by `app` at start; one thread; several
// programs may share the folder.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "knowledge/snapshot.h"

namespace sekisho::engine {

class AutomatonCache {
 public:
  /// What became of the automaton of this run.
  enum class Outcome : std::uint8_t {
    not_needed,  ///< the one inside the program fits
    read,
    kept,     ///< compiled, and kept for the next run
    not_kept  ///< compiled, and the folder could not be written
  };

  /// `folder` is made when it is first written; empty: nothing is kept. `on_compile` is called before the seconds that
  /// compiling takes.
  explicit AutomatonCache(std::filesystem::path folder, std::function<void()> on_compile = {});

  /// Refers to this cache, which must outlive it.
  knowledge::AutomatonStore store();

  Outcome outcome() const { return outcome_; }
  /// The file of this run's automaton; empty when there is none.
  const std::filesystem::path& file() const { return file_; }

 private:
  std::optional<std::string> find(const std::string& made_of);
  void keep(std::string_view automaton);

  std::filesystem::path folder_, file_;
  std::function<void()> on_compile_;
  Outcome outcome_ = Outcome::not_needed;
};

}  // namespace sekisho::engine
