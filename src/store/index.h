// What a scan keeps between runs: one SQLite file with sealed records and, for each source they came from, how far it
// was read. It knows no mail: a record is bytes that the caller sealed. Every add() is one transaction, so a kill at
// any point leaves what was added before. One process at a time; one thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/secret.h"

struct sqlite3;

namespace sekisho::store {

/// One file that records were made from. Its name is not kept, only a keyed hash.
struct Source {
  std::uint64_t key = 0;
  std::uint32_t generation = 0;      ///< raised when the file was replaced: older records of it no longer count
  std::uint64_t size = 0;            ///< when it was last read to its end; 0 while it is being read
  std::int64_t modified = 0;         ///< the same, nanoseconds
  std::uint64_t end = 0;             ///< bytes read so far
  std::uint64_t count = 0;           ///< records so far
  std::uint64_t head = 0, tail = 0;  ///< keyed hashes of its beginning and of what stands before `end`
};

struct IndexSize {
  std::uint64_t sources = 0, records = 0, bytes = 0;
};

class Index {
 public:
  /// Opens or makes `folder`/index.db (folder and file for the owner only). `basis` names everything that records
  /// depend on; an index made on another basis is emptied. Error unreadable when another scan holds it or it was made
  /// by a newer program.
  static Result<Index> open(const std::filesystem::path& folder, const Secret& secret, std::string_view basis);

  Result<std::vector<Source>> sources() const;
  /// One sealed record of many entries, and the state of the sources they came from, together or not at all.
  Result<void> add(std::string_view record, std::uint64_t entries, const std::vector<Source>& sources);
  /// Every record in the order of adding.
  Result<void> each(const std::function<Result<void>(std::string_view record)>& on_record) const;

  /// What lies in `folder`; zeros when there is none.
  static Result<IndexSize> measure(const std::filesystem::path& folder);
  /// Erases index and key; what is not there is no error.
  static Result<void> drop(const std::filesystem::path& folder);

  static std::filesystem::path file_in(const std::filesystem::path& folder) { return folder / "index.db"; }
  static std::filesystem::path key_in(const std::filesystem::path& folder) { return folder / "index.key"; }

 private:
  struct Close {
    void operator()(sqlite3* database) const;
  };
  Index(std::unique_ptr<sqlite3, Close> database, const Secret& secret, std::string where)
      : database_(std::move(database)), secret_(secret), where_(std::move(where)) {}
  Result<void> prepare(std::string_view basis);
  Result<void> run(const char* sql) const;
  Error failed(std::string_view doing) const;

  std::unique_ptr<sqlite3, Close> database_;
  Secret secret_;
  std::string where_;
  std::uint64_t records_ = 0;
};

}  // namespace sekisho::store
