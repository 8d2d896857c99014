// What `sekisho guide` keeps between runs, in the state folder: the answers given so far (guide.json) and the log of
// what came afterwards (guide.log). Both readable by their owner alone; both erased by --forget. A damaged file is
// said, never guessed at.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "care/answers.h"
#include "care/care.h"

namespace sekisho::app {

struct GuideState {
  care::Answers answers;
  std::vector<std::string> asked;  ///< questions in the order in which they were put
  std::optional<care::Day> since;  ///< when the plan was first shown
  std::uint32_t rungs_tried = 0;   ///< how many times the mails went on after a check
  std::uint32_t checks_made = 0;
};

class GuideStore {
 public:
  /// `folder`: the state folder of the settings; empty: nothing is kept.
  explicit GuideStore(std::filesystem::path folder) : folder_(std::move(folder)) {}

  /// nullopt when nothing is kept.
  Result<std::optional<GuideState>> load() const;
  Result<void> save(const GuideState& state) const;
  /// One line, with its day; control characters become visible, longer ones are cut (limits::interview_bytes).
  Result<void> log(care::Day day, std::string_view line) const;
  Result<std::vector<std::string>> logged() const;
  /// Whether there was anything.
  Result<bool> forget() const;

 private:
  std::filesystem::path answers() const { return folder_ / "guide.json"; }
  std::filesystem::path log_file() const { return folder_ / "guide.log"; }
  Result<void> make_folder() const;
  std::filesystem::path folder_;
};

}  // namespace sekisho::app
