#include "dispatch/config.hpp"

#include <iterator>

#include "paidan/edge/serve.hpp"
#include "paidan/runtime/properties.hpp"
#include "paidan/stage/pack.hpp"
#include "paidan/stage/workers.hpp"

namespace paidan::dispatch {
namespace {

using runtime::Kind;

void append(runtime::PropertyTable& table, runtime::PropertyTable more) {
  table.insert(table.end(), std::make_move_iterator(more.begin()),
               std::make_move_iterator(more.end()));
}

runtime::PropertyTable own() {
  return {
      {"commands.pending_max", "Commands that may wait for their answer; more are refused", "2000",
       Kind::integer, 1, 100'000},
      {"commands.wait_max_ms", "How long a command waits if its caller sets no deadline", "10000",
       Kind::integer, 100, 60'000},
      {"calls.threads", "Threads for the part of calls that may block", "4", Kind::integer, 1, 64},
      {"calls.waiting_max", "Calls that may wait for such a thread; more are refused", "1000",
       Kind::integer, 1, 100'000},
      {"streams.max", "Open streams", "2000", Kind::integer, 1, 10'000},
      {"streams.queue_max", "Messages that may wait for a slow stream before it is ended", "2000",
       Kind::integer, 10, 100'000},
      {"feed.ring_records_max", "Records of lifecycle kept for streams that resume", "50000",
       Kind::integer, 100, 10'000'000},
      {"feed.ring_bytes_max", "Bytes of these records, at most", "33554432", Kind::integer,
       1'048'576, 4'294'967'296},
      {"feed.texts_bytes_max", "Bytes of the newest texts kept for streams", "16777216",
       Kind::integer, 0, 4'294'967'296},
      {"feed.cards_max", "Tickets whose last state is kept for streams", "50000", Kind::integer,
       100, 10'000'000},
      {"reveal.per_hour_max", "Reveals of contact data per unit and hour", "30", Kind::integer, 1,
       10'000},
  };
}

}  // namespace

runtime::PropertyTable properties() {
  namespace shared = runtime::properties;
  runtime::PropertyTable table = shared::of_every_service("127.0.0.1:9103");
  append(table, stage::stage_properties());
  append(table, edge::edge_properties("127.0.0.1:7003"));
  append(table, {shared::redis_address(), shared::pack(), shared::peers_sla_monitor()});
  append(table, own());
  return table;
}

std::optional<std::string> check(const runtime::Config& config) {
  if (const auto wrong = stage::check_workers(config)) return wrong->what;
  const auto pack = stage::load_pack(config.text("pack"));
  if (!pack) return pack.error().what;
  return std::nullopt;
}

}  // namespace paidan::dispatch
