#include "app/dialects.h"

#include <string_view>

extern "C" {
extern const char sekisho_dialects_begin[], sekisho_dialects_end[];
}

namespace sekisho::app {

Result<rules::Dialects> embedded_dialects() {
  return rules::Dialects::load(std::string_view(
      sekisho_dialects_begin, static_cast<std::size_t>(sekisho_dialects_end - sekisho_dialects_begin)));
}

}  // namespace sekisho::app
