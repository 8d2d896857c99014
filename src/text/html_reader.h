// The state of reading one HTML part: open elements, formatting elements to reopen, the style sheet, what was found.
// Inside of html.cc; split over html_tree.cc (which elements are open) and html_content.cc (what an element
// contributes).
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "text/css.h"
#include "text/html.h"
#include "text/html_sink.h"
#include "text/html_style.h"
#include "text/html_tags.h"
#include "text/html_tokenizer.h"

namespace sekisho::text {

/// What of a start tag is needed to compute its style, now or when it is reopened.
struct ElementSource {
  Tag tag = Tag::unknown;
  bool hidden_attribute = false;
  bool link = false;
  std::int32_t inline_block = -1;  ///< index into StyleCache; -1: no style attribute
  std::uint64_t name_hash = 0;
  std::string_view class_names, id, color, size, bgcolor, background;
};

/// Parsed style attributes: equal strings are parsed once, and none twice while an element keeps its index.
class StyleCache {
 public:
  std::int32_t index_of(std::string_view style);
  const std::vector<Declaration>& block(std::int32_t index) const { return blocks_[static_cast<std::size_t>(index)]; }

 private:
  struct Slot {
    std::string_view style;
    std::int32_t index = -1;
  };
  std::array<Slot, 256> slots_{};
  std::vector<std::vector<Declaration>> blocks_;
};

class HtmlReader {
 public:
  HtmlReader(std::string_view html, std::size_t text_budget);
  VisibleHtml read();

 private:
  struct Open {
    ElementSource source;
    Style style;
    std::int32_t link = -1;                           ///< index into result_.links
    std::int32_t table = -1, section = -1, row = -1;  ///< indexes of the nearest open ones of the current table
    std::uint32_t formatting = 0;                     ///< serial in formatting_, 0 for none
    std::uint32_t outer_formatting = 0;               ///< formatting_base_ to go back to
    bool seen_cell = false, seen_row = false;
  };
  struct Formatting {
    ElementSource source;
    std::int32_t link = -1;
    std::uint32_t serial = 0;
    bool open = true;
  };
  struct LinkState {
    std::string label;
    bool something_visible = false;
  };
  enum class Scope { plain, button, list_item, table };

  // html.cc
  void run();
  void start_tag(const Token& token);
  void raw_element(const Token& token);
  void style_element(const Token& token, std::string_view css);
  bool head_tag(const Token& token);
  void flag_script(const Token& token);
  void finish();

  // html_tree.cc
  void ensure_body();
  void start_element(const Token& token);
  bool close_for_start(const Token& token);
  bool start_table_part(const Token& token);
  void end_tag(const Token& token);
  void end_formatting(const Token& token);
  void end_any_other(const Token& token);
  void push(const ElementSource& source, std::int32_t link);
  void pop();
  void pop_to(std::size_t size);
  void remove(std::size_t index);
  void reopen_formatting();
  void add_formatting(const ElementSource& source, std::int32_t link);
  void drop_formatting(std::size_t position);
  std::size_t in_scope(Tag tag, Scope scope) const;
  void close_in_scope(Tag tag, Scope scope);
  void too_deep(const Token& token);
  bool is_open(Tag tag) const { return open_count_[static_cast<std::size_t>(tag)] != 0; }

  // html_content.cc
  ElementSource source_of(const Token& token);
  Style style_of(const ElementSource& source, const Style& parent);
  void set_keys(const ElementSource& source, std::size_t depth);
  void open_box(Open& element);
  void close_box(const Open& element);
  void text(std::string_view raw, bool cdata);
  void preserved_text(std::string_view raw, bool cdata);
  void characters(std::string_view chars, const Open& top);
  void hide(std::string_view chars, Why why);
  void line_end(const Open& top);
  void void_element(const Token& token);
  void image(const Token& token);
  void input(const Token& token);
  void form(const Token& token);
  std::int32_t add_link(HtmlLink::Kind kind, std::string_view href, const Token& token);
  void resource(HtmlLink::Kind kind, std::string_view href, const Token& token);
  HtmlForm* current_form();
  TextSink& sink_of(const Style& style) { return style.subtree ? hidden_sink_ : sink_; }
  std::size_t budget_left(const TextSink& sink) const;
  void out_of_budget() { result_.over_budget = stop_ = true; }
  std::string value_of(std::string_view raw, std::size_t limit) const;

  std::string_view html_;
  std::size_t text_budget_;
  VisibleHtml result_;
  Tokenizer tokens_;
  TextSink sink_, hidden_sink_;
  StyleSheet sheet_;
  StyleCache styles_;
  Cascade cascade_;
  StyleContext context_;
  std::vector<Open> stack_;  ///< [0] html, [1] body
  std::vector<ElementKeys> element_keys_;
  std::vector<StyleKey> keys_;
  std::vector<Formatting> formatting_;
  std::vector<LinkState> link_states_;
  std::array<std::uint16_t, static_cast<std::size_t>(Tag::count_)> open_count_{};
  ElementSource html_source_, body_source_;
  std::size_t formatting_base_ = 0;
  std::size_t formatting_closed_ = 0;  ///< entries from formatting_base_ on that wait to be reopened
  std::size_t reopened_ = 0;
  std::size_t too_deep_ = 0;
  std::size_t foreign_depth_ = 0;
  std::uint32_t next_serial_ = 1;
  std::int32_t form_ = -1;
  bool body_open_ = false;
  bool skip_line_feed_ = false;  ///< the one right after <pre>
  bool sheet_complete_ = false;  ///< second pass: every <style> was read in the first
  bool collecting_ = false;      ///< a late <style> was met: only the other style sheets are still read
  bool stop_ = false;
};

}  // namespace sekisho::text
