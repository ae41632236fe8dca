#include "paidan/contract/topics.hpp"
