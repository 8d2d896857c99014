// Which passages of a message do not speak for whoever sent it: what a sentence denies ("we never ask for …"), speech that a warning reports between quotation marks
// or as an example, and what a long text mentions far from its beginning. Private to facts; called once by build_scene,
// when hits and sites are known and before claims are weighed.
//
// Quotation marks alone excuse nobody: they are believed only where the text outside of them warns of such words, and
// where it leads the reader nowhere but to places that are not the sender's to choose. Who wraps a scam in brackets
// still needs a link or a number to ring, and these then speak for the whole.
#pragma once

#include <vector>

#include "facts/claims.h"
#include "facts/scene.h"

namespace sekisho::facts {

/// Sets Hit::voice and Naming::quoted. Linear in text and hits.
void give_voices(Scene& scene, std::vector<Naming>& namings);

/// Quotation marks and what they hold, quoted lines, and what follows `examples`; in the order of the text, each at
/// most limits::reported_speech_bytes. Exposed for its tests.
std::vector<text::Span> reported_speech(std::string_view text, const std::vector<text::Span>& examples);

}  // namespace sekisho::facts
