#include "message/file_kind.h"

#include <algorithm>
#include <array>

#include "message/ascii.h"

namespace sekisho::message {
namespace {

using namespace std::string_view_literals;

struct Magic {
  std::size_t offset;
  std::string_view bytes;
  FileKind kind;
  std::string_view what;
};

// Marks from the formats' own specifications; longer ones before shorter ones that they begin with.
constexpr Magic magics[] = {
    {0, "\x89PNG\r\n\x1a\n"sv, FileKind::image, "PNG image"},
    {0, "\xff\xd8\xff"sv, FileKind::image, "JPEG image"},
    {0, "GIF87a"sv, FileKind::image, "GIF image"},
    {0, "GIF89a"sv, FileKind::image, "GIF image"},
    {8, "WEBP"sv, FileKind::image, "WebP image"},
    {0, "II*\0"sv, FileKind::image, "TIFF image"},
    {0, "MM\0*"sv, FileKind::image, "TIFF image"},
    {4, "ftypheic"sv, FileKind::image, "HEIC image"},
    {4, "ftypmif1"sv, FileKind::image, "HEIF image"},
    {4, "ftypavif"sv, FileKind::image, "AVIF image"},
    {0, "\0\0\1\0"sv, FileKind::image, "icon"},
    {0, "8BPS"sv, FileKind::image, "Photoshop image"},
    {0, "PK\3\4"sv, FileKind::archive, "ZIP archive"},
    {0, "PK\5\6"sv, FileKind::archive, "ZIP archive"},
    {0, "PK\7\10PK\3\4"sv, FileKind::archive, "ZIP archive"},
    {0, "Rar!\x1a\7"sv, FileKind::archive, "RAR archive"},
    {0, "7z\xbc\xaf\x27\x1c"sv, FileKind::archive, "7z archive"},
    {0, "\x1f\x8b"sv, FileKind::archive, "gzip archive"},
    {0, "BZh"sv, FileKind::archive, "bzip2 archive"},
    {0,
     "\xfd"
     "7zXZ\0"sv,
     FileKind::archive, "xz archive"},
    {0, "\x28\xb5\x2f\xfd"sv, FileKind::archive, "Zstandard archive"},
    {0, "MSCF"sv, FileKind::archive, "cabinet archive"},
    {0, "\x60\xea"sv, FileKind::archive, "ARJ archive"},
    {7, "**ACE**"sv, FileKind::archive, "ACE archive"},
    {2, "-lh"sv, FileKind::archive, "LZH archive"},
    {257, "ustar"sv, FileKind::archive, "tar archive"},
    {0x8001, "CD001"sv, FileKind::disk_image, "ISO disk image"},
    {0x8001, "BEA01"sv, FileKind::disk_image, "UDF disk image"},
    {0x8801, "CD001"sv, FileKind::disk_image, "ISO disk image"},
    {0, "conectix"sv, FileKind::disk_image, "VHD disk image"},
    {0, "vhdxfile"sv, FileKind::disk_image, "VHDX disk image"},
    {0, "KDMV"sv, FileKind::disk_image, "VMDK disk image"},
    {0, "QFI\xfb"sv, FileKind::disk_image, "QCOW disk image"},
    {0x36, "FAT1"sv, FileKind::disk_image, "FAT disk image"},
    {0x52, "FAT32"sv, FileKind::disk_image, "FAT disk image"},
    {3, "NTFS    "sv, FileKind::disk_image, "NTFS disk image"},
    {0,
     "\x7f"
     "ELF"sv,
     FileKind::executable, "Linux program"},
    {0, "\xfe\xed\xfa\xce"sv, FileKind::executable, "macOS program"},
    {0, "\xfe\xed\xfa\xcf"sv, FileKind::executable, "macOS program"},
    {0, "\xce\xfa\xed\xfe"sv, FileKind::executable, "macOS program"},
    {0, "\xcf\xfa\xed\xfe"sv, FileKind::executable, "macOS program"},
    {0, "\xca\xfe\xba\xbe"sv, FileKind::executable, "macOS program or Java class"},
    {0, "dex\n"sv, FileKind::executable, "Android program"},
    {0, "\0asm"sv, FileKind::executable, "WebAssembly program"},
    {0, "L\0\0\0\1\x14\2\0"sv, FileKind::shortcut, "Windows shortcut"},
    {0, "!<arch>\ndebian"sv, FileKind::installer, "Debian package"},
    {0, "\xed\xab\xee\xdb"sv, FileKind::installer, "RPM package"},
    {0, "xar!"sv, FileKind::installer, "macOS installer"},
    {0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"sv, FileKind::office_legacy, "Office document or Outlook .msg (OLE2)"},
    {0, "\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d\xae\xb1\x53\x78\xd0\x29\x96\xd3"sv, FileKind::onenote, "OneNote section"},
    {0, "{\\rt"sv, FileKind::rtf, "RTF document"},
    {0, "\x78\x9f\x3e\x22"sv, FileKind::tnef, "TNEF (winmail.dat)"},
    {0, "bplist00"sv, FileKind::profile, "property list"},
    {0, "ID3"sv, FileKind::audio, "MP3 audio"},
    {0, "OggS"sv, FileKind::audio, "Ogg audio"},
    {0, "fLaC"sv, FileKind::audio, "FLAC audio"},
    {8, "WAVE"sv, FileKind::audio, "WAV audio"},
    {0, "#!AMR"sv, FileKind::audio, "AMR audio"},
    {4, "ftypM4A"sv, FileKind::audio, "MPEG-4 audio"},
    {8, "AVI "sv, FileKind::video, "AVI video"},
    {4, "ftyp"sv, FileKind::video, "MPEG-4 video"},
    {0, "\x1a\x45\xdf\xa3"sv, FileKind::video, "Matroska video"},
    {0, "FLV\1"sv, FileKind::video, "Flash video"},
    {0, "wOFF"sv, FileKind::font, "web font"},
    {0, "wOF2"sv, FileKind::font, "web font"},
    {0, "OTTO"sv, FileKind::font, "OpenType font"},
    {0, "\0\1\0\0\0"sv, FileKind::font, "TrueType font"},
    {0, "ttcf"sv, FileKind::font, "TrueType collection"},
    {0, "BM"sv, FileKind::image, "BMP image"},
};

// Windows, macOS and Unix run these on a double click although they are text.
constexpr std::array script_extensions = {"js"sv,  "jse"sv,  "vbs"sv,         "vbe"sv,  "wsf"sv,  "wsh"sv,
                                          "ps1"sv, "psm1"sv, "bat"sv,         "cmd"sv,  "hta"sv,  "sct"sv,
                                          "sh"sv,  "py"sv,   "command"sv,     "scpt"sv, "jnlp"sv, "reg"sv,
                                          "inf"sv, "chm"sv,  "applescript"sv, "xll"sv,  "pif"sv,  "msh"sv};
constexpr std::array shortcut_extensions = {"lnk"sv,     "url"sv,        "website"sv,   "webloc"sv,
                                            "desktop"sv, "library-ms"sv, "search-ms"sv, "settingcontent-ms"sv,
                                            "scf"sv};

template <std::size_t N>
bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

constexpr std::string_view ole2 = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"sv;

std::string utf16(std::string_view ascii) {
  std::string out;
  for (const char c : ascii) {
    out += c;
    out += '\0';
  }
  return out;
}

bool looks_like_text(std::string_view head) {
  if (head.starts_with("\xff\xfe") || head.starts_with("\xfe\xff")) return true;
  // ESC belongs to ISO-2022-JP; the other controls appear in no text.
  return std::none_of(head.begin(), head.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 32 && !is_white(c) && c != '\x1b' && c != '\f' && c != '\x0e' && c != '\x0f';
  });
}

/// `text` with its first tags, after a BOM, white space and comments.
std::string_view skip_to_markup(std::string_view text) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  text = trim(text);
  while (text.starts_with("<!--")) {
    const std::size_t end = text.find("-->");
    if (end == std::string_view::npos) return {};
    text = trim(text.substr(end + 3));
  }
  return text;
}

Sniffed sniff_text(std::string_view head, std::string_view name) {
  const std::string extension = extension_of(name);
  if (is_one_of(extension, shortcut_extensions)) return {FileKind::shortcut, "shortcut"};
  if (is_one_of(extension, script_extensions)) return {FileKind::script, "script"};
  const std::string_view text = skip_to_markup(head);
  if (text.starts_with("#!")) return {FileKind::script, "script"};
  if (begins_with_word(text, "[internetshortcut]") || text.starts_with("[Desktop Entry]"))
    return {FileKind::shortcut, "shortcut"};
  if (begins_with_word(text, "begin:vcalendar")) return {FileKind::calendar, "calendar"};
  if (text.starts_with("-----BEGIN ")) return {FileKind::key, "key or signature"};
  if (text.starts_with('<')) {
    const std::string_view start = text.substr(0, 4096);
    if (begins_with_word(text, "<svg") ||
        (begins_with_word(text, "<?xml") && find_word(start, "<svg") != std::string_view::npos))
      return {FileKind::svg, "SVG image"};
    if (find_word(start, "<plist") != std::string_view::npos) return {FileKind::profile, "property list"};
    for (const std::string_view tag :
         {"<!doctype html", "<html", "<head", "<body", "<script", "<table", "<div", "<meta", "<title", "<style",
          "<form", "<iframe", "<p>", "<a ", "<center", "<img", "<h1", "<br"})
      if (begins_with_word(text, tag)) return {FileKind::html, "HTML page"};
    if (begins_with_word(text, "<?xml") && find_word(start, "<html") != std::string_view::npos)
      return {FileKind::html, "HTML page"};
  }
  if (extension == "html" || extension == "htm" || extension == "shtml" || extension == "xhtml" || extension == "mht" ||
      extension == "mhtml")
    return {FileKind::html, "HTML page"};
  if (extension == "svg") return {FileKind::svg, "SVG image"};
  if (extension == "ics") return {FileKind::calendar, "calendar"};
  if (extension == "eml") return {FileKind::message, "mail message"};
  if (extension == "mobileconfig") return {FileKind::profile, "device settings"};
  return {FileKind::text, "text"};
}

}  // namespace

