void act() {
  std::cout << 1;
}
