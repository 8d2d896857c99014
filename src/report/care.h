// What stands by people, as values: the data of knowledge/care with a site's folder laid over it, and plans,
// descriptions and drafts as the JSON of docs/formats/guide.md. Called by the commands and by the server. Pure but for
// load_care(), which reads files.
#pragma once

#include <filesystem>

#include <boost/json/object.hpp>

#include "care/care.h"
#include "care/describe.h"
#include "care/draft.h"
#include "care/plan.h"

namespace sekisho::report {

/// The built-in data, and `overrides`/care over it when there is one. Error bad_data with file:line.
Result<care::Care> load_care(const std::filesystem::path& overrides);

/// sekisho.describe/1.
boost::json::object to_object(const care::Described& described);
/// sekisho.guide/1 out.
boost::json::object to_object(const care::Plan& plan);
/// sekisho.drafts/1: what the draft is for.
boost::json::object to_object(const care::Draft& draft, care::Register speech);
/// sekisho.draft/1: the draft with its gaps filled.
boost::json::object to_object(const care::Draft& draft, const care::DraftText& text);

}  // namespace sekisho::report
