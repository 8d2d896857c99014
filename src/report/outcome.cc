#include "report/outcome.h"

#include "base/fingerprint.h"

namespace sekisho::report {

Versions versions_of(const engine::Engine& engine) {
  std::string model = engine.deck().pack();
  for (const auto& file : engine.knowledge().scale()) model += file.text;
  const verdict::Model* learned = engine.model();
  const std::string name = learned == nullptr ? "hand" : learned->name;
  if (learned != nullptr) model += learned->digest;
  return {std::string(engine::program_version()), engine.knowledge().version(), name + '-' + fingerprint_text(model)};
}

}  // namespace sekisho::report
