void act() {
  std::this_thread::sleep_for(wait);
}
