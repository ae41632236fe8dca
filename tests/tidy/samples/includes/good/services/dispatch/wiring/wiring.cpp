#include "paidan/kafka/log.hpp"
#include "paidan/redis/pool.hpp"
