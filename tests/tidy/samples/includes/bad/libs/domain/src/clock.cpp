#include <chrono>
#include <thread>
