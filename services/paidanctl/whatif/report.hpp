#pragma once
#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>

#include "paidan/base/result.hpp"
#include "paidan/domain/pack.hpp"
#include "paidanctl/trouble.hpp"
#include "paidanctl/whatif/rerun.hpp"

/// What `paidanctl whatif` says: for people, and for programs (docs/what-if.md has the schema).
namespace paidan::ctl {

/// Of the whole run.
struct RerunReport {
  std::string from;  ///< YYYY-MM-DD
  std::string to;
  whatif::Summary summary;
  std::optional<Instant> horizon;    ///< The earliest of the partitions'; nothing: end of `to`.
  std::uint64_t other_versions = 0;  ///< Tickets decided by a pack that is not at hand.
};

/// Counts and the units most touched, in Chinese and English.
std::string to_table(const domain::CityPack& pack, const RerunReport& report);
/// One ticket: each difference with its reason.
std::string to_text(const domain::CityPack& pack, const ChangedTicket& ticket);

/// Writes `{"tickets": […], "summary": {…}}`, a ticket at a time.
class JsonReport {
 public:
  static Result<std::unique_ptr<JsonReport>, Trouble> open(const std::string& path);
  JsonReport(const JsonReport&) = delete;
  JsonReport& operator=(const JsonReport&) = delete;
  ~JsonReport();

  void add(const domain::CityPack& pack, const ChangedTicket& ticket);
  Result<Unit, Trouble> finish(const domain::CityPack& pack, const RerunReport& report);

 private:
  JsonReport(std::string path, std::FILE* file) : path_(std::move(path)), file_(file) {}

  std::string path_;
  std::FILE* file_;
  bool first_ = true;
};

}  // namespace paidan::ctl
