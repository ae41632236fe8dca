#include "paidan/ticket/v1/lifecycle.pb.h"
