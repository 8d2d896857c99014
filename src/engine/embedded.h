// The knowledge, the deck and the gallery that the build put inside this binary (cmake/generated.cmake, tools/compile_knowledge.cc).
#pragma once

#include <string_view>

namespace sekisho::engine {

std::string_view embedded_knowledge();
std::string_view embedded_deck();
std::string_view embedded_gallery();
/// model/sekisho.model, as verdict/model.h reads it.
std::string_view embedded_model();
/// knowledge/care as `care` reads it (cmake/care.cmake, tools/compile_care.cc).
std::string_view embedded_care();

}  // namespace sekisho::engine
