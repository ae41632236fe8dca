#pragma once
#include <functional>
#include <memory>
#include <span>
#include <string>

#include "client.hpp"
#include "membership.hpp"
#include "paidan/stream/log.hpp"
#include "produce.hpp"

namespace paidan::kafka {

struct TransactionConfig {
  Connection connection;
  std::string transactional_id;
  Milliseconds transaction_timeout{10'000};
  Milliseconds end_max{2'000};  ///< For the commit request alone.
};

/// How a transaction ended, and why if not well.
struct Ended {
  enum class As {
    committed,
    aborted,  ///< Nothing of it is visible; the input is to be read again.
    unknown,  ///< Or fatal, or fenced: this process must not go on.
  };
  As as = As::committed;
  std::string why{};
};

/// One transactional producer, used by one thread.
class TransactionalProducer : private Context {
 public:
  /// Takes the id over: fences whoever had it and ends what that one left open.
  static Result<std::unique_ptr<TransactionalProducer>, Error> open(TransactionConfig config,
                                                                    const Topics& topics,
                                                                    KafkaProbe& probe);

  /// All or nothing. `member` is asked as late as possible, right before the positions are sent.
  Ended run(std::span<const stream::OutRecord> out, const stream::Positions& upto,
            const std::function<Membership()>& member);

 private:
  TransactionalProducer(TransactionConfig config, const Topics& topics, KafkaProbe& to)
      : Context(to), config_(std::move(config)), topics_(topics) {}

  std::optional<Ended> produce_all(std::span<const stream::OutRecord> out);
  std::optional<Ended> send_positions(const stream::Positions& upto, const Membership& member);
  Ended commit();
  Ended abort(std::string why);
  Ended give_up(const rd_kafka_error_t& error, std::string_view doing);

  const TransactionConfig config_;
  const Topics& topics_;
  Client client_;
  ProducerTopics known_topics_;
};

}  // namespace paidan::kafka
