#include <algorithm>

#include "paidan/domain/ticket_id.hpp"
#include "samples.hpp"

namespace paidan::contract::samples {

namespace {

const std::string& earlier_ticket_id() {
  static const std::string id = domain::make_ticket_id({0xE1, 0xF0, 3, 4, 5, 6, 7, 8, 9, 10}).get();
  return id;
}

/// Made by hand: what a fingerprint is computed by has tests of its own.
domain::Fingerprint print() {
  domain::Fingerprint print;
  print.whole = 0x0123456789ABCDEF;
  for (std::size_t lane = 0; lane < print.sketch.size(); ++lane) {
    print.sketch[lane] = static_cast<std::uint16_t>(0x0100 * lane + 0xFE);
  }
  return print;
}

domain::Sighting sighting(domain::SightingLine line) {
  return {.line = line,
          .ticket_id = ticket_id(),
          .channel = domain::ChannelId{"hotline"},
          .category = domain::CategoryId{"municipal/street_light"},
          .demand_kind = "help",
          .area = domain::AreaId{"310101002"},
          .fingerprint = print(),
          .happened_at = at(5)};
}

domain::SeenTicket seen() {
  domain::SeenTicket out;
  std::copy_n(earlier_ticket_id().begin(), out.ticket_id.size(), out.ticket_id.begin());
  out.happened_at = at(1);
  out.fingerprint = print();
  out.category = {1, 2, 3, 4};
  out.area = 5;
  out.channel = 6;
  return out;
}

}  // namespace

void add_clusters(std::vector<Sample>& out) {
  domain::Submitted by_caller = submitted();
  by_caller.caller_key = "00112233445566778899";
  out.push_back(
      {"submissions.submitted_caller", encode_submission(ticket_id(), by_caller, stamp())});

  const auto add_sighting = [&](const char* name, const std::string& key,
                                const domain::Sighting& seen_there) {
    out.push_back({std::string("sightings.") + name,
                   encode_sighting({key, seen_there}, stamp(), partition_count)});
  };
  add_sighting("caller", domain::caller_cluster(by_caller.caller_key),
               sighting(domain::SightingLine::caller));
  const domain::Sighting by_place = sighting(domain::SightingLine::place);
  add_sighting("place", domain::place_cluster(by_place.area, by_place.category), by_place);

  const auto add_match = [&](const char* name, domain::MatchBody body) {
    out.push_back({std::string("matches.") + name,
                   encode_match({ticket_id(), std::move(body), at(5)}, stamp(), partition_count)});
  };
  add_match("link_proposed",
            domain::LinkProposed{.master_ticket_id = earlier_ticket_id(),
                                 .level = 2,
                                 .automatic = true,
                                 .score = 0.75,
                                 .evidence = {"同一来电人、同一诉求", "the same caller"}});
  add_match("link_withdrawn", domain::LinkWithdrawn{earlier_ticket_id(), "earlier_ticket"});

  domain::SeenTicket duplicate = seen();
  std::copy_n(ticket_id().begin(), duplicate.ticket_id.size(), duplicate.ticket_id.begin());
  duplicate.master = seen().ticket_id;
  duplicate.level = 2;
  duplicate.happened_at = at(5);
  out.push_back(
      {"clusters.state.caller", encode_clusters_state(domain::caller_cluster(by_caller.caller_key),
                                                      partition(), {{seen(), duplicate}})});
}

std::string why_not_clusters(const stream::InRecord& record) {
  const auto why = [](const auto& result) { return result ? std::string() : result.error().why; };
  return record.topic == topic::sightings ? why(decode_sighting(record, partition_count))
                                          : why(decode_match(record, partition_count));
}

stream::OutRecord clusters_again(const stream::InRecord& record) {
  if (record.topic == topic::clusters_state) {
    return encode_clusters_state(record.key, record.partition, *decode_clusters_state(record));
  }
  if (record.topic == topic::sightings) {
    const auto decoded = decode_sighting(record, partition_count);
    return encode_sighting({decoded->key, decoded->body}, stamp(), partition_count);
  }
  const auto decoded = decode_match(record, partition_count);
  return encode_match({decoded->key, decoded->body, decoded->meta.happened_at}, stamp(),
                      partition_count);
}

}  // namespace paidan::contract::samples
