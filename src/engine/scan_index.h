// The index of a scan: which files were read how far, and their fingerprints as sealed records. Private to engine; used
// by scan() on one thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "campaign/fingerprint.h"
#include "engine/scan.h"
#include "mailbox/reader.h"
#include "store/index.h"

namespace sekisho::engine {

/// What is to be done with one file of the mailbox.
struct Plan {
  mailbox::File file;
  store::Source source;  ///< its state in the index; a fresh one when it is not there
  mailbox::Start start;
  bool reads = true;  ///< false: nothing new since the last run
};

class ScanIndex {
 public:
  static Result<ScanIndex> open(const std::filesystem::path& folder, const store::Secret& secret,
                                std::string_view basis);

  /// `fresh`: whatever the index knows of the file is set aside.
  Plan plan(const mailbox::File& file, bool fresh) const;

  /// Every fingerprint kept of the files in `plans`, by their position there.
  Result<void> each(const std::vector<Plan>& plans,
                    const std::function<void(const Place&, campaign::Fingerprint)>& on_print) const;

  /// A batch of one or more files, all of it or nothing. The plans' sources say how far their files are read then.
  Result<void> keep(const std::vector<std::pair<Place, campaign::Fingerprint>>& prints, std::vector<Plan>& plans);
  /// The file of that plan was read to its end.
  Result<void> finish(Plan& plan);

 private:
  ScanIndex(store::Index index, const store::Secret& secret) : index_(std::move(index)), secret_(secret) {}
  std::uint64_t key_of(const std::string& path) const;
  void probe(Plan& plan) const;

  store::Index index_;
  store::Secret secret_;
  std::unordered_map<std::uint64_t, store::Source> known_;
};

}  // namespace sekisho::engine
