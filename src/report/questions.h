// The interview as data, for a page that holds it itself: the questions in order and when each is asked, and everything
// there is to choose from ("sekisho.questions/1", docs/formats/http.md). Pure.
#pragma once

#include <boost/json/object.hpp>

#include "care/care.h"

namespace sekisho::report {

boost::json::object questions(const care::Care& care, care::Register speech);

}  // namespace sekisho::report
