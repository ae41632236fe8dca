#pragma once
#include <grpcpp/grpcpp.h>

#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "dispatch/messages.hpp"
#include "dispatch/resume_token.hpp"
#include "paidan/metrics/probes.hpp"
#include "paidan/rpc/executor.hpp"
#include "paidan/rpc/limit.hpp"
#include "paidan/rpc/status.hpp"
#include "paidan/view_reader/view_reader.hpp"

namespace paidan::dispatch {

/// What all streams of a process share. Outlives them.
struct StreamParts {
  Feed& feed;
  const Attachments& attachments;
  const ResumeTokens& tokens;
  rpc::Executor& executor;
  metrics::CallMetrics& metrics;
  std::size_t partition_count;
  std::size_t queue_max;  ///< Deliveries that may wait for a slow caller.
};

/// Reads a page of the caller's open list.
using ReadPage = std::function<view_reader::Read<view_reader::Page>(const std::string& cursor)>;

/// Trailing metadata of a stream that ended although its caller wanted more: where to go on.
inline constexpr const char* resume_token_key = "paidan-resume-token";

/// One open stream. It owns itself: made with start(), gone after gRPC's OnDone. One message is
/// under way at a time; what else is told waits in a bounded queue; a caller that does not keep up
/// is told where to go on.
template <class Response>
class Subscription final : public grpc::ServerWriteReactor<Response>,
                           public Listener,
                           public std::enable_shared_from_this<Subscription<Response>> {
 public:
  struct Request {
    std::string_view method;
    rpc::Caller caller;
    std::string hearer;
    std::optional<FeedPosition> from;  ///< Of a checked resume token.
    ReadPage read_page;
    rpc::Limit::Place place;
  };

  /// The reactor to be returned from the handler.
  static grpc::ServerWriteReactor<Response>* start(grpc::CallbackServerContext& context,
                                                   const StreamParts& parts, Request request) {
    auto stream =
        std::shared_ptr<Subscription>(new Subscription(context, parts, std::move(request)));
    stream->self_ = stream;
    parts.metrics.stream_opened(stream->request_.method);
    stream->begin();
    return stream.get();
  }

  const std::string& hearer() const override { return request_.hearer; }

  void expect(std::size_t backlog) override {
    const std::lock_guard lock(mutex_);
    capacity_ += backlog;
  }

  void tell(Delivery delivery) override {
    {
      const std::lock_guard lock(mutex_);
      if (end_) return;
      const bool only_a_sign = !delivery.entry && !delivery.snapshot;
      if (only_a_sign && live_told_ && (busy_ || !queue_.empty())) return;
      live_told_ = live_told_ || only_a_sign;
      if (queue_.size() >= capacity_) {
        queue_.clear();
        end_ = End{grpc::StatusCode::RESOURCE_EXHAUSTED, "stream_queue_full",
                   "more waits than this stream may keep; go on with the resume token"};
      } else {
        queue_.push_back(std::move(delivery));
      }
    }
    advance();
  }

  void close() override {
    end({grpc::StatusCode::UNAVAILABLE, "starts_or_stops",
         "go on, here or elsewhere, with the resume token"});
  }

  void OnWriteDone(bool ok) override {
    {
      const std::lock_guard lock(mutex_);
      busy_ = false;
      if (!ok && !end_) end_ = End{grpc::StatusCode::CANCELLED, "cancelled", "the caller is gone"};
      if (!ok) queue_.clear();
    }
    advance();
  }

  void OnCancel() override {
    end({grpc::StatusCode::CANCELLED, "cancelled", "the caller is gone"});
  }

  void OnDone() override {
    parts_.feed.remove(*this);
    parts_.metrics.stream_closed(request_.method, rpc::code_name(finished_with_));
    self_.reset();
  }

 private:
  struct End {
    grpc::StatusCode code;
    std::string_view reason;
    std::string message;
  };

  Subscription(grpc::CallbackServerContext& context, const StreamParts& parts, Request request)
      : context_(context),
        parts_(parts),
        request_(std::move(request)),
        capacity_(parts.queue_max) {}

  void begin() {
    switch (parts_.feed.subscribe(this->shared_from_this(), request_.from)) {
      case Feed::Start::live:
        return;
      case Feed::Start::unavailable:
        return close();
      case Feed::Start::too_old:
        break;
    }
    {
      const std::lock_guard lock(mutex_);
      snapshot_ = true;
    }
    advance();
  }

  void end(End end) {
    {
      const std::lock_guard lock(mutex_);
      if (end_) return;
      queue_.clear();
      end_ = std::move(end);
    }
    advance();
  }

  /// Does the next thing if nothing is under way: a message, the next page, or the end.
  void advance() {
    std::unique_lock lock(mutex_);
    if (busy_ || finished_) return;
    if (end_) {
      finished_ = true;
      lock.unlock();
      return finish();
    }
    if (!queue_.empty()) {
      busy_ = true;
      Delivery delivery = std::move(queue_.front());
      queue_.pop_front();
      lock.unlock();
      return send(std::move(delivery));
    }
    if (!snapshot_) return;
    busy_ = true;
    lock.unlock();
    hand_over([self = this->shared_from_this()] { self->take_page(); });
  }

  void send(Delivery delivery) {
    if (auto attachment = parts_.attachments.at_hand(delivery)) {
      return write(delivery, *std::move(attachment));
    }
    hand_over([self = this->shared_from_this(), delivery = std::move(delivery)] {
      self->write(delivery, self->parts_.attachments.look_up(delivery));
    });
  }

  void write(const Delivery& delivery, Attachment attachment) {
    token_ = parts_.tokens.make(TokenKind::resume, {request_.hearer, *delivery.position});
    fill(response_, delivery, std::move(attachment), token_, request_.caller);
    this->StartWrite(&response_);
  }

  /// To the threads that may block; `busy_` stays set meanwhile.
  void hand_over(rpc::Executor::Work work) {
    if (parts_.executor.submit(std::move(work))) return;
    release();
    end({grpc::StatusCode::RESOURCE_EXHAUSTED, "too_busy", "go on with the resume token"});
  }

  void release() {
    const std::lock_guard lock(mutex_);
    busy_ = false;
  }

  /// One page of the open list; after the last one, the log from where the first one was read.
  /// `busy_` stays set all the while, so the stream cannot be gone before it is registered.
  void take_page() {
    auto page = request_.read_page(cursor_);
    if (page) {
      tell_page(*page);
    } else {
      end({grpc::StatusCode::UNAVAILABLE, "views_unavailable", page.error().what});
    }
    release();
    advance();
  }

  void tell_page(view_reader::Page& page) {
    if (!snapshot_from_) snapshot_from_ = position_of(page, parts_.partition_count);
    expect(page.tickets.size());
    // Resuming in the middle of a snapshot must begin it again: offset 0 is older than any ring.
    const auto begin_again = std::make_shared<const FeedPosition>(snapshot_from_->size(), 0);
    for (view_reader::Ticket& ticket : page.tickets) {
      auto view = std::make_shared<v1::TicketView>(std::move(ticket.view));
      view->set_text(std::move(ticket.text));
      tell({v1::SubscribeResponse::KIND_SNAPSHOT, nullptr, std::move(view), begin_again, false});
    }
    cursor_ = page.next_cursor;
    if (cursor_.empty()) end_snapshot();
  }

  void end_snapshot() {
    {
      const std::lock_guard lock(mutex_);
      snapshot_ = false;
    }
    switch (parts_.feed.subscribe(this->shared_from_this(), snapshot_from_)) {
      case Feed::Start::live:
        return;
      case Feed::Start::unavailable:
        return close();
      case Feed::Start::too_old:
        return end({grpc::StatusCode::UNAVAILABLE, "views_behind",
                    "the views are too far behind the log; try again"});
    }
  }

  void finish() {
    finished_with_ = end_->code;
    if (!token_.empty() && end_->code != grpc::StatusCode::CANCELLED) {
      context_.AddTrailingMetadata(resume_token_key, token_);
    }
    this->Finish(end_->code == grpc::StatusCode::RESOURCE_EXHAUSTED
                     ? rpc::overloaded(context_, end_->reason, end_->message, Milliseconds{200})
                     : rpc::fail(context_, end_->code, end_->reason, end_->message));
  }

  grpc::CallbackServerContext& context_;
  const StreamParts& parts_;
  const Request request_;
  std::shared_ptr<Subscription> self_;  ///< Until OnDone.

  std::mutex mutex_;
  std::size_t capacity_;
  std::deque<Delivery> queue_;
  bool busy_ = false;      ///< A message or a page is under way.
  bool snapshot_ = false;  ///< Pages are to come.
  bool live_told_ = false;
  bool finished_ = false;
  std::optional<End> end_;

  // Only by who holds `busy_`, or after `finished_` was set.
  Response response_;
  std::string token_;  ///< Of the last message.
  std::string cursor_;
  std::optional<FeedPosition> snapshot_from_;
  grpc::StatusCode finished_with_ = grpc::StatusCode::OK;
};

}  // namespace paidan::dispatch
