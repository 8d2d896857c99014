// An example of the gallery as the JSON of docs/formats/gallery.md ("sekisho.examples/1"). Called by `examples` and the
// server; pure.
#pragma once

#include <string>

#include <boost/json/object.hpp>

#include "engine/engine.h"
#include "gallery/gallery.h"

namespace sekisho::report {

/// The name of the example's kind of scam in `lang`.
std::string kind_name(const gallery::Example& example, const engine::Engine& engine, const std::string& lang);
boost::json::object to_object(const gallery::Example& example, const engine::Engine& engine, const std::string& lang);

}  // namespace sekisho::report