std::string extension_of(std::string_view name) {
  while (!name.empty() && (name.back() == '.' || name.back() == ' ')) name.remove_suffix(1);
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos) return {};
  const std::string_view extension = name.substr(dot + 1);
  if (extension.size() > 20 || extension.find('/') != std::string_view::npos) return {};
  return lower(extension);
}

Sniffed sniff(std::string_view head, std::string_view name) {
  if (head.empty()) return {};
  if (head.starts_with("MZ") || head.starts_with("ZM")) {
    // A text may begin with these two letters; a program has a DOS header with binary in it.
    if (!looks_like_text(head.substr(0, 512)) ||
        is_one_of(extension_of(name), std::array{"exe"sv, "dll"sv, "scr"sv, "com"sv}))
      return {FileKind::executable, "Windows program"};
  }
  if (head.substr(0, 1024).find("%PDF-") != std::string_view::npos) return {FileKind::pdf, "PDF document"};
  for (const Magic& magic : magics) {
    if (head.size() < magic.offset + magic.bytes.size() || head.substr(magic.offset, magic.bytes.size()) != magic.bytes)
      continue;
    // "BM", "BZh" and the like also begin texts; a mark with binary in it does not.
    const bool short_mark = magic.bytes.size() <= 3 && std::all_of(magic.bytes.begin(), magic.bytes.end(),
                                                                   [](char c) { return c >= ' ' && c <= '~'; });
    if (short_mark && looks_like_text(head.substr(0, 512))) continue;
    return {magic.kind, magic.what};
  }
  if (looks_like_text(head)) return sniff_text(head, name);
  const std::string extension = extension_of(name);
  if (extension == "mobileconfig") return {FileKind::profile, "device settings"};  // signed: DER around the plist
  if (extension == "p7s" || extension == "p7m" || extension == "p12" || extension == "pfx" || extension == "cer" ||
      extension == "crt" || extension == "asc" || extension == "gpg" || extension == "pgp")
    return {FileKind::key, "key or signature"};
  if (extension == "vbe" || extension == "jse" || extension == "chm") return {FileKind::script, "script"};
  if (extension == "mp3") return {FileKind::audio, "MP3 audio"};
  if (extension == "img") return {FileKind::disk_image, "disk image"};
  return {};
}

