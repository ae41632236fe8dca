#pragma once
#include <string>

#include "dispatch/answers.hpp"
#include "dispatch/resume_token.hpp"
#include "dispatch/subscription.hpp"

namespace paidan::dispatch {

struct PageRequest {
  std::string hearer;
  std::int32_t page_size = 0;  ///< 1 to 500; 0: 100.
  std::string page_token;
};

/// A page of a list, and the tokens that go on from it.
struct ListedPage {
  std::vector<v1::TicketView> tickets;  ///< Text included, where the caller may read it.
  std::string next_page_token;
  std::string resume_token;  ///< Subscribe goes on from the *first* page without a gap.
};

using ReadSizedPage = std::function<view_reader::Read<view_reader::Page>(
    std::size_t page_size, const std::string& cursor)>;

/// Checks the request and reads the page. Blocks.
Result<ListedPage, grpc::Status> list_page(grpc::CallbackServerContext& context,
                                           const rpc::Caller& caller, const PageRequest& request,
                                           const ResumeTokens& tokens, std::size_t partition_count,
                                           const ReadSizedPage& read);

}  // namespace paidan::dispatch
