#pragma once
#include "fields.hpp"
#include "paidan/domain/duplicates.hpp"
#include "paidan/ticket/v1/sightings.pb.h"

namespace paidan::contract {

domain::Fingerprint read_fingerprint(const ticket::v1::Fingerprint& fingerprint, const Path& at,
                                     Faults& faults);
void write_fingerprint(const domain::Fingerprint& fingerprint, ticket::v1::Fingerprint& out);

}  // namespace paidan::contract
