#include "dispatch/list_pages.hpp"

#include <utility>

#include "dispatch/rows.hpp"

namespace paidan::dispatch {
namespace {

constexpr std::int32_t page_size_default = 100;
constexpr std::int32_t page_size_max = 500;

}  // namespace

Result<ListedPage, grpc::Status> list_page(grpc::CallbackServerContext& context,
                                           const rpc::Caller& caller, const PageRequest& request,
                                           const ResumeTokens& tokens, std::size_t partition_count,
                                           const ReadSizedPage& read) {
  if (request.page_size < 0 || request.page_size > page_size_max) {
    return rpc::invalid(context, "page_size", "out_of_range", "0 to 500; 0 means 100");
  }
  ResumePoint point{request.hearer, {}, {}};
  if (!request.page_token.empty()) {
    auto known = tokens.read(TokenKind::page, request.page_token, request.hearer, partition_count);
    if (!known) return rpc::invalid(context, "page_token", "invalid", known.error().what);
    point = std::move(known).value();
  }
  const std::int32_t size = request.page_size == 0 ? page_size_default : request.page_size;
  auto page = read(static_cast<std::size_t>(size), point.cursor);
  if (!page) return status_of(context, page.error());
  if (point.position.empty()) point.position = position_of(*page, partition_count);
  ListedPage listed;
  for (view_reader::Ticket& ticket : page->tickets) {
    ticket.view.set_text(std::move(ticket.text));
    hide_unreadable(ticket.view, caller);
    listed.tickets.push_back(std::move(ticket.view));
  }
  listed.resume_token = tokens.make(TokenKind::resume, {point.hearer, point.position});
  if (!page->next_cursor.empty()) {
    point.cursor = page->next_cursor;
    listed.next_page_token = tokens.make(TokenKind::page, point);
  }
  return listed;
}

}  // namespace paidan::dispatch
