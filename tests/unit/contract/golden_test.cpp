#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "paidan/contract/json.hpp"
#include "paidan/contract/links.hpp"
#include "samples.hpp"

// proto/testdata holds the bytes of every message as they were written once. They may never change
// their meaning: a record of ten years ago must still be read. PAIDAN_REWRITE=1 writes the files
// anew; commit the difference only if you understand it.

namespace paidan::contract {
namespace {

using samples::Sample;

std::string testdata(const std::string& name, const char* extension) {
  return std::string(PAIDAN_SOURCE_DIR) + "/proto/testdata/" + name + extension;
}

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

void write_file(const std::string& path, const std::string& bytes) {
  std::filesystem::create_directories(std::filesystem::path(path).parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
}

std::string json_of(std::string_view topic, const std::string& bytes) {
  const auto json = to_json(topic, bytes);
  // Sorted by field name, as protobuf's own JSON leaves the order of maps to chance.
  return json ? nlohmann::json::parse(*json).dump(2) + "\n" : "error: " + json.error().why;
}

/// Decodes and encodes again with the same stamp.
stream::OutRecord again(const Sample& sample) {
  const stream::InRecord in = samples::as_input(sample.record);
  const Stamp stamp = samples::stamp();
  constexpr std::int32_t count = samples::partition_count;
  if (in.topic == topic::submissions) {
    const auto decoded = decode_submission(in, count);
    return encode_submission(decoded->key, decoded->body, stamp);
  }
  if (in.topic == topic::classified) {
    const auto decoded = decode_classified(in, count);
    return encode_classified(decoded->key, decoded->body, stamp);
  }
  if (in.topic == topic::sla) {
    const auto decoded = decode_sla(in, count);
    return encode_sla(decoded->key, decoded->body, stamp);
  }
  if (in.topic == topic::commands) {
    const auto decoded = decode_command(in, count);
    return encode_command(decoded->key, decoded->body, stamp);
  }
  if (in.topic == topic::links) {
    const auto decoded = decode_link(in, count);
    const domain::LinkEffect effect{.target = domain::TicketId{decoded->key},
                                    .body = decoded->body.body,
                                    .happened_at = decoded->meta.happened_at,
                                    .source_version = decoded->body.source_version};
    return encode_link(decoded->body.source.get(), effect, stamp, count);
  }
  if (in.topic == topic::replies) {
    const auto decoded = decode_reply(in);
    return encode_reply(decoded->key, decoded->body, stamp);
  }
  if (in.topic == topic::subjects) return encode_subject(*decode_subject(in), stamp);
  if (in.topic == topic::dispatch_state) {
    return encode_dispatch_state(in.key, in.partition, *decode_dispatch_state(in));
  }
  if (in.topic == topic::sla_monitor_state) {
    return encode_sla_monitor_state(in.key, in.partition, *decode_sla_monitor_state(in));
  }
  return samples::clusters_again(in);
}

stream::OutRecord lifecycle_again(const Sample& sample) {
  const stream::InRecord in = samples::as_input(sample.record);
  const Stamp stamp = samples::stamp();
  const auto decoded = decode_lifecycle(in, samples::partition_count);
  if (const auto* mark = std::get_if<domain::TimeMark>(&decoded->body)) {
    return encode_time_mark(*mark, stamp);
  }
  if (const auto* settled = std::get_if<domain::Settled>(&decoded->body)) {
    return encode_settled(*settled, stamp);
  }
  const auto& fact = std::get<TicketFact>(decoded->body);
  domain::Ticket after;
  after.version = fact.version;
  after.state = fact.state;
  after.lead_unit = fact.lead_unit;
  after.queue_unit = fact.queue_unit;
  after.assign_epoch = fact.assign_epoch;
  return encode_lifecycle(decoded->key, fact.fact, after, stamp, fact.relieved_units);
}

/// Adds "message.field" for every field that is set anywhere in `message`, a oneof's too.
void collect_set_fields(const google::protobuf::Message& message, std::set<std::string>& out) {
  const auto* reflection = message.GetReflection();
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  reflection->ListFields(message, &fields);
  for (const auto* field : fields) {
    out.insert(field->full_name());
    if (field->cpp_type() != google::protobuf::FieldDescriptor::CPPTYPE_MESSAGE) continue;
    if (field->is_repeated()) {
      for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
        collect_set_fields(reflection->GetRepeatedMessage(message, field, i), out);
      }
    } else {
      collect_set_fields(reflection->GetMessage(message, field), out);
    }
  }
}

void collect_all_fields(const google::protobuf::Descriptor* type, std::set<std::string>& out) {
  if (type->full_name().starts_with("google.") || type->map_key() != nullptr) return;
  for (int i = 0; i < type->field_count(); ++i) {
    const auto* field = type->field(i);
    if (out.insert(field->full_name()).second && field->message_type() != nullptr) {
      collect_all_fields(field->message_type(), out);
    }
  }
}

TEST(GoldenTest, TheBytesOfEveryMessageAreThoseOfTheGoldenFile) {
  const bool rewrite = std::getenv("PAIDAN_REWRITE") != nullptr;
  for (const Sample& sample : samples::all()) {
    SCOPED_TRACE(sample.name);
    const std::string json = json_of(sample.record.topic, *sample.record.value);
    if (rewrite) {
      write_file(testdata(sample.name, ".bin"), *sample.record.value);
      write_file(testdata(sample.name, ".json"), json);
    }
    EXPECT_EQ(read_file(testdata(sample.name, ".bin")), *sample.record.value);
    EXPECT_EQ(read_file(testdata(sample.name, ".json")), json);
  }
}

TEST(GoldenTest, EveryGoldenFileStillDecodesToItsJson) {
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(testdata("", ""))) {
    if (entry.path().extension() != ".bin") continue;
    const std::string name = entry.path().stem().string();
    SCOPED_TRACE(name);
    const std::string topic = name.substr(0, name.rfind('.'));
    EXPECT_EQ(read_file(testdata(name, ".json")), json_of(topic, read_file(entry.path().string())));
    ++files;
  }
  EXPECT_GE(files, samples::all().size());
}

TEST(GoldenTest, EveryMessageSurvivesTheWayToTheDomainAndBackToTheByte) {
  for (const Sample& sample : samples::all()) {
    SCOPED_TRACE(sample.name);
    const bool lifecycle = sample.record.topic == topic::lifecycle;
    EXPECT_EQ(lifecycle ? lifecycle_again(sample) : again(sample), sample.record);
  }
}

TEST(GoldenTest, TheSamplesSetEveryFieldOfTheContract) {
  std::set<std::string> set_fields;
  std::set<std::string> all_fields;
  for (const Sample& sample : samples::all()) {
    const auto message = message_of(sample.record.topic);
    ASSERT_NE(message, nullptr);
    ASSERT_TRUE(message->ParseFromString(*sample.record.value));
    collect_set_fields(*message, set_fields);
    collect_all_fields(message->GetDescriptor(), all_fields);
  }
  // The report is either of a contact that took place, or of one that did not.
  set_fields.insert("paidan.ticket.v1.CompletionReport.reason_not_contacted");
  for (const std::string& field : all_fields) EXPECT_THAT(set_fields, testing::Contains(field));
}

TEST(GoldenTest, AReportWithoutAContactKeepsItsReason) {
  domain::LifecycleFact fact{.body = domain::Completed{{.reason_not_contacted = "三次无人接听"}},
                             .clocks = {},
                             .actor = {},
                             .happened_at = samples::at(1)};
  const auto record =
      encode_lifecycle(samples::ticket_id(), fact, samples::ticket(), samples::stamp());
  const auto decoded = decode_lifecycle(samples::as_input(record), samples::partition_count);
  ASSERT_TRUE(decoded) << decoded.error().why;
  const auto& body = std::get<TicketFact>(decoded->body).fact.body;
  EXPECT_EQ(std::get<domain::Completed>(body).report,
            std::get<domain::Completed>(fact.body).report);
}

}  // namespace
}  // namespace paidan::contract
