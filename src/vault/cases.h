// The folder in which cases lie: what can be said of them without a passphrase, finding one by the beginning of its id,
// and erasing. Nothing personal is in what is said here.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "vault/files.h"

namespace sekisho::vault {

struct CaseOnDisk {
  std::string id;
  std::string opened, keep_until;  ///< as the head says
  std::uint64_t entries = 0, items = 0, bytes = 0;
  bool readable = true;  ///< false: the head is damaged or newer than this program
};

/// In the order of their ids. A folder that does not exist holds none.
Result<std::vector<CaseOnDisk>> list_cases(const std::filesystem::path& cases);

/// The one case whose id is `wanted`, or begins with it. Empty `wanted`: the only case there is. Error usage naming
/// what there is.
Result<std::filesystem::path> find_case(const std::filesystem::path& cases, std::string_view wanted);

/// An id that tells nothing but the day: "20261123-k7qf".
std::string new_case_id(std::string_view day);

/// Overwrites the sealed key, then removes everything of the case. Waits for who is writing to it. What was begun and
/// killed is finished by finish_erasing.
Result<void> erase_case(Files& files, const std::filesystem::path& folder);
void finish_erasing(Files& files, const std::filesystem::path& cases);

}  // namespace sekisho::vault
