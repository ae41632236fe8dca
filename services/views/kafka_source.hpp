#pragma once
#include <memory>

#include "paidan/kafka/probe.hpp"
#include "views/builder.hpp"

namespace paidan::views {

/// `lifecycle`, `sla` and `submissions` of a deployment, every partition. `probe` must outlive it.
class KafkaSource final : public Source {
 public:
  KafkaSource(kafka::Connection connection, kafka::KafkaProbe& probe);

  Result<Unit, kafka::Error> open(const stream::Positions& from) override;
  Result<kafka::Tailed, kafka::Error> poll(std::size_t records_max, Milliseconds wait) override;
  const stream::Positions& positions() const override;
  const stream::Positions& ends_at_open() const override;

 private:
  kafka::Connection connection_;
  kafka::KafkaProbe& probe_;
  std::unique_ptr<kafka::Tail> tail_;
};

}  // namespace paidan::views
