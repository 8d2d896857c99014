// The least that any reader of mail does, by GMime alone: parse from memory, walk the parts, decode every text part to
// UTF-8 with GMime's own filters. Baseline (a) of docs/speed.md; also where stages.cc gets HTML sources from.
#pragma once

#include <gmime/gmime.h>

#include <string_view>

namespace bench {

/// Calls `take(subtype, utf8)` for each text part, in order.
template <class Take>
void for_each_text(std::string_view bytes, Take take) {
  GByteArray view{reinterpret_cast<guint8*>(const_cast<char*>(bytes.data())), static_cast<guint>(bytes.size())};
  GMimeStream* in = g_mime_stream_mem_new_with_byte_array(&view);
  g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(in), FALSE);
  GMimeParser* parser = g_mime_parser_new_with_stream(in);
  GMimeMessage* message = g_mime_parser_construct_message(parser, nullptr);
  g_object_unref(parser);
  if (message != nullptr) {
    GMimePartIter* parts = g_mime_part_iter_new(GMIME_OBJECT(message));
    do {
      GMimeObject* part = g_mime_part_iter_get_current(parts);
      if (!GMIME_IS_TEXT_PART(part)) continue;
      GMimeDataWrapper* content = g_mime_part_get_content(GMIME_PART(part));
      if (content == nullptr) continue;
      GByteArray* decoded = g_byte_array_new();
      GMimeStream* memory = g_mime_stream_mem_new_with_byte_array(decoded);
      g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(memory), FALSE);
      GMimeStream* filtered = g_mime_stream_filter_new(memory);
      const char* charset = g_mime_text_part_get_charset(GMIME_TEXT_PART(part));
      if (GMimeFilter* to_utf8 = charset == nullptr ? nullptr : g_mime_filter_charset_new(charset, "utf-8")) {
        g_mime_stream_filter_add(GMIME_STREAM_FILTER(filtered), to_utf8);
        g_object_unref(to_utf8);
      }
      g_mime_data_wrapper_write_to_stream(content, filtered);
      g_mime_stream_flush(filtered);
      g_object_unref(filtered);
      g_object_unref(memory);
      const char* subtype = g_mime_content_type_get_media_subtype(g_mime_object_get_content_type(part));
      take(std::string_view(subtype == nullptr ? "" : subtype),
           std::string_view(reinterpret_cast<const char*>(decoded->data), decoded->len));
      g_byte_array_free(decoded, TRUE);
    } while (g_mime_part_iter_next(parts));
    g_mime_part_iter_free(parts);
    g_object_unref(message);
  }
  g_object_unref(in);
}

}  // namespace bench
