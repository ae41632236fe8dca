#include "membership.hpp"

#include <cstring>
#include <string_view>

namespace paidan::kafka {

namespace {

/// librdkafka has no getters in 2.0; its serialised form is "CGMDv2:", the generation in host
/// order, then group, member and instance as zero-terminated strings.
constexpr std::string_view serialised_as = "CGMDv2:";

void parse(std::string_view bytes, Membership& membership) {
  if (!bytes.starts_with(serialised_as)) return;
  bytes.remove_prefix(serialised_as.size());
  if (bytes.size() < sizeof membership.generation) return;
  std::int32_t generation = -1;
  std::memcpy(&generation, bytes.data(), sizeof generation);
  bytes.remove_prefix(sizeof generation);
  const std::size_t group_end = bytes.find('\0');
  if (group_end == std::string_view::npos) return;
  bytes.remove_prefix(group_end + 1);
  const std::size_t member_end = bytes.find('\0');
  if (member_end == std::string_view::npos) return;
  membership.member = std::string(bytes.substr(0, member_end));
  membership.generation = generation;
}

}  // namespace

Membership read_membership(rd_kafka_t* consumer) {
  Membership membership;
  membership.metadata.reset(rd_kafka_consumer_group_metadata(consumer));
  if (!membership.metadata) return membership;
  void* bytes = nullptr;
  std::size_t size = 0;
  const Owned<rd_kafka_error_t> error(
      rd_kafka_consumer_group_metadata_write(membership.metadata.get(), &bytes, &size));
  if (error) return membership;
  parse({static_cast<const char*>(bytes), size}, membership);
  rd_kafka_mem_free(nullptr, bytes);
  return membership;
}

}  // namespace paidan::kafka
