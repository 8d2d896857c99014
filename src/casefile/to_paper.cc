#include "casefile/to_paper.h"

#include <algorithm>

#include "base/limits.h"
#include "casefile/pages.h"

namespace sekisho::casefile {

namespace {

std::string_view name(Form form) {
  switch (form) {
    case Form::full:
      return "full";
    case Form::shareable:
      return "shareable";
    case Form::hand_over:
      break;
  }
  return "hand_over";
}

}  // namespace

std::string inert(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view rest = text.substr(at);
    const bool http = rest.size() > 4 && (rest[0] == 'h' || rest[0] == 'H') && (rest[1] == 't' || rest[1] == 'T') &&
                      (rest[2] == 't' || rest[2] == 'T') && (rest[3] == 'p' || rest[3] == 'P') &&
                      (rest.substr(4, 3) == "://" || rest.substr(4, 4) == "s://" || rest.substr(4, 4) == "S://");
    if (http) {
      out += "hxxp";
      at += 4;
    } else {
      out += text[at++];
    }
  }
  return out;
}

paper::Paper Pages::take() {
  paper::Paper out;
  out.lang = words_.japanese() ? "ja" : "en";
  const std::string title = words_.say(std::string("title.") + std::string(name(form_)));
  out.title = title;
  out.subject = words_.say(std::string("subject.") + std::string(name(form_)), {{"date", words_.day(file_.made)}});
  if (!file_.title.empty())
    out.subject = words_.say("subject.joint", {{"title", clean(file_.title, 60)}, {"subject", out.subject}});
  out.made = words_.rfc3339(file_.made);
  out.header = words_.say("header", {{"title", title}, {"id", clean(file_.proof.case_id, 60)}});
  out.footer = words_.say("footer");
  if (form_ == Form::hand_over)
    hand_over();
  else
    full();
  out.blocks = std::move(blocks_);
  return out;
}

std::string Pages::clean(std::string_view text, std::size_t most) const {
  constexpr std::size_t plenty = limits::paper_text_bytes / 2, few = 24;
  // Nobody masks a megabyte to show a line of it.
  std::string out =
      shortened(mask_(text.substr(0, most * 16 + 256)), cleaned_bytes_ < plenty ? most : std::min(most, few));
  cleaned_bytes_ += out.size();
  return out;
}

void Pages::full() {
  summary();
  turning_points();
  reception();
  blocks_.push_back(paper::PageBreak{});
  masked();
  told();
  losses();
  campaigns();
  timeline(500, false);
  exposed();
  evidence();
  evidence_details();
  advice();
  questions();
  bring();
  desks();
  verify();
  next();
}

void Pages::hand_over() {
  situation();
  urgent();
  steps(Advice::State::open, "open");
  steps(Advice::State::done, "done");
  questions();
  bullets("never", file_.never);
  heading(1, "latest");
  timeline(10, true);
  desks();
  verify();
  heading(2, "handed");
  blocks_.push_back(paper::Lines{{label("from_hands"), label("to_hands"), label("handed_on")}});
  next();
}

void Pages::bullets(std::string_view heading_key, const std::vector<std::string>& texts) {
  if (texts.empty()) return;
  constexpr std::size_t most = 60;
  heading(1, heading_key);
  paper::List list;
  for (const std::string& text : texts) {
    if (list.items.size() == most) {
      list.items.push_back({words_.say("value.more", {{"n", std::to_string(texts.size() - most)}}), {}, false});
      break;
    }
    list.items.push_back({clean(text), {}, false});
  }
  blocks_.push_back(std::move(list));
}

paper::Paper to_paper(const CaseFile& file, Form form, const knowledge::Snapshot& knowledge) {
  return Pages(file, form, knowledge).take();
}

}  // namespace sekisho::casefile
