// Every budget that a sender could otherwise spend for us, in one place (STYLE.md 12). Each constant says which attack
// it stops; tests/<layer>/ tries each at its value, one below and one above. Running out is recorded (a defect or a
// flag in the value that the stage returns), never a crash and never silence.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace sekisho::limits {

/// One message. Larger input is refused before it is read: a 2 GB "mail" would otherwise sit in memory.
inline constexpr std::size_t message_bytes = 64 * 1024 * 1024;
/// Header lines kept of one message: ten thousand X- headers would cost more than the mail.
inline constexpr std::size_t header_count = 2'000;
/// Bytes of one unfolded header value; the rest is cut: a 10 MB Subject is an attack on whoever prints it.
inline constexpr std::size_t header_bytes = 64 * 1024;
/// Bytes of all header lines of one message together that are decoded: a thousand headers of 64 kB are a whole mail.
inline constexpr std::size_t header_block_bytes = 4 * 1024 * 1024;
/// Bytes searched for boundaries, all levels together: each level of nesting searches what is inside it again.
inline constexpr std::size_t boundary_search_bytes = 256 * 1024 * 1024;
/// MIME entities in one message: zip-bomb-like trees of thousands of tiny parts.
inline constexpr std::size_t mime_parts = 500;
/// Nesting of multipart and message/rfc822: stack depth is not the sender's to choose.
inline constexpr std::size_t mime_depth = 30;
/// Decoded text of one message that is read for meaning (all text parts together); what is beyond is skipped.
inline constexpr std::size_t text_bytes = 1024 * 1024;
/// Decoded bytes of one attachment that are looked at to find its true kind and, for archives, its entries.
inline constexpr std::size_t attachment_bytes = 16 * 1024 * 1024;
/// Entries listed of one archive attachment.
inline constexpr std::size_t archive_entries = 1'000;
/// Archives inside archives that are opened.
inline constexpr std::size_t archive_depth = 3;
/// Decoded size over encoded size of an archive beyond which it is called a bomb and not opened further.
inline constexpr std::size_t archive_ratio = 200;
/// Unpacked size below which the ratio says nothing: a short list of equal lines also packs to a hundredth.
inline constexpr std::size_t archive_small = 1024 * 1024;
/// Decompressed bytes of all archives of one message together: 500 attachments, each just below the ratio.
inline constexpr std::size_t unpacked_bytes = 64 * 1024 * 1024;
/// Decoded HTML source of one message that is read, all parts together: 60 MB of tags around one line of text.
inline constexpr std::size_t html_bytes = 4 * 1024 * 1024;
/// Links kept of one message.
inline constexpr std::size_t links = 500;
/// Bytes of one URL that are parsed: megabyte-long data: and tracking URLs.
inline constexpr std::size_t url_bytes = 16 * 1024;
/// Bytes of one non-ASCII or punycode host that are converted: punycode costs the square of a label's length, and DNS
/// carries 255 bytes at most.
inline constexpr std::size_t host_bytes = 2 * 1024;
/// Edits counted between two names: the work is the names' length times this.
inline constexpr std::size_t edit_distance = 8;
/// How many redirect or wrapper layers are unwrapped from one URL: wrappers can be nested without end.
inline constexpr std::size_t url_unwrap_depth = 5;
/// Open HTML elements tracked; deeper ones inherit the deepest tracked style: 100,000 nested tags.
inline constexpr std::size_t html_open_elements = 256;
/// CSS rules of <style> that are kept, and selectors looked at for one element.
inline constexpr std::size_t css_rules = 2'000;
/// Bytes of all <style> text of one part that are read.
inline constexpr std::size_t css_bytes = 256 * 1024;
/// Steps of matching selectors of more than one name, over one part: 2,000 `a b c` rules against 50,000 elements.
inline constexpr std::size_t css_match_steps = 1'000'000;
/// Formatting elements (<b>, <font> …) that are reopened after a block ended them early: each <p> would reopen
/// thousands.
inline constexpr std::size_t html_formatting_elements = 32;
/// How often formatting elements are reopened, or elements computed again after misnested end tags, in one part.
inline constexpr std::size_t html_reopened = 5'000;
/// Classes of one element that are matched with selectors.
inline constexpr std::size_t html_classes = 32;
/// Images, forms, fields of one form, and runs of hidden text kept of one HTML part.
inline constexpr std::size_t html_images = 500;
inline constexpr std::size_t html_forms = 50;
inline constexpr std::size_t html_form_inputs = 100;
inline constexpr std::size_t html_hidden_runs = 2'000;
/// Bytes kept of one name, title or alternative text in HTML.
inline constexpr std::size_t html_value_bytes = 4 * 1024;
/// Attributes of one tag that are read.
inline constexpr std::size_t html_attributes = 64;
/// Encoded-words of one header that are decoded.
inline constexpr std::size_t encoded_words = 2'000;
/// Received headers walked.
inline constexpr std::size_t received_hops = 100;
/// Addresses kept of one header.
inline constexpr std::size_t addresses = 1'000;
/// Facts of one kind kept of one message.
inline constexpr std::size_t facts_of_a_kind = 100;
/// Bytes of one passage between quotation marks (facts/passages.h): a mark that opens and never closes would take the
/// whole mail out of what its sender says.
inline constexpr std::size_t reported_speech_bytes = 1'500;
/// Quotation marks tried of one text: a text of nothing but opening marks would be searched once for each.
inline constexpr std::size_t quotations_tried = 2'000;
/// Pattern hits kept of one message.
inline constexpr std::size_t pattern_hits = 5'000;
/// Hits of one pattern kept: one phrase repeated ten thousand times must not push the telling one out of the list.
inline constexpr std::size_t pattern_hits_of_one = 100;
/// Tricks of writing (text/fold.h) whose place is kept of one text; all are counted.
inline constexpr std::size_t fold_tricks = 16;
/// Characters looked at on each side of a suspicious one to find its word: a "word" of a million letters.
inline constexpr std::size_t word_characters = 40;
/// Bytes from which the charset of unlabelled text is guessed; a guess needs no more, and scoring costs more than
/// decoding.
inline constexpr std::size_t charset_guess_bytes = 64 * 1024;
/// Bytes of the settings file: a path given by mistake may be a mailbox.
inline constexpr std::size_t settings_bytes = 64 * 1024;
/// Bytes of a kept automaton that are read back: what stands under its name in the state folder may be anything.
inline constexpr std::size_t automaton_bytes = 256 * 1024 * 1024;
/// Automata kept in the state folder: each edit of a site's phrases makes another of several megabytes.
inline constexpr std::size_t automata_kept = 4;
/// Different web sites remembered of one message: a page of links is not 500 ties to other mail.
inline constexpr std::size_t landings_of_a_message = 6;
/// Mails that are told apart in one pasted text: a text of nothing but "From:" lines is not a thousand mails.
inline constexpr std::size_t pasted_mails = 1'000;
/// Bytes of a profile file.
inline constexpr std::size_t profile_bytes = 256 * 1024;
/// Bytes of a sealed file that are read back: what stands under its name in the state folder may be anything.
inline constexpr std::size_t sealed_file_bytes = 512 * 1024;
/// Items of each kind in a profile, and bytes of one: a profile given by mistake may be a mailbox.
inline constexpr std::size_t profile_items = 500;
inline constexpr std::size_t profile_item_bytes = 1'000;
/// Folded bytes of one text that are searched for items of the owner: each item walks the text once.
inline constexpr std::size_t exposure_bytes = 64 * 1024;
/// Names, addresses and numbers of one message that are remembered (hashed) as possibly the owner's.
inline constexpr std::size_t guesses_of_a_message = 8;
/// Unpacked bytes and entries of one packed mailbox: a gzip of zeros is a thousand times its size.
inline constexpr std::uint64_t unpacked_mailbox_bytes = std::uint64_t{64} << 30;
inline constexpr std::size_t packed_mailbox_entries = 2'000'000;
/// Bytes at the beginning and before the end of what was read of a file, by which a grown file is told from another
/// one.
inline constexpr std::size_t source_probe_bytes = 2 * 1024;
/// Messages and bytes that a worker of a scan takes at once, and batches that wait for it: a mailbox of huge messages
/// must not pile up in memory.
inline constexpr std::size_t batch_messages = 64;
inline constexpr std::size_t batch_bytes = 4 * 1024 * 1024;
inline constexpr std::size_t waiting_batches_per_worker = 4;
/// Messages (and their bytes) that are read but not yet printed, for each worker: a slow first message must not let a
/// whole mailbox pile up behind it. One message larger than the bytes may always stand alone.
inline constexpr std::size_t waiting_messages_per_worker = 16;
inline constexpr std::size_t waiting_bytes = 128 * 1024 * 1024;
/// Options of one knot of overlapping entries that are searched exhaustively; a larger knot is chosen greedily with a
/// proven bound: a mailbox whose senders overlap in every way must not cost exponential time.
inline constexpr std::size_t cover_options = 64;
/// Places visited by all searches of one question together; what is left is chosen greedily.
inline constexpr std::size_t cover_steps = 200'000;
/// Entries of one proposed or read list: no place takes more, and a list of a million lines is no list kept by hand.
inline constexpr std::size_t rule_entries = 5'000;
/// Allow entries that go with rules on content, at most: a mailbox of a million strangers must not crowd out the list.
inline constexpr std::size_t rule_spared = 1'000;
/// Bytes of one rules file that is read, and of one value in it: a path given by mistake may be a mailbox.
inline constexpr std::size_t rule_list_bytes = 2 * 1024 * 1024;
inline constexpr std::size_t rule_value_bytes = 320;
/// Days at whose start the rules are made anew for the replay: each costs one mining run.
inline constexpr std::size_t replay_days = 30;
/// Messages times days of one replay: in a mailbox of a million fewer days are tried, but never fewer than four.
inline constexpr std::size_t replay_messages = 8'000'000;
inline constexpr std::size_t replay_days_least = 4;
/// Labels of one host below its registrable domain that are looked at, besides the whole host: "a.a.a…" of 127 labels.
inline constexpr std::size_t host_labels = 8;
/// Time for one message, looked at between stages, parts, archive entries and observers: what every other budget still
/// lets through may be slow on some machine. A message over it gets what was found so far, marked "partly".
inline constexpr std::chrono::milliseconds examine_time{2'000};
/// The share of it that reading may take: an attachment made to be slow must not leave the text above it unjudged.
inline constexpr std::chrono::milliseconds read_time{1'500};

/// Bytes of a file of answers, of a judged message's JSON, of a telling in a person's own words: a path given by
/// mistake may be a mailbox.
inline constexpr std::size_t answers_bytes = 1024 * 1024;
/// Names in one list of answers.
inline constexpr std::size_t answer_ids = 100;
/// Bytes of a telling that are read for meaning: each is compared with every cue.
inline constexpr std::size_t telling_bytes = 16 * 1024;
/// Places of one cue's word in a telling that are asked whether they are denied: a thousand verbs before one negation
/// would each be read up to it.
inline constexpr std::size_t telling_places = 64;
/// Bytes of one line typed in the interview or noted in the log.
inline constexpr std::size_t interview_bytes = 2 * 1024;

/// Bytes of one `sekisho.paper/1` document: sekisho-pdf reads it whole into memory that it may not exceed.
inline constexpr std::size_t paper_bytes = 24 * 1024 * 1024;
/// Blocks of one document, and bytes of all its text together: each becomes lines and pages.
inline constexpr std::size_t paper_blocks = 5'000;
inline constexpr std::size_t paper_text_bytes = 4 * 1024 * 1024;
/// Bytes of one text: a paragraph of a megabyte says nothing to anybody on paper, but must still be set.
inline constexpr std::size_t paper_one_text_bytes = 1024 * 1024;
/// Bytes of one cell, list item, value or entry: those stand beside others, so all their lines are held at once.
inline constexpr std::size_t paper_cell_bytes = 32 * 1024;
/// Rows, entries, items or pairs of one block; columns of a table.
inline constexpr std::size_t paper_rows = 5'000;
inline constexpr std::size_t paper_columns = 8;
/// Days and dots of one chart: each dot is drawn.
inline constexpr std::size_t paper_chart_days = 400;
inline constexpr std::size_t paper_chart_dots = 20'000;
inline constexpr std::size_t paper_chart_marks = 20;
/// Bytes of a heading, a table's head, the line at the top or bottom of each page, a chart's label.
inline constexpr std::size_t paper_label_bytes = 1'000;
/// Pictures of one document, bytes and pixels of one: a PNG of a few kilobytes can claim to be 30,000 pixels square.
inline constexpr std::size_t paper_pictures = 40;
inline constexpr std::size_t paper_picture_bytes = 4 * 1024 * 1024;
inline constexpr std::size_t paper_picture_pixels = 6'000'000;
/// Pages of one document: lines of one letter each would make tens of thousands.
inline constexpr std::size_t paper_pages = 1'500;
/// Bytes of text that are laid out at once; a longer paragraph is set in pieces, because breaking lines costs more than
/// linear time in the length of the paragraph.
inline constexpr std::size_t paper_piece_bytes = 6'000;
/// Bytes of the head of a case and of one value in its log: both come from a folder that anybody may have written to.
inline constexpr std::size_t case_head_bytes = 4 * 1024;
inline constexpr std::size_t case_value_bytes = 8 * 1024;
/// Bytes of a case's log and entries in it: it is read and written as a whole; a person writes a few hundred lines.
inline constexpr std::size_t case_log_bytes = 64 * 1024 * 1024;
inline constexpr std::size_t case_entries = 100'000;
/// Memory and passes that the head of a case may ask for to derive its key: a forged head must not ask for terabytes.
inline constexpr std::size_t case_kdf_memory = std::size_t{1} << 30U;
inline constexpr std::size_t case_kdf_passes = 20;
/// Bytes of a passphrase: a path given by mistake may be a mailbox.
inline constexpr std::size_t passphrase_bytes = 1024;
/// Bytes of a time stamp's request or reply, and of the certificates it is checked with.
inline constexpr std::size_t stamp_bytes = 256 * 1024;
inline constexpr std::size_t certificate_bytes = 4 * 1024 * 1024;
/// Bytes of a file name in an export: longer ones cannot be made on common file systems.
inline constexpr std::size_t export_name_bytes = 120;
/// Bytes of a PDF, and of what the program that makes it says beside: it is another program, and hostile once it fell.
inline constexpr std::size_t pdf_bytes = 64 * 1024 * 1024;
inline constexpr std::size_t pdf_complaint_bytes = 16 * 1024;

/// `sekisho serve`. Bytes of a request's target, and of all its header lines: a hundred megabytes of headers are refused
/// as soon as these are passed.
inline constexpr std::size_t http_target_bytes = 8 * 1024;
inline constexpr std::size_t http_header_bytes = 32 * 1024;
/// Bytes of the body of a request that is no message (a message: message_bytes), and of one that hands in the code.
inline constexpr std::size_t http_form_bytes = 4 * 1024;
/// Bytes of all bodies held at once: sixty slow senders of large mails must not fill the memory.
inline constexpr std::size_t http_bodies_bytes = 256 * 1024 * 1024;
/// Bytes of one answer with many reports, messages judged for one request, and the time they may take together: a zip of
/// a million mails is work for `sekisho check`.
inline constexpr std::size_t http_answer_bytes = 64 * 1024 * 1024;
inline constexpr std::size_t http_messages = 1'000;
inline constexpr std::chrono::milliseconds http_judging_time{20'000};
/// Unpacked bytes of one packed upload: a gzip of zeros is a thousand times its size.
inline constexpr std::uint64_t http_unpacked_bytes = std::uint64_t{256} << 20;
/// Bytes and words of a search in the gallery: every word is looked for in every example.
inline constexpr std::size_t http_search_bytes = 300;
/// Bytes of a file's name that are repeated in the answer.
inline constexpr std::size_t http_file_name_bytes = 255;
/// Connections held at once, in all and from one address that is not this machine's: half-open ones cost memory. Beyond
/// them a few are told so (503, 429); the rest is closed unheard.
inline constexpr std::size_t http_connections = 512;
inline constexpr std::size_t http_connections_of_one = 64;
inline constexpr std::size_t http_refusals = 64;
/// Requests that wait for a worker: what would wait longer is told to come back.
inline constexpr std::size_t http_waiting = 128;
/// Times for a TLS greeting, for the whole header of a request, for its whole body, for taking the answer, and between two
/// requests: a sender of one byte a second holds a place for no longer.
inline constexpr std::chrono::milliseconds http_greeting_time{10'000};
inline constexpr std::chrono::milliseconds http_header_time{10'000};
inline constexpr std::chrono::milliseconds http_body_time{60'000};
inline constexpr std::chrono::milliseconds http_write_time{60'000};
inline constexpr std::chrono::milliseconds http_idle_time{30'000};
/// How long, and how many bytes, a connection is still read after a refusal, so that its sender sees the answer.
inline constexpr std::chrono::milliseconds http_linger_time{2'000};
inline constexpr std::size_t http_linger_bytes = 256 * 1024;
/// How long a stop waits for requests under way.
inline constexpr std::chrono::milliseconds http_stop_time{30'000};
/// Wrong access codes of one address a minute, and addresses remembered for it: guessing and spraying.
inline constexpr unsigned wrong_codes_a_minute = 10;
inline constexpr std::size_t wrong_code_addresses = 4'096;
/// Shortest access code of a file: the network may guess.
inline constexpr std::size_t access_code_bytes_least = 10;

}  // namespace sekisho::limits
