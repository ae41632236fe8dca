void act() {
  std::random_device seed;
}
