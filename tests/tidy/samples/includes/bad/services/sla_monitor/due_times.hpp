#include "paidan/kafka/log.hpp"
