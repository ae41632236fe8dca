#!/bin/sh
# Usage: no_world.sh LIB.a
# Fails when the object code of a pure library asks for the outside world.
banned='system_clock::now|steady_clock::now|random_device|getenv|std::thread|std::mutex|pthread_'
banned="$banned"'|condition_variable|basic_[io]?f?stream.*open|fopen|socket|usleep|nanosleep'
banned="$banned"'|clock_gettime|gettimeofday|\btime$|\brand$'
found=$(nm -uC "$1" | grep -E "$banned" | grep -v '__gthread_active_p')
[ -z "$found" ] || { echo "$1 reaches outside:"; echo "$found"; exit 1; }
