#include "paidan/redis/connection.hpp"

#include <hiredis/hiredis.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <csignal>

#include "paidan/base/assert.hpp"

namespace paidan::redis {
namespace {

constexpr std::string_view unix_prefix = "unix:";
constexpr int array_depth_max = 8;

timeval timeval_of(Milliseconds time) {
  timeval value{};
  value.tv_sec = time.count() / 1000;
  value.tv_usec = (time.count() % 1000) * 1000;
  return value;
}

redisContext* connect(const std::string& address, Milliseconds timeout) {
  const timeval limit = timeval_of(timeout);
  if (address.starts_with(unix_prefix)) {
    return redisConnectUnixWithTimeout(address.c_str() + unix_prefix.size(), limit);
  }
  const std::size_t colon = address.rfind(':');
  int port = 0;
  if (colon != address.npos) {
    std::from_chars(address.data() + colon + 1, address.data() + address.size(), port);
  }
  return redisConnectWithTimeout(address.substr(0, colon).c_str(), port, limit);
}

// False when the answer is of a type that is not known here, or too deep.
bool convert(const redisReply& raw, int depth, Reply& out) {
  switch (raw.type) {
    case REDIS_REPLY_NIL:
      return true;
    case REDIS_REPLY_INTEGER:
      out.value.emplace<std::int64_t>(raw.integer);
      return true;
    case REDIS_REPLY_STRING:
    case REDIS_REPLY_STATUS:
      out.value.emplace<std::string>(raw.str, raw.len);
      return true;
    case REDIS_REPLY_ERROR:
      out.value.emplace<Reply::Refused>(Reply::Refused{std::string(raw.str, raw.len)});
      return true;
    case REDIS_REPLY_ARRAY:
      break;
    default:
      return false;
  }
  if (depth >= array_depth_max) return false;
  auto& array = out.value.emplace<Reply::Array>(raw.elements);
  for (std::size_t i = 0; i < raw.elements; ++i) {
    if (!convert(*raw.element[i], depth + 1, array[i])) return false;
  }
  return true;
}

// hiredis writes with write(): to a server that went away it raises SIGPIPE, which ends the process
// unless it is ignored. A program that has set its own handler keeps it.
void ignore_broken_pipes() {
  static const bool done = [] {
    struct sigaction now{};
    sigaction(SIGPIPE, nullptr, &now);
    if (now.sa_handler == SIG_DFL) std::signal(SIGPIPE, SIG_IGN);
    return true;
  }();
  PAIDAN_ASSERT(done, "set above");
}

struct FreeReply {
  void operator()(redisReply* reply) const { freeReplyObject(reply); }
};

RedisResult<Reply> refusal_as_error(RedisResult<Reply> result) {
  if (!result || result->refused() == nullptr) return result;
  return Error{ErrorKind::refused, result->refused()->message};
}

}  // namespace

void Connection::Closer::operator()(redisContext* context) const { redisFree(context); }

Connection::Connection(Options options) : options_(std::move(options)) {}
Connection::~Connection() = default;

// Drops the connection and says why it is no good any more.
Error Connection::broken() {
  PAIDAN_ASSERT(context_ != nullptr, "only a connection breaks");
  const bool late = context_->err == REDIS_ERR_IO && (errno == EAGAIN || errno == EWOULDBLOCK);
  const ErrorKind kind = late                                  ? ErrorKind::timeout
                         : context_->err == REDIS_ERR_PROTOCOL ? ErrorKind::protocol
                                                               : ErrorKind::unavailable;
  Error error{kind, options_.address + ": " + (late ? "no answer in time" : context_->errstr)};
  context_.reset();
  loaded_.clear();
  return error;
}

std::optional<Error> Connection::open() {
  ignore_broken_pipes();
  context_.reset(connect(options_.address, options_.connect_timeout));
  if (context_ == nullptr) return Error{ErrorKind::unavailable, "out of memory"};
  if (context_->err != 0) return broken();
  context_->reader->maxbuf = std::size_t{64} * 1024;  // Idle buffers above this are given back.
  if (redisSetTimeout(context_.get(), timeval_of(options_.command_timeout)) != REDIS_OK) {
    return broken();
  }
  return std::nullopt;
}

std::optional<Error> Connection::ensure_connected() {
  if (context_ != nullptr) return std::nullopt;
  const auto now = std::chrono::steady_clock::now();
  if (now < next_attempt_) {
    return Error{ErrorKind::unavailable, options_.address + ": waiting to connect again"};
  }
  auto error = open();
  if (!error) {
    backoff_ = Milliseconds{0};
    return std::nullopt;
  }
  backoff_ = std::clamp(backoff_ * 2, options_.backoff_min, options_.backoff_max);
  next_attempt_ = std::chrono::steady_clock::now() + backoff_;
  return error;
}

std::optional<Error> Connection::append(const Command& words) {
  PAIDAN_ASSERT(!words.empty(), "a command has a name");
  std::vector<const char*> pointers;
  std::vector<std::size_t> sizes;
  for (const std::string_view word : words) {
    // hiredis copies from the pointer even when there is nothing to copy.
    pointers.push_back(word.data() == nullptr ? "" : word.data());
    sizes.push_back(word.size());
  }
  const int result = redisAppendCommandArgv(context_.get(), static_cast<int>(words.size()),
                                            pointers.data(), sizes.data());
  if (result == REDIS_OK) return std::nullopt;
  return broken();
}

RedisResult<Reply> Connection::read() {
  void* got = nullptr;
  errno = 0;
  if (redisGetReply(context_.get(), &got) != REDIS_OK) return broken();
  const std::unique_ptr<redisReply, FreeReply> raw(static_cast<redisReply*>(got));
  Reply reply;
  if (convert(*raw, 0, reply)) return reply;
  context_.reset();
  loaded_.clear();
  return Error{ErrorKind::protocol, options_.address + ": an answer of unknown type or too deep"};
}

RedisResult<std::vector<Reply>> Connection::pipeline(std::span<const Command> commands) {
  if (auto error = ensure_connected()) return std::move(*error);
  for (const Command& words : commands) {
    if (auto error = append(words)) return std::move(*error);
  }
  std::vector<Reply> replies;
  replies.reserve(commands.size());
  for (std::size_t i = 0; i < commands.size(); ++i) {
    auto reply = read();
    if (!reply) return std::move(reply).error();
    replies.push_back(std::move(*reply));
  }
  return replies;
}

RedisResult<Reply> Connection::command(const Command& words) {
  auto replies = pipeline(std::span(&words, 1));
  if (!replies) return std::move(replies).error();
  return refusal_as_error(std::move(replies->front()));
}

RedisResult<std::string> Connection::load(const Script& script) {
  const auto reply = command({"SCRIPT", "LOAD", script.source()});
  if (!reply) return reply.error();
  const std::string* hash = reply->text();
  if (hash == nullptr) return Error{ErrorKind::protocol, "SCRIPT LOAD answers with a hash"};
  loaded_.insert_or_assign(script.source(), *hash);
  return *hash;
}

RedisResult<Reply> Connection::eval(const Script& script, const std::vector<std::string_view>& keys,
                                    const std::vector<std::string_view>& arguments) {
  const std::string key_count = std::to_string(keys.size());
  Command words = {"EVALSHA", {}, key_count};
  words.insert(words.end(), keys.begin(), keys.end());
  words.insert(words.end(), arguments.begin(), arguments.end());
  // Twice: the server may have been restarted or told SCRIPT FLUSH since the script was loaded.
  for (int attempt = 0;; ++attempt) {
    const auto known = loaded_.find(script.source());
    auto hash = known == loaded_.end() ? load(script) : RedisResult<std::string>(known->second);
    if (!hash) return std::move(hash).error();
    words[1] = *hash;
    auto reply = command(words);
    const bool unknown = !reply && reply.error().kind == ErrorKind::refused &&
                         reply.error().message.starts_with("NOSCRIPT");
    if (!unknown || attempt == 1) return reply;
    loaded_.erase(script.source());
  }
}

bool Connection::reachable() { return command({"PING"}).has_value(); }

}  // namespace paidan::redis
