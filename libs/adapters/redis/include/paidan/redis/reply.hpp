#pragma once
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "paidan/base/result.hpp"

namespace paidan::redis {

/// One answer of the server. Strings are binary-safe.
struct Reply {
  struct Nil {};
  /// The server refused: `NOSCRIPT ...`, `ERR ...`, what a script returned as an error.
  struct Refused {
    std::string message;
  };
  using Array = std::vector<Reply>;
  std::variant<Nil, std::int64_t, std::string, Refused, Array> value;

  bool is_nil() const { return std::holds_alternative<Nil>(value); }
  const Refused* refused() const { return std::get_if<Refused>(&value); }
  const std::string* text() const { return std::get_if<std::string>(&value); }
  const std::int64_t* integer() const { return std::get_if<std::int64_t>(&value); }
  const Array* array() const { return std::get_if<Array>(&value); }
};

enum class ErrorKind {
  unavailable,  ///< No connection, or it broke: whether the command ran is unknown.
  timeout,      ///< No answer in time: likewise unknown. The connection is dropped.
  refused,      ///< The server answered with an error: it did not do it.
  protocol,     ///< An answer of another shape than asked for.
};

struct Error {
  ErrorKind kind;
  std::string message;
};

template <class T>
using RedisResult = Result<T, Error>;

}  // namespace paidan::redis
