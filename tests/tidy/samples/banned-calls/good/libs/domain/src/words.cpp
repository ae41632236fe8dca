// sleep_for, getenv and std::regex in a comment are only words.
const char* text = "getenv(system_clock::now)";
static_assert(sizeof(int) == 4);
int time(int recorded);
int at = clock.time(nullptr) + elapsed_time(0);
