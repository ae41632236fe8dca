#include "src/context.hpp"

namespace paidan::citypack {
namespace {

bool read_due(const Fields& fields) {
  const auto place = fields.optional("due");
  if (!place) {
    return false;
  }
  const std::string due = scalar(*place, "due");
  if (due != "given" && due != "computed") {
    place->fail("channel: \"due\" must be given or computed");
  }
  return due == "given";
}

constexpr std::uint32_t window_days_max = 400;  // as long as a closed ticket is remembered

/// 老户, 重复件 (DESIGN section 3, "Duplicates": the same caller on the same matter).
void read_duplicates(Context& context, const Fields& fields) {
  using Action = domain::DuplicatePolicy::Action;
  const auto place = fields.optional("duplicates");
  if (!place) {
    return;
  }
  const Fields duplicates(*place, "duplicates", {"same_caller", "window_days", "category_levels"});
  domain::DuplicatePolicy& policy = context.pack.duplicates;
  policy.at = place->source();
  policy.window_days =
      duplicates.integer("window_days", 1, window_days_max).value_or(policy.window_days);
  policy.category_levels =
      duplicates.integer("category_levels", 0, depth_max).value_or(policy.category_levels);
  const auto same_caller = duplicates.optional("same_caller");
  if (!same_caller) {
    return;
  }
  const std::string action = scalar(*same_caller, "same_caller");
  if (action == "off") {
    policy.same_caller = Action::off;
  } else if (action == "link") {
    policy.same_caller = Action::link;
  } else if (action != "propose") {
    same_caller->fail("duplicates: same_caller \"" + action + "\" is none of propose, link, off");
  }
}

domain::Channel read_channel(Context& context, const Place& place) {
  const Fields channel(
      place, "channel",
      {"id", "zh", "en", "aliases", "due", "may_designate", "call_back", "demand_kind"});
  domain::Channel read;
  read.id = domain::ChannelId{channel.id()};
  read.name = channel.names(read.id.get());
  read.aliases = channel.texts("aliases");
  read.due_given = read_due(channel);
  read.may_designate = channel.flag("may_designate", false);
  read.call_back = channel.flag("call_back", true);
  read.at = place.source();
  if (const auto kind = channel.optional("demand_kind")) {
    (void)known(context.demand_kinds, *kind, "demand kind");
    read.demand_kind = scalar(*kind, "demand_kind");
  }
  return read;
}

}  // namespace

void read_channels(Context& context, const Place& document) {
  const Fields fields(document, "channels.yaml", {"channels", "duplicates"});
  read_duplicates(context, fields);
  for (const Place& place : fields.list("channels")) {
    domain::Channel channel = read_channel(context, place);
    context.channels.add(channel.id.get(), static_cast<domain::Index>(context.pack.channels.size()),
                         place, "channel");
    context.pack.channels.push_back(std::move(channel));
  }
  if (context.pack.channels.empty() || context.pack.channels.size() > few_max) {
    fields.fail("there must be 1 to " + std::to_string(few_max) + " channels");
  }
}

}  // namespace paidan::citypack
