#include "engine/embedded.h"

extern "C" {
extern const char sekisho_knowledge_begin[], sekisho_knowledge_end[], sekisho_deck_begin[], sekisho_deck_end[],
    sekisho_gallery_begin[], sekisho_gallery_end[], sekisho_model_begin[], sekisho_model_end[];
}

namespace sekisho::engine {

std::string_view embedded_knowledge() {
  return {sekisho_knowledge_begin, static_cast<std::size_t>(sekisho_knowledge_end - sekisho_knowledge_begin)};
}
std::string_view embedded_deck() {
  return {sekisho_deck_begin, static_cast<std::size_t>(sekisho_deck_end - sekisho_deck_begin)};
}
std::string_view embedded_gallery() {
  return {sekisho_gallery_begin, static_cast<std::size_t>(sekisho_gallery_end - sekisho_gallery_begin)};
}
std::string_view embedded_model() {
  return {sekisho_model_begin, static_cast<std::size_t>(sekisho_model_end - sekisho_model_begin)};
}

}  // namespace sekisho::engine
