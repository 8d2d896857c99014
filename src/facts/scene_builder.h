// Builds the Scene of one message. Private to facts; tests build scenes through observe_all.
#pragma once

#include "facts/scene.h"

namespace sekisho::facts {

/// The scene refers to its four arguments; they must outlive it.
Scene build_scene(const message::Message& message, const knowledge::Snapshot& knowledge, const History& history,
                  const Envelope& envelope, text::PatternSet::Scratch& scratch);

}  // namespace sekisho::facts
