#include "app/one_of.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "knowledge/source.h"

namespace sekisho::app {

tl::unexpected<Error> not_one_of(std::string_view option, const std::string& value,
                                 const std::vector<std::string>& known) {
  Said said{"usage.not_one_of",
            {{"option", std::string(option)}, {"value", value}, knowledge::suggestion(value, known)}};
  const std::string near = knowledge::nearest(value, known);
  return fail(
      ErrorCode::usage, std::move(said), fmt::format("{} cannot be '{}'", option, value), {},
      near.empty() ? fmt::format("one of: {}", fmt::join(known, ", ")) : fmt::format("did you mean '{}'?", near));
}

Result<void> one_of(std::string_view option, const std::string& value, const std::vector<std::string>& known) {
  if (std::find(known.begin(), known.end(), value) != known.end()) return {};
  return not_one_of(option, value, known);
}

}  // namespace sekisho::app
