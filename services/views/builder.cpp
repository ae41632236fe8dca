#include "views/builder.hpp"

#include <algorithm>

#include "views/codec.hpp"

namespace paidan::views {
namespace {

constexpr Milliseconds at_once{0};

/// Those that are new or have moved.
stream::Positions moved(const stream::Positions& from, const stream::Positions& to) {
  stream::Positions changed;
  for (const auto& [at, next] : to) {
    const auto known = from.find(at);
    if (known == from.end() || known->second != next) changed.emplace(at, next);
  }
  return changed;
}

}  // namespace

Builder::Builder(Store& store, Source& source, BuilderProbe& probe, BuilderConfig config)
    : store_(store),
      source_(source),
      probe_(probe),
      config_(config),
      backoff_(config.backoff_min) {}

Milliseconds Builder::step() {
  if (!attached_) return attach();
  auto tailed = source_.poll(config_.records_max, config_.poll_wait);
  if (!tailed) return recover(tailed.error());
  return tailed->records.empty() ? idle() : take(*tailed);
}

Milliseconds Builder::attach() {
  auto meta = store_.meta();
  if (!meta) return recover(meta.error());
  meta_ = std::move(meta).value();
  const auto opened = source_.open(meta_.positions);
  if (!opened) return recover(opened.error());
  attached_ = true;
  backoff_ = config_.backoff_min;
  last_look_ = std::chrono::steady_clock::now();
  probe_.live(meta_.live);
  return at_once;
}

Milliseconds Builder::take(const kafka::Tailed& tailed) {
  const Addressed inputs = decode_all(tailed);
  std::set<std::string> ticket_ids;
  for (const auto& [ticket_id, input] : inputs) {
    ticket_ids.insert(ticket_id);
  }
  auto before = store_.load(ticket_ids);
  if (!before) return recover(before.error());
  BuilderProbe::Report report;
  report.records = tailed.records.size();
  for (const auto& record : tailed.records) {
    report.newest = std::max(report.newest, record.timestamp);
  }
  Changes changes = fold_all(std::move(before).value(), inputs, report);
  const bool was_live = meta_.live;
  const Milliseconds wait = apply(std::move(changes), report);
  if (!attached_ || !was_live) return wait;
  for (const auto& [ticket_id, input] : inputs) {
    if (const auto* fact = std::get_if<domain::SlaFact>(&input)) probe_.alerted(*fact);
  }
  return wait;
}

Builder::Addressed Builder::decode_all(const kafka::Tailed& tailed) {
  Addressed inputs;
  inputs.reserve(tailed.records.size());
  for (const stream::InRecord& record : tailed.records) {
    auto decoded = decode(record, config_.partition_count);
    if (!decoded) {
      probe_.malformed(record, decoded.error().why);
      continue;
    }
    if (*decoded) inputs.push_back(std::move(**decoded));
  }
  return inputs;
}

Changes Builder::fold_all(std::map<std::string, Ticket> before, const Addressed& inputs,
                          BuilderProbe::Report& report) {
  BatchFold batch(std::move(before));
  for (const auto& [ticket_id, input] : inputs) {
    const Folded folded = batch.add(ticket_id, input);
    report.repeated += folded == Folded::repeated ? 1 : 0;
    report.jumped += folded == Folded::jumped ? 1 : 0;
  }
  return batch.finish();
}

/// Moves the positions past the marks of transactions, and notices when nobody writes but somebody
/// empties Redis.
Milliseconds Builder::idle() {
  const auto now = std::chrono::steady_clock::now();
  if (now - last_look_ >= config_.look_interval) {
    last_look_ = now;
    const auto seq = store_.seq();
    if (!seq) return recover(seq.error());
    if (*seq != meta_.seq) {
      probe_.gap();
      return detach();
    }
  }
  const bool becomes_live = !meta_.live && reached_ends();
  if (becomes_live || !moved(meta_.positions, source_.positions()).empty()) {
    const Milliseconds wait = apply({}, {});
    if (!attached_) return wait;
  }
  probe_.caught_up();
  return at_once;
}

Milliseconds Builder::apply(Changes changes, const BuilderProbe::Report& report) {
  Batch batch;
  batch.seq = meta_.seq;
  batch.from = meta_.positions;
  batch.to = moved(meta_.positions, source_.positions());
  batch.becomes_live = !meta_.live && reached_ends();
  batch.changes = std::move(changes);
  const auto applied = store_.apply(batch);
  if (!applied) return recover(applied.error());
  if (*applied != Applied::done) {
    // `repeated` too: who had applied it is at another `seq` than we are.
    probe_.gap();
    return detach();
  }
  ++meta_.seq;
  for (const auto& [at, next] : batch.to) meta_.positions[at] = next;
  if (batch.becomes_live) {
    meta_.live = true;
    probe_.live(true);
  }
  if (report.records > 0) probe_.applied(report);
  return at_once;
}

Milliseconds Builder::recover(const Trouble& trouble) {
  if (trouble.broken) return wipe(trouble.what);
  probe_.waits(trouble.what);
  return detach();
}

/// A position that the topic no longer has can only be mended by building again.
Milliseconds Builder::recover(const kafka::Error& error) {
  if (error.kind == kafka::ErrorKind::mismatch && !meta_.positions.empty()) return wipe(error.what);
  probe_.waits(error.what);
  return detach();
}

Milliseconds Builder::wipe(std::string_view why) {
  const auto wiped = store_.wipe();
  if (wiped) {
    probe_.wiped(why);
  } else {
    probe_.waits(wiped.error().what);
  }
  return detach();
}

Milliseconds Builder::detach() {
  attached_ = false;
  probe_.live(false);
  const Milliseconds wait = backoff_;
  backoff_ = std::min(backoff_ * 2, config_.backoff_max);
  return wait;
}

bool Builder::reached_ends() const {
  const stream::Positions& positions = source_.positions();
  return std::ranges::all_of(source_.ends_at_open(), [&](const auto& end) {
    const auto at = positions.find(end.first);
    return at != positions.end() && at->second >= end.second;
  });
}

}  // namespace paidan::views
