#include <gtest/gtest.h>

#include <functional>
#include <limits>

#include "paidan/ticket/v1/matches.pb.h"
#include "paidan/ticket/v1/sightings.pb.h"
#include "samples.hpp"

// Records of `sightings` and `matches` that nobody of ours wrote.

namespace paidan::contract {
namespace {

namespace wire = ticket::v1;

std::string why_not(const stream::OutRecord& record) {
  return samples::why_not_clusters(samples::as_input(record));
}

stream::OutRecord sample(const std::string& name) {
  std::vector<samples::Sample> all;
  samples::add_clusters(all);
  for (samples::Sample& found : all) {
    if (found.name == name) return std::move(found.record);
  }
  ADD_FAILURE() << "no sample " << name;
  return {};
}

/// The sample with its message changed.
template <class Proto>
stream::OutRecord changed(const std::string& name, const std::function<void(Proto&)>& change) {
  stream::OutRecord record = sample(name);
  Proto proto;
  EXPECT_TRUE(proto.ParseFromString(*record.value));
  change(proto);
  record.value = proto.SerializeAsString();
  return record;
}

struct BadField {
  std::string why;
  stream::OutRecord record;
};

std::vector<BadField> bad_clusters() {
  const auto sighting = [](const std::function<void(wire::Sighting&)>& edit) {
    return changed<wire::SightingRecord>(
        "sightings.caller", [&](wire::SightingRecord& proto) { edit(*proto.mutable_sighting()); });
  };
  const auto proposed = [](const std::function<void(wire::LinkProposed&)>& edit) {
    return changed<wire::MatchRecord>("matches.link_proposed", [&](wire::MatchRecord& proto) {
      edit(*proto.mutable_link_proposed());
    });
  };
  return {
      {"sighting.line: missing", sighting([](auto& proto) { proto.clear_line(); })},
      {"sighting.line: unknown value 9",
       sighting([](auto& proto) { proto.set_line(static_cast<wire::SightingLine>(9)); })},
      {"sighting.ticket_id: not a ticket id",
       sighting([](auto& proto) { proto.set_ticket_id("short"); })},
      {"sighting.fingerprint.sketch: not 32 bytes",
       sighting([](auto& proto) { proto.mutable_fingerprint()->set_sketch("short"); })},
      {"fact: missing, or of a later version",
       changed<wire::SightingRecord>("sightings.caller",
                                     [](auto& proto) { proto.clear_sighting(); })},
      {"link_proposed.master_ticket_id: not a ticket id",
       proposed([](auto& proto) { proto.set_master_ticket_id("x"); })},
      {"link_proposed.level: unknown value 0", proposed([](auto& proto) { proto.clear_level(); })},
      {"link_proposed.level: unknown value 9",
       proposed([](auto& proto) { proto.set_level(static_cast<wire::DuplicateLevel>(9)); })},
      {"link_proposed.score: not a finite number",
       proposed([](auto& proto) { proto.set_score(std::numeric_limits<double>::infinity()); })},
      {"fact: missing, or of a later version",
       changed<wire::MatchRecord>("matches.link_withdrawn",
                                  [](auto& proto) { proto.clear_link_withdrawn(); })},
  };
}

TEST(DecodeClustersTest, ABadFieldIsNamed) {
  for (const BadField& row : bad_clusters()) EXPECT_EQ(why_not(row.record), row.why);
}

TEST(DecodeClustersTest, AKeyThatIsNotTheClusterIsRefused) {
  stream::OutRecord record = sample("sightings.caller");
  record.key = "c/other";
  EXPECT_EQ(why_not(record), "key: not the cluster key that the value names");
  const auto of_the_other_line =
      changed<wire::SightingRecord>("sightings.caller", [](wire::SightingRecord& proto) {
        proto.mutable_sighting()->set_line(wire::SIGHTING_LINE_PLACE);
      });
  EXPECT_EQ(why_not(of_the_other_line), "key: not of the sighting's line");
}

}  // namespace
}  // namespace paidan::contract
