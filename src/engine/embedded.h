// The knowledge, the deck and the gallery that the build put inside this binary (cmake/generated.cmake, tools/compile_knowledge.cc).
#pragma once

#include <string_view>

namespace sekisho::engine {

std::string_view embedded_knowledge();
std::string_view embedded_deck();
std::string_view embedded_gallery();

}  // namespace sekisho::engine
