#include "paidan/contract/links.hpp"

#include <utility>

#include "citizen_facts.hpp"
#include "paidan/ticket/v1/links.pb.h"

namespace paidan::contract {

namespace {

namespace wire = ticket::v1;

domain::LinkBody read_link_body(wire::LinkRecord& proto, Faults& faults) {
  switch (proto.effect_case()) {
    case wire::LinkRecord::kLinked:
      return domain::Linked{};
    case wire::LinkRecord::kUnlinked:
      return domain::Unlinked{};
    case wire::LinkRecord::kMasterAnswer: {
      const Path root{"master_answer"};
      return domain::MasterAnswer{
          .outcome = read_enum<domain::CompletionOutcome>(
              proto.master_answer().outcome(), wire::Outcome_IsValid, {"outcome", &root}, faults),
          .report_version = proto.master_answer().report_version(),
          .unit = domain::UnitId{std::move(*proto.mutable_master_answer()->mutable_unit())}};
    }
    case wire::LinkRecord::kMasterReopen:
      return domain::MasterReopen{};
    case wire::LinkRecord::kLinkRefused:
      return domain::LinkRefused{std::move(*proto.mutable_link_refused()->mutable_reason())};
    case wire::LinkRecord::kMasterMoved: {
      const Path root{"master_moved"};
      return domain::MasterMoved{
          read_ticket_id(*proto.mutable_master_moved()->mutable_master_ticket_id(),
                         {"master_ticket_id", &root}, faults)};
    }
    case wire::LinkRecord::EFFECT_NOT_SET:
      break;
  }
  faults.add({"effect"}, "missing, or of a later version");
  return domain::Linked{};
}

domain::LinkReceived read_link(wire::LinkRecord& proto, Faults& faults) {
  return {.source = read_ticket_id(*proto.mutable_source_ticket_id(), {"source_ticket_id"}, faults),
          .source_version = proto.source_version(),
          .body = read_link_body(proto, faults)};
}

/// Sets the effect and returns its name.
struct LinkWriter {
  wire::LinkRecord& out;

  std::string_view operator()(const domain::Linked& /*effect*/) const {
    out.mutable_linked();
    return "linked";
  }
  std::string_view operator()(const domain::Unlinked& /*effect*/) const {
    out.mutable_unlinked();
    return "unlinked";
  }
  std::string_view operator()(const domain::MasterAnswer& effect) const {
    out.mutable_master_answer()->set_outcome(write_enum<wire::Outcome>(effect.outcome));
    out.mutable_master_answer()->set_report_version(effect.report_version);
    out.mutable_master_answer()->set_unit(effect.unit.get());
    return "master_answer";
  }
  std::string_view operator()(const domain::MasterReopen& /*effect*/) const {
    out.mutable_master_reopen();
    return "master_reopen";
  }
  std::string_view operator()(const domain::LinkRefused& effect) const {
    out.mutable_link_refused()->set_reason(effect.reason);
    return "link_refused";
  }
  std::string_view operator()(const domain::MasterMoved& effect) const {
    out.mutable_master_moved()->set_master_ticket_id(effect.master.get());
    return "master_moved";
  }
};

}  // namespace

DecodeResult<domain::LinkReceived> decode_link(const stream::InRecord& record,
                                               std::int32_t partition_count) {
  return decode_record<domain::LinkReceived, wire::LinkRecord>(
      record, topic::links, partition_count,
      [](wire::LinkRecord& proto, bool& /*of_partition*/, Faults& faults) {
        return read_link(proto, faults);
      });
}

stream::OutRecord encode_link(std::string_view source_ticket_id, const domain::LinkEffect& effect,
                              const Stamp& stamp, std::int32_t partition_count) {
  wire::LinkRecord proto;
  write_meta(stamp, effect.happened_at, *proto.mutable_meta());
  proto.set_ticket_id(effect.target.get());
  proto.set_source_ticket_id(source_ticket_id.data(), source_ticket_id.size());
  proto.set_source_version(effect.source_version);
  const std::string_view name = std::visit(LinkWriter{proto}, effect.body);
  Stamp stamped = stamp;
  stamped.happened_at = effect.happened_at;
  stream::OutRecord out = make_record(topic::links, effect.target.get(), proto, name, stamped);
  out.partition = partition_of(effect.target.get(), partition_count);
  return out;
}

}  // namespace paidan::contract
