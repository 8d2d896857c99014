#include "report/outcome.h"

#include "base/fingerprint.h"

namespace sekisho::report {

Versions versions_of(const engine::Engine& engine) {
  std::string model = engine.deck().pack();
  for (const auto& file : engine.knowledge().scale()) model += file.text;
  return {std::string(engine::program_version()), engine.knowledge().version(), "hand-" + fingerprint_text(model)};
}

}  // namespace sekisho::report
