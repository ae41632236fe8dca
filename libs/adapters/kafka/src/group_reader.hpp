#pragma once
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "client.hpp"
#include "ends_watch.hpp"
#include "harvest.hpp"
#include "membership.hpp"
#include "paidan/kafka/log.hpp"

namespace paidan::kafka {

/// The group member: who owns what, where reading starts, and the reading itself.
///
/// Assignment is eager: all is revoked before anything is assigned. A revocation is accepted at
/// once, because no transaction is open while we poll; an assignment is only noted, and begin()
/// answers the group when the state is restored. Heartbeats go on meanwhile, and the group waits.
class GroupReader : private Context {
 public:
  static Result<std::unique_ptr<GroupReader>, Error> open(const LogConfig& config,
                                                          const Topics& topics,
                                                          const stream::Clock& clock,
                                                          KafkaProbe& probe);
  ~GroupReader() override;

  struct Change {
    bool gained = false;  ///< Else all was lost.
    std::set<Partition> partitions;
  };
  /// Serves the group; the next change, if there is one.
  std::optional<Change> next_change();

  /// Where reading of the owned partitions starts: the committed positions, or the beginning for an
  /// input never read. Asked again while there is none although `with_state` says that the
  /// partition was worked on: a coordinator that is being moved may answer so.
  Result<stream::Positions, Error> find_start(const std::set<Partition>& owned,
                                              const std::set<Partition>& with_state);

  /// Starts, or starts again, to read.
  std::optional<Error> begin(const stream::Positions& positions);
  /// Back to the positions, within the same assignment.
  std::optional<Error> rewind(const stream::Positions& positions);

  /// Empty if a change came in between. An error is final.
  Result<stream::Batch, Error> read(std::size_t records_max, Milliseconds wait);

  /// Waits while nothing is assigned: heartbeats and changes go on.
  void serve(Milliseconds wait);

  Membership membership() { return read_membership(client_.get()); }

 private:
  GroupReader(const LogConfig& config, const Topics& topics, KafkaProbe& to)
      : Context(to), config_(config), topics_(topics) {}

  void rebalanced(rd_kafka_t* client, rd_kafka_resp_err_t what,
                  rd_kafka_topic_partition_list_t* partitions) override;
  std::optional<Error> subscribe();
  std::optional<Error> take(Owned<rd_kafka_message_t> message, Harvest& harvest);
  stream::Batch batch_of(Harvest& harvest);
  std::optional<Error> meet(const rd_kafka_message_t& message);
  bool is_new(const rd_kafka_message_t& message);
  Result<stream::Positions, Error> committed(const std::vector<stream::TopicPartition>& inputs);
  std::vector<stream::TopicPartition> inputs_of(const std::set<Partition>& partitions) const;

  const LogConfig& config_;
  const Topics& topics_;
  Client client_;
  std::unique_ptr<EndsWatch> watch_;  ///< Uses the client: ended before it.
  std::deque<Change> changes_;
  stream::Positions read_to_;
};

}  // namespace paidan::kafka
