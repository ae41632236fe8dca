#include "paidan/domain/route.hpp"

#include <algorithm>
#include <vector>

#include "paidan/base/ids.hpp"
// #include <thread>
