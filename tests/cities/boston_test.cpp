#include <gtest/gtest.h>

#include "city.hpp"

namespace paidan::cities {
namespace {

struct Row {
  const char* says;
  const char* type;
  const char* title;
  const char* channel;
  const char* district;
  const char* neighborhood;
  const char* department;
  const char* queue;
};

domain::Submitted submission(const Row& row) {
  domain::Submitted submitted;
  submitted.channel = domain::ChannelId{row.channel};
  submitted.title = row.title;
  submitted.text = row.title;
  submitted.category = row.type;
  submitted.place.codes = {{"pwd_district", row.district}, {"neighborhood", row.neighborhood}};
  std::erase_if(submitted.place.codes, [](const auto& code) { return code.second.empty(); });
  return submitted;
}

class BostonRow : public testing::TestWithParam<Row> {};

TEST_P(BostonRow, GoesToItsDepartmentAndQueue) {
  const Row& row = GetParam();
  const Decision decision = decide("boston", submission(row));
  EXPECT_EQ(decision.lead_unit, row.department) << row.says << ": " << decision.category;
  EXPECT_EQ(decision.queue_unit, row.queue) << row.says << ": " << decision.category;
}

INSTANTIATE_TEST_SUITE_P(
    Rows, BostonRow,
    testing::Values(
        Row{"a type with one queue", "Sticker Request", "Sticker Request", "self_service", "07",
            "Dorchester", "PWDx", "PWDx_Sticker Request"},
        Row{"a type that goes to the yard of its district", "Pothole Repair (Internal)",
            "Pothole Repair (Internal)", "employee_generated", "06", "West Roxbury", "PWDx",
            "PWDx_District 06: West Roxbury and Roslindale"},
        Row{"the same, with the district written short", "Pothole Repair (Internal)",
            "Pothole Repair (Internal)", "employee_generated", "9", "East Boston", "PWDx",
            "PWDx_District 09: East Boston"},
        Row{"a neighbourhood that the pack does not know", "Pothole Repair (Internal)",
            "Pothole Repair (Internal)", "employee_generated", "08", "Readville", "PWDx",
            "PWDx_District 08: Hyde Park"},
        Row{"a type that is called like its reason", "Highway Maintenance", "Highway Maintenance",
            "constituent_call", "02", "Jamaica Plain", "PWDx", "PWDx_District 02: Jamaica Plain"},
        Row{"words of the title that tell more than the type", "Graffiti Removal",
            "Graffiti Removal - Paint - control cabinet - Dist 1", "citizens_connect_app", "1C",
            "Back Bay", "PWDx", "PWDx_Graffiti"},
        Row{"the type without those words", "Graffiti Removal", "Graffiti Removal",
            "constituent_call", "1C", "Back Bay", "PROP", "PROP_GRAF_GraffitiRemoval"},
        Row{"a case without a place", "Notification", "Notification", "employee_generated", "", "",
            "INFO", "INFO09_Current Events"},
        Row{"a type name that holds slashes", "Missed Trash/Recycling/Yard Waste/Bulk Item",
            "Missed Trash", "constituent_call", "10A", "Mission Hill", "PWDx",
            "PWDx_Missed Trash\\Recycling\\Yard Waste\\Bulk Item"},
        Row{"a type that came later goes by its words", "Dead Tree Removal", "Dead Tree Removal",
            "constituent_call", "07", "Dorchester", "PARK", "PARK_Tree Emergencies"},
        Row{"a type that tells nothing goes to the hotline's own queue", "Xyzzy", "Xyzzy",
            "constituent_call", "07", "Dorchester", "INFO",
            "INFO01_GenericeFormforOtherServiceRequestTypes"}));

}  // namespace
}  // namespace paidan::cities
