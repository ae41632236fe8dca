#pragma once

/// The words of the domain: what citizens, agencies, the office and the clocks say, and what the
/// history records. Values without behaviour; `proto/paidan/ticket/v1` carries the same names over
/// the wire, and `libs/contract` maps one to the other. Nothing here knows protobuf.
#include "paidan/domain/citizen_facts.hpp"
#include "paidan/domain/clock_facts.hpp"
#include "paidan/domain/commands.hpp"
#include "paidan/domain/history.hpp"
#include "paidan/domain/links.hpp"
