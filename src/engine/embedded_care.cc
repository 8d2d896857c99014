#include "engine/embedded.h"

extern "C" {
extern const char sekisho_care_begin[], sekisho_care_end[];
}

namespace sekisho::engine {

std::string_view embedded_care() {
  return {sekisho_care_begin, static_cast<std::size_t>(sekisho_care_end - sekisho_care_begin)};
}

}  // namespace sekisho::engine
