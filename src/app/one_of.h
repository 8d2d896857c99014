// A word that must be one of a few: the error names the nearest of them, or all. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace sekisho::app {

/// "OPTION cannot be VALUE", with the nearest of `known` or all of them.
tl::unexpected<Error> not_one_of(std::string_view option, const std::string& value,
                                 const std::vector<std::string>& known);

/// Nothing when `value` is one of `known`.
Result<void> one_of(std::string_view option, const std::string& value, const std::vector<std::string>& known);

}  // namespace sekisho::app
