#include "paidan/rpc/limit.hpp"

namespace paidan::rpc {

std::optional<Limit::Place> Limit::take() {
  if (state_->open.fetch_add(1) >= state_->max) {
    state_->open.fetch_sub(1);
    return std::nullopt;
  }
  const auto release = [state = state_](void*) { state->open.fetch_sub(1); };
  return Place(std::shared_ptr<void>(state_.get(), release));
}

}  // namespace paidan::rpc
