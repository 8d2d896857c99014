// The sections of a case file, one function each, that add their blocks. Private to casefile; to_paper.cc puts them in
// order. Borrows the case file and the knowledge; one thread for one page set.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "casefile/case_file.h"
#include "casefile/mask.h"
#include "casefile/page_words.h"
#include "paper/paper.h"

namespace sekisho::casefile {

class Pages {
 public:
  Pages(const CaseFile& file, Form form, const knowledge::Snapshot& knowledge)
      : file_(file), form_(form), words_(file, knowledge), mask_(file, form, knowledge) {}

  paper::Paper take();

 private:
  void full();
  void hand_over();

  // pages_first.cc: what stands on the first page.
  void summary();
  void turning_points();
  void urgent();
  void reception();
  void masked();
  void situation();
  // pages_matter.cc: the matter itself.
  void told();
  void losses();
  void timeline(std::size_t most, bool latest);
  void campaigns();
  void campaign(const Campaign& campaign);
  void exposed();
  // pages_evidence.cc: what proves it, and what follows.
  void evidence();
  void evidence_details();
  void one_evidence(const Evidence& evidence, std::size_t& pictures);
  void advice();
  void steps(Advice::State state, std::string_view heading);
  void questions();
  void bring();
  void desks();
  void verify();
  void next();

  void heading(std::uint32_t level, std::string_view key) {
    blocks_.push_back(paper::Heading{level, words_.say(std::string("heading.") + std::string(key))});
  }
  void bullets(std::string_view heading_key, const std::vector<std::string>& texts);
  /// Masked and cut to `most` characters; to few once the document holds so much that a paper could not take the rest.
  std::string clean(std::string_view text, std::size_t most = 400) const;
  std::string label(std::string_view key) const { return words_.say(std::string("label.") + std::string(key)); }
  std::string column(std::string_view key) const { return words_.say(std::string("column.") + std::string(key)); }
  std::string known_damage() const;
  std::string known_when() const;
  std::string known_now() const;
  /// The timeline's entries by time, those of unknown time last.
  std::vector<const Event*> by_time() const;
  paper::Timeline::Entry entry(const Event& event) const;
  /// The campaigns' chart, one for each.
  void chart(const Campaign& campaign);

  const CaseFile& file_;
  Form form_;
  PageWords words_;
  Mask mask_;
  std::vector<paper::Block> blocks_;
  mutable std::size_t cleaned_bytes_ = 0;
};

/// Links that no reader of the PDF follows by mistake: http becomes hxxp.
std::string inert(std::string_view text);

}  // namespace sekisho::casefile