Compound read_compound(std::string_view bytes) {
  Compound out;
  if (!bytes.starts_with(ole2)) return out;
  const auto holds = [&](std::string_view what) { return bytes.find(what) != std::string_view::npos; };
  // The root storage's class id {000C1084-0000-0000-C000-000000000046} is Windows Installer's.
  if (holds("\x84\x10\x0c\0\0\0\0\0\xc0\0\0\0\0\0\0\x46"sv))
    out.kind = FileKind::installer;
  else if (holds(utf16("__substg1.0_")))
    out.kind = FileKind::message;
  else if (holds(utf16("_VBA_PROJECT")) || holds(utf16("VBA").append("\0\0"sv)))
    out.kind = FileKind::office_macro;
  else if (holds(utf16("EncryptedPackage")))
    out = {FileKind::office, true};
  return out;
}

bool is_encrypted_pdf(std::string_view bytes) {
  for (std::size_t at = bytes.find("/Encrypt"); at != std::string_view::npos; at = bytes.find("/Encrypt", at + 8)) {
    const std::size_t after = at + 8;
    if (after >= bytes.size() || !is_letter(bytes[after])) return true;  // not /EncryptMetadata
  }
  return false;
}

std::string_view name(FileKind kind) {
  switch (kind) {
    case FileKind::unknown:
      return "unknown";
    case FileKind::text:
      return "text";
    case FileKind::html:
      return "html";
    case FileKind::svg:
      return "svg";
    case FileKind::image:
      return "image";
    case FileKind::pdf:
      return "pdf";
    case FileKind::office:
      return "office";
    case FileKind::office_macro:
      return "office_macro";
    case FileKind::office_legacy:
      return "office_legacy";
    case FileKind::rtf:
      return "rtf";
    case FileKind::archive:
      return "archive";
    case FileKind::disk_image:
      return "disk_image";
    case FileKind::executable:
      return "executable";
    case FileKind::script:
      return "script";
    case FileKind::shortcut:
      return "shortcut";
    case FileKind::installer:
      return "installer";
    case FileKind::calendar:
      return "calendar";
    case FileKind::message:
      return "message";
    case FileKind::audio:
      return "audio";
    case FileKind::video:
      return "video";
    case FileKind::font:
      return "font";
    case FileKind::key:
      return "key";
    case FileKind::tnef:
      return "tnef";
    case FileKind::onenote:
      return "onenote";
    case FileKind::profile:
      return "profile";
  }
  return "unknown";
}

}  // namespace sekisho::message
