#include "intake/memory.hpp"

#include <algorithm>
#include <utility>

namespace paidan::intake {

RedisMemory::RedisMemory(RedisMemoryOptions options)
    : options_(std::move(options)),
      connection_(options_.redis),
      kept_s_(std::to_string(options_.kept.count())),
      thread_([this] { run(); }) {}

RedisMemory::~RedisMemory() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  ready_.notify_all();
  thread_.join();
}

void RedisMemory::recall(const std::string& ticket_id, OnRecalled on_recalled) {
  add({options_.key_prefix + ticket_id, "", std::move(on_recalled), nullptr});
}

void RedisMemory::remember(const std::string& ticket_id, const std::string& content_hash,
                           OnRemembered on_remembered) {
  add({options_.key_prefix + ticket_id, content_hash, nullptr, std::move(on_remembered)});
}

void RedisMemory::add(Wish wish) {
  {
    const std::lock_guard lock(mutex_);
    if (!stopping_ && waiting_.size() < options_.waiting_max) {
      waiting_.push_back(std::move(wish));
      ready_.notify_one();
      return;
    }
  }
  answer(wish, std::nullopt);
}

void RedisMemory::answer(const Wish& wish, const std::optional<std::string>& content_hash) {
  if (wish.on_recalled) {
    wish.on_recalled(content_hash);
  } else {
    wish.on_remembered();
  }
}

void RedisMemory::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    ready_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
    if (waiting_.empty()) return;
    const std::size_t count = std::min(waiting_.size(), options_.batch_max);
    std::vector<Wish> wishes(
        std::make_move_iterator(waiting_.begin()),
        std::make_move_iterator(waiting_.begin() + static_cast<std::ptrdiff_t>(count)));
    waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(count));
    lock.unlock();
    serve(wishes);
    lock.lock();
  }
}

void RedisMemory::serve(const std::vector<Wish>& wishes) {
  std::vector<redis::Command> commands;
  commands.reserve(wishes.size());
  for (const Wish& wish : wishes) {
    if (wish.on_recalled) {
      commands.push_back({"GET", wish.key});
    } else {
      commands.push_back({"SET", wish.key, wish.content_hash, "EX", kept_s_});
    }
  }
  const auto replies = connection_.pipeline(commands);
  for (std::size_t i = 0; i < wishes.size(); ++i) {
    const std::string* text = replies ? (*replies)[i].text() : nullptr;
    answer(wishes[i], text == nullptr ? std::nullopt : std::optional<std::string>(*text));
  }
}

}  // namespace paidan::intake
