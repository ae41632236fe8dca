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

}  // namespace

void read_channels(Context& context, const Place& document) {
  const Fields fields(document, "channels.yaml", {"channels"});
  for (const Place& place : fields.list("channels")) {
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
    context.channels.add(read.id.get(), static_cast<domain::Index>(context.pack.channels.size()),
                         place, "channel");
    context.pack.channels.push_back(std::move(read));
  }
  if (context.pack.channels.empty() || context.pack.channels.size() > few_max) {
    fields.fail("there must be 1 to " + std::to_string(few_max) + " channels");
  }
}

}  // namespace paidan::citypack
