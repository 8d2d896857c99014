// Which elements are open: WHATWG HTML 13.2.6 without a tree. Implied end tags, scopes, table structure, formatting
// elements that are reopened, misnested end tags. Every loop is over the bounded stack, and only when the element
// sought is open.
#include <algorithm>

#include "base/limits.h"
#include "text/html_reader.h"

namespace sekisho::text {
namespace {

constexpr std::size_t none = static_cast<std::size_t>(-1);

bool has(Tag tag, TagFlag flag) { return (tag_info(tag).flags & flag) != 0; }

bool in_table_structure(Tag tag) {
  return tag == Tag::table || tag == Tag::tbody || tag == Tag::thead || tag == Tag::tfoot || tag == Tag::tr;
}

}  // namespace

void HtmlReader::ensure_body() {
  if (body_open_) return;
  body_open_ = true;
  context_.quirks = tokens_.quirks();
  html_source_.tag = Tag::html;
  body_source_.tag = Tag::body;
  static constexpr auto hash = [](std::string_view name) {
    std::uint64_t h = name_hash_start;
    for (const char c : name) h = name_hash_step(h, c);
    return h;
  };
  html_source_.name_hash = hash("html");
  body_source_.name_hash = hash("body");
  push(html_source_, -1);
  push(body_source_, -1);
  context_.body_color = stack_.back().style.color;
}

std::size_t HtmlReader::in_scope(Tag tag, Scope scope) const {
  if (!is_open(tag)) return none;
  for (std::size_t i = stack_.size(); i-- > 2;) {
    const Tag open = stack_[i].source.tag;
    if (open == tag) return i;
    if (scope == Scope::table) {
      if (open == Tag::table || open == Tag::template_) return none;
    } else if (has(open, tag_scope) || (scope == Scope::button && open == Tag::button) ||
               (scope == Scope::list_item && (open == Tag::ol || open == Tag::ul))) {
      return none;
    }
  }
  return none;
}

void HtmlReader::close_in_scope(Tag tag, Scope scope) {
  const std::size_t found = in_scope(tag, scope);
  if (found != none) pop_to(found);
}

void HtmlReader::push(const ElementSource& source, std::int32_t link) {
  const std::size_t depth = stack_.size();
  stack_.emplace_back();
  Open& element = stack_.back();
  static const Style initial;
  const Open* parent = depth == 0 ? nullptr : &stack_[depth - 1];
  element.source = source;
  if (!sheet_.empty()) set_keys(source, depth);
  element.style = style_of(source, parent == nullptr ? initial : parent->style);
  element.link = link >= 0 ? link : parent == nullptr ? -1 : parent->link;
  if (parent != nullptr) {
    element.table = parent->table;
    element.section = parent->section;
    element.row = parent->row;
  }
  element.outer_formatting = static_cast<std::uint32_t>(formatting_base_);
  const auto index = static_cast<std::int32_t>(depth);
  switch (source.tag) {
    case Tag::table:
      element.table = index;
      element.section = element.row = -1;
      break;
    case Tag::tbody:
    case Tag::thead:
    case Tag::tfoot:
      element.section = index;
      element.row = -1;
      break;
    case Tag::tr:
      element.row = index;
      break;
    case Tag::template_:
      element.table = element.section = element.row = -1;
      break;
    case Tag::svg:
    case Tag::math:
      tokens_.set_foreign(++foreign_depth_ != 0);
      break;
    default:
      break;
  }
  ++open_count_[static_cast<std::size_t>(source.tag)];
  if (has(source.tag, tag_marker)) {
    formatting_base_ = formatting_.size();
    formatting_closed_ = 0;
  }
  open_box(element);
}

void HtmlReader::pop() {
  const Open& element = stack_.back();
  const Tag tag = element.source.tag;
  close_box(element);
  --open_count_[static_cast<std::size_t>(tag)];
  if (tag == Tag::svg || tag == Tag::math) tokens_.set_foreign(--foreign_depth_ != 0);
  if (has(tag, tag_marker)) {
    formatting_.resize(std::min(formatting_base_, formatting_.size()));
    formatting_base_ = element.outer_formatting;
    formatting_closed_ =
        static_cast<std::size_t>(std::count_if(formatting_.begin() + static_cast<std::ptrdiff_t>(formatting_base_),
                                               formatting_.end(), [](const Formatting& f) { return !f.open; }));
  } else if (element.formatting != 0) {
    for (std::size_t i = formatting_.size(); i-- > formatting_base_;) {
      if (formatting_[i].serial != element.formatting) continue;
      formatting_[i].open = false;  // whoever closes it for good drops the entry first
      ++formatting_closed_;
      break;
    }
  }
  if (!element_keys_.empty()) {
    keys_.resize(element_keys_.back().first);
    element_keys_.pop_back();
  }
  stack_.pop_back();
}

void HtmlReader::pop_to(std::size_t size) {
  size = std::max<std::size_t>(size, 2);
  while (stack_.size() > size) pop();
}

// Takes one element out of the middle: what is inside of it no longer inherits from it.
void HtmlReader::remove(std::size_t index) {
  const std::size_t above = stack_.size() - index - 1;
  if (above == 0) return pop_to(index);
  if (reopened_ + above > limits::html_reopened) {
    result_.over_budget = true;
    return;
  }
  reopened_ += above;
  const Open removed = stack_[index];
  --open_count_[static_cast<std::size_t>(removed.source.tag)];
  stack_.erase(stack_.begin() + static_cast<std::ptrdiff_t>(index));
  if (!element_keys_.empty()) element_keys_.erase(element_keys_.begin() + static_cast<std::ptrdiff_t>(index));
  const auto shifted = [index](std::int32_t i) { return i > static_cast<std::int32_t>(index) ? i - 1 : i; };
  for (std::size_t i = index; i < stack_.size(); ++i) {
    Open& element = stack_[i];
    const bool rendered = element.style.rendered;
    element.style = style_of(element.source, stack_[i - 1].style);
    element.style.rendered = rendered;
    if (element.link == removed.link) element.link = stack_[i - 1].link;
    element.table = shifted(element.table);
    element.section = shifted(element.section);
    element.row = shifted(element.row);
  }
}

// WHATWG HTML 13.2.4.3: at most three equal ones ("Noah's Ark"), and here at most limits::html_formatting_elements.
void HtmlReader::add_formatting(const ElementSource& source, std::int32_t link) {
  std::size_t equal = 0, earliest = 0;
  for (std::size_t i = formatting_.size(); i-- > formatting_base_;) {
    const ElementSource& other = formatting_[i].source;
    if (other.tag == source.tag && other.inline_block == source.inline_block &&
        other.class_names == source.class_names && other.color == source.color && other.size == source.size &&
        other.id == source.id && source.tag != Tag::a) {
      ++equal;
      earliest = i;
    }
  }
  if (equal >= 3) drop_formatting(earliest);
  if (formatting_.size() - formatting_base_ >= limits::html_formatting_elements) {
    result_.over_budget = true;
    return;
  }
  formatting_.push_back({source, link, next_serial_, true});
  stack_.back().formatting = next_serial_++;
}

void HtmlReader::drop_formatting(std::size_t position) {
  if (!formatting_[position].open) --formatting_closed_;
  formatting_.erase(formatting_.begin() + static_cast<std::ptrdiff_t>(position));
}

void HtmlReader::reopen_formatting() {
  if (formatting_closed_ == 0) return;
  for (std::size_t i = formatting_base_; i < formatting_.size(); ++i) {
    if (formatting_[i].open) continue;
    if (stack_.size() >= limits::html_open_elements || reopened_ >= limits::html_reopened) {
      result_.over_budget = true;
      formatting_.erase(formatting_.begin() + static_cast<std::ptrdiff_t>(i), formatting_.end());
      break;
    }
    ++reopened_;
    formatting_[i].open = true;
    const Formatting entry = formatting_[i];
    push(entry.source, entry.link);
    stack_.back().formatting = entry.serial;
  }
  formatting_closed_ = 0;
}

// Beyond limits::html_open_elements: the element is only counted, so that its end tag closes nothing else.
void HtmlReader::too_deep(const Token& token) {
  result_.over_budget = true;
  const TagInfo& info = tag_info(token.tag);
  if (info.display != Display::inline_) sink_of(stack_.back().style).block_break(1);
  switch (token.tag) {
    case Tag::p:
    case Tag::li:
    case Tag::dd:
    case Tag::dt:
    case Tag::option:
    case Tag::optgroup:
    case Tag::tr:
    case Tag::td:
    case Tag::th:
      return;  // may be left open
    default:
      break;
  }
  if (token.kind == Token::Kind::start_tag)
    ++too_deep_;
  else
    --too_deep_;
}

// Ends what the start tag implies to be over. False when the tag is to be ignored.
bool HtmlReader::close_for_start(const Token& token) {
  const Tag tag = token.tag;
  const TagInfo& info = tag_info(tag);
  if ((info.flags & tag_table_part) != 0) return start_table_part(token);
  if ((info.flags & tag_closes_p) != 0 || (tag == Tag::table && !context_.quirks))
    close_in_scope(Tag::p, Scope::button);
  switch (tag) {
    case Tag::li:
      if (const std::size_t open = in_scope(Tag::li, Scope::list_item); open != none) pop_to(open);
      break;
    case Tag::dd:
    case Tag::dt:
      for (const Tag sibling : {Tag::dd, Tag::dt}) {
        const std::size_t open = in_scope(sibling, Scope::plain), list = in_scope(Tag::dl, Scope::plain);
        if (open != none && (list == none || open > list)) pop_to(open);
      }
      break;
    case Tag::option:
    case Tag::optgroup:
      if (stack_.back().source.tag == Tag::option) pop();
      if (tag == Tag::optgroup && stack_.back().source.tag == Tag::optgroup) pop();
      break;
    case Tag::button:
      close_in_scope(Tag::button, Scope::plain);
      break;
    case Tag::select:
      if (is_open(Tag::select)) {
        close_in_scope(Tag::select, Scope::plain);
        return false;
      }
      break;
    case Tag::table:
      if (in_table_structure(stack_.back().source.tag)) pop_to(static_cast<std::size_t>(stack_.back().table));
      break;
    case Tag::form:
      if (form_ >= 0 && is_open(Tag::form)) return false;
      break;
    case Tag::a:
    case Tag::nobr:
      for (std::size_t i = formatting_.size(); i-- > formatting_base_;) {
        if (formatting_[i].source.tag != tag) continue;
        end_formatting(token);
        break;
      }
      break;
    default:
      if ((info.flags & tag_heading) != 0 && has(stack_.back().source.tag, tag_heading)) pop();
      break;
  }
  if ((info.flags & tag_closes_p) == 0 && tag != Tag::table) reopen_formatting();
  return true;
}

bool HtmlReader::start_table_part(const Token& token) {
  const Open& top = stack_.back();
  if (top.table < 0) return false;
  const auto table = static_cast<std::size_t>(top.table);
  const auto section = top.section > top.table ? static_cast<std::size_t>(top.section) : table;
  switch (token.tag) {
    case Tag::td:
    case Tag::th:
      if (top.row > top.table) {
        pop_to(static_cast<std::size_t>(top.row) + 1);
      } else {
        pop_to(section + 1);
        ElementSource row;
        row.tag = Tag::tr;
        row.name_hash = name_hash_step(name_hash_step(name_hash_start, 't'), 'r');
        push(row, -1);
      }
      return true;
    case Tag::tr:
      pop_to(section + 1);
      return true;
    case Tag::col:
    case Tag::colgroup:
      return false;
    default:
      pop_to(table + 1);
      return true;
  }
}

void HtmlReader::start_element(const Token& token) {
  ensure_body();
  const TagInfo& info = tag_info(token.tag);
  if (stack_.size() >= limits::html_open_elements && (info.flags & tag_void) == 0 && token.tag != Tag::br) {
    close_for_start(token);
    if (stack_.size() >= limits::html_open_elements) return too_deep(token);
  } else if (!close_for_start(token)) {
    return;
  }
  if ((info.flags & tag_void) != 0 || token.tag == Tag::br) return void_element(token);
  if (token.self_closing && foreign_depth_ != 0) return;
  std::int32_t link = -1;
  const ElementSource source = source_of(token);
  if (token.tag == Tag::a && token.has(Attr::href))
    link = add_link(HtmlLink::Kind::anchor, token.get(Attr::href), token);
  if (token.tag == Tag::form) form(token);
  if (token.tag == Tag::object || token.tag == Tag::applet) {
    result_.has_embed = true;
    if (token.has(Attr::data)) resource(HtmlLink::Kind::other, token.get(Attr::data), token);
  }
  if (token.has(Attr::background)) resource(HtmlLink::Kind::image, token.get(Attr::background), token);
  if (stack_.size() >= limits::html_open_elements) return too_deep(token);
  push(source, link);
  if (token.tag == Tag::button || token.tag == Tag::select) input(token);
  if ((info.flags & tag_formatting) != 0) add_formatting(source, link);
  skip_line_feed_ = token.tag == Tag::pre || token.tag == Tag::listing;
}

void HtmlReader::end_tag(const Token& token) {
  const Tag tag = token.tag;
  if (tag == Tag::html || tag == Tag::body || tag == Tag::head) return;
  ensure_body();
  if (too_deep_ > 0 && !has(tag, tag_void) && tag != Tag::br) return too_deep(token);
  const TagInfo& info = tag_info(tag);
  switch (tag) {
    case Tag::br:
      return line_end(stack_.back());
    case Tag::p:
      if (in_scope(Tag::p, Scope::button) == none) sink_of(stack_.back().style).block_break(2);
      return close_in_scope(Tag::p, Scope::button);
    case Tag::li:
      return close_in_scope(tag, Scope::list_item);
    case Tag::form:
      form_ = -1;
      if (const std::size_t open = in_scope(tag, Scope::plain); open != none) remove(open);
      return;
    case Tag::td:
    case Tag::th:
    case Tag::tr:
    case Tag::tbody:
    case Tag::thead:
    case Tag::tfoot:
    case Tag::table:
    case Tag::caption:
      return close_in_scope(tag, Scope::table);
    default:
      break;
  }
  if ((info.flags & tag_heading) != 0) {
    for (std::size_t i = stack_.size(); i-- > 2;) {
      if (has(stack_[i].source.tag, tag_heading)) return pop_to(i);
      if (has(stack_[i].source.tag, tag_scope)) return;
    }
    return;
  }
  if ((info.flags & tag_formatting) != 0) return end_formatting(token);
  if ((info.flags & tag_closes_p) != 0 || (info.flags & tag_scope) != 0 || tag == Tag::button) {
    if (tag == Tag::select && is_open(tag)) {
      for (std::size_t i = stack_.size(); i-- > 2;) {
        if (stack_[i].source.tag == tag) return pop_to(i);
      }
    }
    // The element itself may be a boundary (object, marquee): in_scope() looks for it first.
    return close_in_scope(tag, Scope::plain);
  }
  end_any_other(token);
}

// The adoption agency (13.2.6.4.7) as far as styles go: a block inside stays open but loses the formatting.
void HtmlReader::end_formatting(const Token& token) {
  const Tag tag = token.tag;
  for (std::size_t i = formatting_.size(); i-- > formatting_base_;) {
    if (formatting_[i].source.tag != tag) continue;
    const std::uint32_t serial = formatting_[i].serial;
    const bool open = formatting_[i].open;
    drop_formatting(i);
    if (!open) return;
    for (std::size_t at = stack_.size(); at-- > 2;) {
      if (stack_[at].formatting != serial) continue;
      bool block = false;
      for (std::size_t above = at + 1; above < stack_.size(); ++above)
        block = block || has(stack_[above].source.tag, tag_special);
      if (block)
        remove(at);
      else
        pop_to(at);
      return;
    }
    return;
  }
  if (token.kind == Token::Kind::end_tag) end_any_other(token);
}

void HtmlReader::end_any_other(const Token& token) {
  if (!is_open(token.tag)) return;
  for (std::size_t i = stack_.size(); i-- > 2;) {
    const ElementSource& open = stack_[i].source;
    if (open.tag == token.tag && open.name_hash == token.name_hash) return pop_to(i);
    if (has(open.tag, tag_special)) return;
  }
}

}  // namespace sekisho::text
