#include "paidanctl/cli.hpp"

int main(int argc, char** argv) { return paidan::ctl::run(argc, argv); }
