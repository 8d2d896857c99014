#include "store/index.h"

#include <sqlite3.h>
#include <sys/stat.h>

#include <cstring>
#include <system_error>

namespace sekisho::store {
namespace {

namespace fs = std::filesystem;

/// Steps that lead from one version of the tables to the next; user_version says how many were taken.
constexpr const char* migrations[] = {
    "CREATE TABLE basis(id INTEGER PRIMARY KEY CHECK(id = 1), hash INTEGER NOT NULL);"
    "CREATE TABLE sources(key INTEGER PRIMARY KEY, generation INTEGER NOT NULL, size INTEGER NOT NULL, modified "
    "INTEGER "
    "NOT NULL, end INTEGER NOT NULL, count INTEGER NOT NULL, head INTEGER NOT NULL, tail INTEGER NOT NULL);"
    "CREATE TABLE records(id INTEGER PRIMARY KEY, entries INTEGER NOT NULL, sealed BLOB NOT NULL);",
    // So that the file says whose it is ("seki").
    "PRAGMA application_id=1936026473;"};
constexpr int newest = static_cast<int>(std::size(migrations));

constexpr int wait_for_other_ms = 200;

class Statement {
 public:
  Statement(sqlite3* database, const char* sql) { sqlite3_prepare_v2(database, sql, -1, &statement_, nullptr); }
  ~Statement() { sqlite3_finalize(statement_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  void bind(int at, std::uint64_t value) { sqlite3_bind_int64(statement_, at, static_cast<sqlite3_int64>(value)); }
  void bind(int at, std::string_view bytes) {
    sqlite3_bind_blob64(statement_, at, bytes.data(), bytes.size(), SQLITE_STATIC);
  }
  int step() { return statement_ == nullptr ? SQLITE_ERROR : sqlite3_step(statement_); }
  std::uint64_t number(int column) const {
    return static_cast<std::uint64_t>(sqlite3_column_int64(statement_, column));
  }
  std::string_view bytes(int column) const {
    const void* data = sqlite3_column_blob(statement_, column);
    return data == nullptr ? std::string_view()
                           : std::string_view(static_cast<const char*>(data),
                                              static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)));
  }

