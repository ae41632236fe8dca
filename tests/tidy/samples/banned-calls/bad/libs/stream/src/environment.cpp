void act() {
  auto home = getenv("HOME");
}
