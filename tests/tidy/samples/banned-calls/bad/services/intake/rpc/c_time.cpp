void act() {
  auto now = time(nullptr);
}
