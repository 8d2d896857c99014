// Small files written whole or not at all. Private to store.
#pragma once

#include <filesystem>
#include <string_view>

namespace sekisho::store {

/// Writes `bytes` beside `file` (mode 600), brings them to the disk, and only then gives them its name: a kill or a
/// full disk leaves the old content. Returns 0 or the errno of what failed; then nothing is left beside it.
int replace_file(const std::filesystem::path& file, std::string_view bytes);

}  // namespace sekisho::store
