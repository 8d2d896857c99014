// knowledge/rules/dialects.yaml → checked dialects. Read by the build tool and by tests; what is wrong is named with
// file and line. Throws nothing.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "rules/dialect.h"

namespace sekisho::rules {

/// Error bad_data: file:line, what was expected.
Result<Dialects> read_dialects(std::string_view yaml, const std::string& file);
Result<Dialects> read_dialects_file(const std::filesystem::path& file);

/// The same places with the names, taps and tips that the advice gives them (knowledge/care/carriers.yaml), which has
/// more places and more to say; only ids that are dialects too are read.
Result<Dialects> with_taps(const Dialects& dialects, std::string_view carriers_yaml, const std::string& file);

}  // namespace sekisho::rules
