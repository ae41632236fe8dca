#include <hiredis/hiredis.h>

#include <mutex>

#include "paidan/redis/pool.hpp"
