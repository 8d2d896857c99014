// GMime reads the same well-formed mails: the leaves, their types and their decoded bytes must agree.
#include <gmime/gmime.h>
#include <gtest/gtest.h>

#include <memory>
#include <random>

#include "message/mime.h"

namespace sekisho::message {
namespace {

struct Leaf {
  std::string type, bytes;
  friend bool operator==(const Leaf&, const Leaf&) = default;
};
void PrintTo(const Leaf& leaf, std::ostream* out) { *out << leaf.type << " [" << leaf.bytes << "]"; }

std::vector<Leaf> our_leaves(const std::string& mail) {
  Message message;
  const MimeTree tree = read_mime(mail, message);
  std::vector<Leaf> leaves;
  for (const MimeNode& node : tree.nodes)
    if (node.kind == MimeNode::Kind::leaf && node.type.value != "message/rfc822") {
      const Content content = decode_transfer(node.body, node.encoding, 1 << 20, message);
      leaves.push_back({node.type.value, std::string(content.view())});
    }
  return leaves;
}

void collect(GMimeObject*, GMimeObject* part, gpointer data) {
  auto& leaves = *static_cast<std::vector<Leaf>*>(data);
  if (GMIME_IS_MESSAGE_PART(part)) {
    g_mime_message_foreach(g_mime_message_part_get_message(GMIME_MESSAGE_PART(part)), collect, data);
    return;
  }
  if (!GMIME_IS_PART(part)) return;
  GMimeStream* out = g_mime_stream_mem_new();
  if (GMimeDataWrapper* content = g_mime_part_get_content(GMIME_PART(part)))
    g_mime_data_wrapper_write_to_stream(content, out);
  const GByteArray* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(out));
  gchar* type = g_mime_content_type_get_mime_type(g_mime_object_get_content_type(part));
  leaves.push_back({type, std::string(reinterpret_cast<const char*>(bytes->data), bytes->len)});
  g_free(type);
  g_object_unref(out);
}

std::vector<Leaf> gmime_leaves(const std::string& mail) {
  g_mime_init();
  std::vector<Leaf> leaves;
  GMimeStream* stream = g_mime_stream_mem_new_with_buffer(mail.data(), mail.size());
  GMimeParser* parser = g_mime_parser_new_with_stream(stream);
  GMimeMessage* message = g_mime_parser_construct_message(parser, nullptr);
  g_mime_message_foreach(message, collect, &leaves);
  g_object_unref(message);
  g_object_unref(parser);
  g_object_unref(stream);
  return leaves;
}

/// A well-formed tree of entities; the same seed gives the same mail.
class Writer {
 public:
  explicit Writer(unsigned seed) : random_(seed) {}
  std::string mail() { return "From: a@sender.example\nSubject: x\nMIME-Version: 1.0\n" + entity(0); }

 private:
  unsigned pick(unsigned below) { return random_() % below; }

  std::string entity(int depth) {
    switch (depth > 4 ? 3 + pick(3) : pick(6)) {
      case 0:
        return multipart("mixed", depth);
      case 1:
        return multipart("alternative", depth);
      case 2:
        return "Content-Type: message/rfc822\n\nSubject: inner\n" + entity(depth + 1);
      case 3:
        return "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\naGVsbG8gd29y\nbGQh\n";
      case 4:
        return "Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\na=3Db =E3=81=82=\n soft\nend\n";
      default:
        return "Content-Type: text/x-note; name=\"n\"\n\n-- \nfirst\n--not a boundary\n\nlast\n";
    }
  }
  std::string multipart(const std::string& kind, int depth) {
    const std::string boundary = "b" + std::to_string(next_++);
    std::string out = "Content-Type: multipart/" + kind + ";\n boundary=\"" + boundary + "\"\n\npreamble\n";
    for (unsigned i = 0, parts = 1 + pick(3); i < parts; ++i) out += "--" + boundary + "\n" + entity(depth + 1) + "\n";
    return out + "--" + boundary + "--\nepilogue\n";
  }
  std::mt19937 random_;
  int next_ = 0;
};

TEST(MimeOracle, WellFormedMailsHaveTheSameLeaves) {
  std::size_t leaves = 0;
  for (unsigned seed = 0; seed < 500; ++seed) {
    const std::string mail = Writer(seed).mail();
    const auto ours = our_leaves(mail);
    ASSERT_EQ(ours, gmime_leaves(mail)) << mail;
    leaves += ours.size();
  }
  EXPECT_GT(leaves, 1000u);
}

}  // namespace
}  // namespace sekisho::message