 private:
  sqlite3_stmt* statement_ = nullptr;
};

std::string place_of(std::uint64_t record) { return "record " + std::to_string(record); }

}  // namespace

void Index::Close::operator()(sqlite3* database) const { sqlite3_close(database); }

Error Index::failed(std::string_view doing) const {
  const int code = sqlite3_errcode(database_.get());
  if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
    return {ErrorCode::unreadable, "the index is in use by another scan", where_, "wait until it is done",
            Said{"data.index_busy", {}}};
  if (code == SQLITE_NOTADB || code == SQLITE_CORRUPT)
    return {ErrorCode::unreadable, "the index is damaged", where_, "sekisho index drop",
            Said{"data.index_damaged", {}}};
  const std::string said = sqlite3_errmsg(database_.get());
  return {ErrorCode::unreadable, std::string(doing) + ": " + said, where_,
          "check the state folder and the room on the disk, or use --keep-nothing",
          Said{"data.index_failed", {{"said", said}}}};
}

Result<void> Index::run(const char* sql) const {
  if (sqlite3_exec(database_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK)
    return tl::unexpected(failed("the index cannot be used"));
  return {};
}

Result<Index> Index::open(const fs::path& folder, const Secret& secret, std::string_view basis) {
  const fs::path file = file_in(folder);
  sqlite3* raw = nullptr;
  const mode_t before = ::umask(077);  // the file and its -wal are nobody else's
  const int opened =
      sqlite3_open_v2(file.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOFOLLOW, nullptr);
  Index index(std::unique_ptr<sqlite3, Close>(raw), secret, file.string());
  Result<void> prepared = opened == SQLITE_OK
                              ? index.prepare(basis)
                              : Result<void>(tl::unexpected(index.failed("the index cannot be opened")));
  ::umask(before);
  if (!prepared) return tl::unexpected(prepared.error());
  return index;
}

Result<void> Index::prepare(std::string_view basis) {
  sqlite3_busy_timeout(database_.get(), wait_for_other_ms);
  // EXCLUSIVE: two scans would each miss what the other adds. WAL and NORMAL: a kill loses nothing, a power cut at most
  // the last transactions, which are then read again.
  if (auto ok = run("PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
                    "BEGIN IMMEDIATE;");
      !ok)
    return ok;
  int version = 0;
  {
    Statement read(database_.get(), "PRAGMA user_version");
    if (read.step() == SQLITE_ROW) version = static_cast<int>(read.number(0));
  }
  if (version > newest)
    return fail(ErrorCode::unreadable, Said{"data.index_newer", {}}, "the index was made by a newer program", where_,
                "use that program, or sekisho index drop");
  for (int step = version; step < newest; ++step)
    if (auto ok = run(migrations[step]); !ok) return ok;
  if (auto ok = run(("PRAGMA user_version=" + std::to_string(newest)).c_str()); !ok) return ok;
  const std::uint64_t hash = secret_.hash(basis);
  bool same = false;
  {
    Statement read(database_.get(), "SELECT hash FROM basis");
    same = read.step() == SQLITE_ROW && read.number(0) == hash;
  }
  if (!same) {
    if (auto ok = run("DELETE FROM records; DELETE FROM sources; DELETE FROM basis"); !ok) return ok;
    Statement write(database_.get(), "INSERT INTO basis VALUES(1, ?)");
    write.bind(1, hash);
    if (write.step() != SQLITE_DONE) return tl::unexpected(failed("the index cannot be written"));
  }
  Statement last(database_.get(), "SELECT coalesce(max(id), 0) FROM records");
  if (last.step() == SQLITE_ROW) records_ = last.number(0);
  return run("COMMIT");
}

Result<std::vector<Source>> Index::sources() const {
  std::vector<Source> all;
  Statement read(database_.get(), "SELECT key, generation, size, modified, end, count, head, tail FROM sources");
  int code = SQLITE_ROW;
  while ((code = read.step()) == SQLITE_ROW)
    all.push_back({read.number(0), static_cast<std::uint32_t>(read.number(1)), read.number(2),
                   static_cast<std::int64_t>(read.number(3)), read.number(4), read.number(5), read.number(6),
                   read.number(7)});
  if (code != SQLITE_DONE) return tl::unexpected(failed("the index cannot be read"));
  return all;
}

Result<void> Index::add(std::string_view record, std::uint64_t entries, const std::vector<Source>& sources) {
  if (auto ok = run("BEGIN IMMEDIATE"); !ok) return ok;
  const auto write = [&]() -> bool {
    for (const Source& source : sources) {
      Statement put(database_.get(), "INSERT OR REPLACE INTO sources VALUES(?,?,?,?,?,?,?,?)");
      put.bind(1, source.key);
      put.bind(2, source.generation);
      put.bind(3, source.size);
      put.bind(4, static_cast<std::uint64_t>(source.modified));
      put.bind(5, source.end);
      put.bind(6, source.count);
      put.bind(7, source.head);
      put.bind(8, source.tail);
      if (put.step() != SQLITE_DONE) return false;
    }
    if (entries == 0) return true;
    const std::string sealed = secret_.seal(record, place_of(records_ + 1));
    Statement put(database_.get(), "INSERT INTO records VALUES(?,?,?)");
    put.bind(1, records_ + 1);
    put.bind(2, entries);
    put.bind(3, std::string_view(sealed));
    return put.step() == SQLITE_DONE;
  };
  if (!write()) {
    const Error error = failed("the index cannot be written");
    (void)run("ROLLBACK");
    return tl::unexpected(error);
  }
  if (auto ok = run("COMMIT"); !ok) return ok;
  if (entries > 0) ++records_;
  return {};
}

Result<void> Index::each(const std::function<Result<void>(std::string_view)>& on_record) const {
  Statement read(database_.get(), "SELECT id, sealed FROM records ORDER BY id");
  int code = SQLITE_ROW;
  while ((code = read.step()) == SQLITE_ROW) {
    const auto record = secret_.open_sealed(read.bytes(1), place_of(read.number(0)));
    if (!record) return tl::unexpected(record.error());
    if (auto ok = on_record(*record); !ok) return ok;
  }
  if (code != SQLITE_DONE) return tl::unexpected(failed("the index cannot be read"));
  return {};
}

Result<IndexSize> Index::measure(const fs::path& folder) {
  IndexSize size;
  std::error_code error;
  const fs::path file = file_in(folder);
  if (!fs::exists(file, error)) return size;
  sqlite3* raw = nullptr;
  const int opened = sqlite3_open_v2(file.c_str(), &raw, SQLITE_OPEN_READONLY, nullptr);
  const std::unique_ptr<sqlite3, Close> database(raw);
  if (opened == SQLITE_OK) {
    Statement sources(raw, "SELECT count(*) FROM sources"),
        records(raw, "SELECT coalesce(sum(entries), 0) FROM records");
    if (sources.step() == SQLITE_ROW && records.step() == SQLITE_ROW) {
      size.sources = sources.number(0);
      size.records = records.number(0);
      for (const char* ending : {"", "-wal"})
        if (const auto bytes = fs::file_size(file.string() + ending, error); !error) size.bytes += bytes;
      return size;
    }
  }
  return fail(ErrorCode::unreadable, Said{"data.index_busy", {}}, "the index cannot be read", file.string(),
              "wait until a scan that is running is done, or sekisho index drop");
}

Result<void> Index::drop(const fs::path& folder) {
  // The key first: without it the rest is noise, even if we are stopped here.
  for (const fs::path& file : {key_in(folder), file_in(folder), fs::path(file_in(folder).string() + "-wal"),
                               fs::path(file_in(folder).string() + "-shm")}) {
    std::error_code error;
    fs::remove(file, error);
    if (error)
      return fail(ErrorCode::unreadable, Said{"data.kept_file", {{"said", error.message()}}},
                  "the index cannot be erased: " + error.message(), file.string(),
                  "check the state folder and that it is yours");
  }
  return {};
}

}  // namespace sekisho::store
